import { z } from 'zod';
import { codeSpan, cut, fenced } from '../github/comments.ts';

const problemSchema = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  field: z.string().nullable(),
  message: z.string(),
  fix: z.object({ given: z.string(), type: z.string() }).nullable(),
  kind: z.string().optional(),
});

/** What `check --json` prints when it fails: the problems of the content, or why it couldn't be checked. */
export const checkOutputSchema = z.union([
  z.object({ problems: z.array(problemSchema) }),
  z.object({ error: z.string() }),
]);

type ContentProblem = Omit<z.output<typeof problemSchema>, 'file'> & {
  /** From the root of the repository. */
  readonly path: string;
  /** The line in the file; null when it is unknown or must not be shown. */
  readonly text: string | null;
};

/** The line with the fix of the problem; null when there is none, or the line has changed since. */
export function correctedLine({ column, fix }: Pick<ContentProblem, 'column' | 'fix'>, line: string): string | null {
  if (fix === null || fix.given === '') return null;
  const rest = line.slice(column - 1);
  // A quoted value stays quoted.
  const quote = /^["']/.exec(rest)?.[0] ?? '';
  if (!rest.startsWith(quote + fix.given + quote)) return null;
  const typed = fix.type.startsWith('"') ? fix.type : quote + fix.type + quote;
  return line.slice(0, column - 1) + typed + rest.slice(fix.given.length + 2 * quote.length);
}

/** For links to GitHub. */
type Place = {
  /** Such as `https://github.com`. */
  readonly server: string;
  /** Such as `example/status`. */
  readonly repository: string;
  readonly branch: string;
  /** The address of the help page. */
  readonly help: string;
};

/** Why a commit wasn't published. */
export type FailureReport = {
  readonly step: FailedStep;
  readonly commit: string;
  readonly problems: readonly ContentProblem[];
  /** What else the step printed. */
  readonly output: string;
  /** What happens to the last verified release; null when it isn't needed. */
  readonly back: 'being restored' | 'restored' | null;
  readonly place: Place;
};

/** The most problems in one comment. The log of the run has all of them. */
const mostShown = 10;

const headings = {
  check: 'The content has problems',
  build: 'The site could not be built',
  guard: 'This commit would remove or rewrite published updates',
  deploy: 'The site could not be deployed',
  verify: "The published site doesn't match the build",
  'verify-again': "A few minutes later, the published site doesn't match the build",
  notify: 'The update is live, but not every channel was notified',
} as const;

/** A step whose failure is reported. */
export type FailedStep = keyof typeof headings;

export const reportedSteps = Object.keys(headings) as readonly FailedStep[];

function consequence({ step, back }: FailureReport): string {
  if (back !== null) return `The last verified release ${back === 'restored' ? 'was' : 'is being'} restored.`;
  if (step === 'notify') return 'The page itself is fine. Rerun the failed job: no channel is notified twice.';
  return step.startsWith('verify') ? 'No older release was restored. Check the page.' : 'The live page is unchanged.';
}

/** A link that opens the file for editing; null when it isn't in the repository. */
function editLink({ path, line }: ContentProblem, { server, repository, branch }: Place): string | null {
  if (!/\.(?:md|ya?ml)$/i.test(path) || path.startsWith('/') || path.split('/').includes('..')) return null;
  const parts = [...branch.split('/'), ...path.split('/')].map((part) =>
    encodeURIComponent(part).replaceAll(/[()'!*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
  );
  return `${server}/${repository}/edit/${parts.join('/')}#L${line}`;
}

function problemText(problem: ContentProblem, place: Place): string {
  const { path, line, field, message, text } = problem;
  const link = editLink(problem, place);
  const corrected = text === null ? null : correctedLine(problem, text);
  const parts = [
    `**${codeSpan(`${path}:${line}`)}**${link === null ? '' : ` · [edit this line](${link})`}`,
    fenced(cut(`${field === null ? '' : `${field}: `}${message}`, 1000), 'text'),
    ...(text === null || text.trim() === ''
      ? []
      : corrected === null
        ? ['The line:', fenced(cut(text, 500))]
        : ['Change it to:', fenced(cut(`- ${text}\n+ ${corrected}`, 1000), 'diff')]),
  ];
  return parts.join('\n');
}

/** The comment for the author of the commit, as markdown. Text from elsewhere is escaped. */
export function failureComment(report: FailureReport): string {
  const { step, commit, problems, output, place } = report;
  const more = problems.length - mostShown;
  const parts = [
    `### ${headings[step]}`,
    `${commit.slice(0, 7)} stopped at ${codeSpan(step)}. ${consequence(report)}`,
    ...problems.slice(0, mostShown).map((problem) => problemText(problem, place)),
    ...(more > 0 ? [`And ${more} more: see the log of the run.`] : []),
    ...(output.trim() === '' ? [] : [fenced(cut(output, 8000), 'text')]),
    `[What to do now](${place.help})`,
  ];
  return parts.join('\n\n');
}
