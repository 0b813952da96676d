import { codeSpan, cut, fenced } from '../github/comments.ts';

/** A problem as `check` prints it. */
export type ToldProblem = {
  /** From the folder in which the step ran. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly field: string | null;
  readonly message: string;
};

/** Reads `path:line:column  field: message`; null for a line of another form. */
export function readProblem(told: string): ToldProblem | null {
  const [, path, line, column, rest] = /^(\S.*?):(\d{1,7}):(\d{1,7}) {2}(.+)$/.exec(told.trimEnd()) ?? [];
  if (path === undefined || rest === undefined) return null;
  const [, field, message] = /^([\w.<-]+): (.+)$/.exec(rest) ?? [];
  return { path, line: Number(line), column: Number(column), field: field ?? null, message: message ?? rest };
}

/** The value that a message quotes first, and what it says to type instead. */
function replacement({ message }: ToldProblem): { readonly given: string | null; readonly type: string } | null {
  const given = /^"((?:[^"\\]|\\.)*)"/.exec(message)?.[1] ?? null;
  const meant = /Did you mean "([^"]+)"\?/.exec(message)?.[1];
  if (meant !== undefined) return { given, type: meant };
  const quoted = /Put it in quotes: ("[^"]*")$/.exec(message)?.[1];
  if (quoted !== undefined) return { given: quoted.slice(1, -1), type: quoted };
  const time = /, type (\d{4}-\d\d-\d\dT[\d:.]+Z)/.exec(message)?.[1];
  return time === undefined ? null : { given, type: time };
}

/**
 * The line as it should be, where the message says what to type; null where it does not, or where the
 * line is not what the message speaks of. `line` is the offending line without its end.
 */
export function correctedLine(problem: ToldProblem, line: string): string | null {
  const change = replacement(problem);
  const start = problem.column - 1;
  if (change === null || start > line.length) return null;
  const before = line.slice(0, start);
  const rest = line.slice(start);
  // What stands in quotes stays in quotes.
  const quote = /^["']/.exec(rest)?.[0] ?? '';
  const wrong = change.given ?? /^[\w.-]+/.exec(rest.slice(quote.length))?.[0];
  if (wrong === undefined || wrong === '' || !rest.startsWith(quote + wrong + quote)) return null;
  const typed = change.type.startsWith('"') ? change.type : quote + change.type + quote;
  return before + typed + rest.slice(wrong.length + 2 * quote.length);
}

/** Where things are on GitHub, for links. */
type Place = {
  /** As `https://github.com`. */
  readonly server: string;
  /** As `example/status`. */
  readonly repository: string;
  readonly branch: string;
  /** The page that says what to do. */
  readonly help: string;
};

/** A line that a step printed: a problem with its place, and the text of that place if it is known; or words. */
export type Told = { readonly problem: ToldProblem; readonly line: string | null } | { readonly words: string };

export type Telling = {
  readonly step: TellStep;
  readonly commit: string;
  readonly told: readonly Told[];
  /** What becomes of an older release; null when none is put back. */
  readonly back: 'being put back' | 'put back' | null;
  readonly place: Place;
};

/** So many problems a person reads in a comment; the run has all. */
const shown = 10;

const headings = {
  check: 'The content has problems',
  build: 'The site could not be built',
  guard: 'This commit would take back or rewrite what customers were told',
  deploy: 'The site could not be deployed',
  verify: 'The published site is not as it was built',
  'verify-again': 'Some minutes later, the published site is not as it was built',
  notify: 'The update is live, and not everybody was told',
} as const;

/** A step of which the author is told when it fails. */
export type TellStep = keyof typeof headings;

export const tellSteps = Object.keys(headings) as readonly TellStep[];

/** What became of the page. */
function outcome({ step, back }: Telling): string {
  if (back === 'put back') return 'The last release that verified was put back.';
  if (back === 'being put back') return 'The last release that verified is being put back.';
  if (step === 'notify') return 'The page itself is right. Run the failed job again: nobody is told twice.';
  return step.startsWith('verify')
    ? 'No older release is put back by this. Look at the page.'
    : 'The live page is as it was.';
}

/** A link that opens the file for editing; null for what is not in the repository. */
function editLink({ path, line }: ToldProblem, { server, repository, branch }: Place): string | null {
  if (!/\.(?:md|ya?ml)$/i.test(path) || path.startsWith('/') || path.split('/').includes('..')) return null;
  const parts = [...branch.split('/'), ...path.split('/')].map((part) =>
    encodeURIComponent(part).replaceAll(/[()'!*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
  );
  return `${server}/${repository}/edit/${parts.join('/')}#L${line}`;
}

function problemText(problem: ToldProblem, line: string | null, place: Place): string {
  const { path, line: number, field, message } = problem;
  const link = editLink(problem, place);
  const corrected = line === null ? null : correctedLine(problem, line);
  const parts = [
    `**${codeSpan(`${path}:${number}`)}**${link === null ? '' : ` · [edit this line](${link})`}`,
    fenced(cut(`${field === null ? '' : `${field}: `}${message}`, 1000), 'text'),
    ...(line === null || line.trim() === ''
      ? []
      : corrected === null
        ? ['The line:', fenced(cut(line, 500))]
        : ['Type:', fenced(cut(`- ${line}\n+ ${corrected}`, 1000), 'diff')]),
  ];
  return parts.join('\n');
}

/** What a commit's author reads, as markdown. Nothing in it comes from outside as markdown. */
export function compose(telling: Telling): string {
  const { step, commit, told, place } = telling;
  const problems = told.flatMap((one) => ('problem' in one ? [one] : []));
  const words = told.flatMap((one) => ('words' in one ? [one.words] : []));
  const more = problems.length - shown;
  const parts = [
    `### ${headings[step]}`,
    `${commit.slice(0, 7)} stopped at ${codeSpan(step)}. ${outcome(telling)}`,
    ...problems.slice(0, shown).map(({ problem, line }) => problemText(problem, line, place)),
    ...(more > 0 ? [`And ${more} more: see the run.`] : []),
    ...(words.length === 0 ? [] : [fenced(cut(words.join('\n'), 8000), 'text')]),
    `[What to do now](${place.help})`,
  ];
  return parts.join('\n\n');
}
