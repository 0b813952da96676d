import { z } from 'zod';
import { slugify } from '../../src/lib/schema/components-file.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { count } from '../../src/lib/words/en.ts';
import { UserError } from '../cli/errors.ts';
import type { ArchivedIssue } from '../github/port.ts';
import { parseFields } from './cstate-hugo.ts';
import { looseText, readableOf, readLenient, sentence } from './read-leniently.ts';
import type { Note } from './plan.ts';
import { jsonTime, parseSaved } from './statuspage-dump.ts';

/** Normalizes a label, slug or title: ignores case, diacritics and hyphens. */
export function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The keys that labels can have for this site. In labels, Upptime writes `ä` as `ae`, and `ß` as `ss`. */
export const keysOf = (name: string): readonly string[] => [
  ...new Set([keyOf(name), keyOf(slugify(name.replaceAll('&', ' and ')))].filter((key) => key !== '')),
];

const filled = looseText.transform((value) => value.trim()).refine((value) => value !== '', { error: 'is blank' });

const site = z
  .object({ name: filled, slug: filled.nullish(), tags: readableOf(looseText).nullish() })
  .transform(({ name, slug, tags }) => ({ key: keyOf(slug ?? name), name, slug: slug ?? name, tags: tags ?? [] }));

const configuration = z.object({
  owner: filled.nullish(),
  repo: filled.nullish(),
  'status-website': z.object({ name: filled.nullish(), cname: filled.nullish() }).nullish(),
  sites: readableOf(site),
});

/** The page and its sites in `.upptimerc.yml`. */
export type UpptimeConfig = {
  readonly name: string | null;
  readonly url: string | null;
  readonly sites: readonly z.output<typeof site>[];
  /** Labels that aren't sites. */
  readonly tags: ReadonlySet<string>;
};

/**
 * Reads the configuration and notes settings that Halfpast doesn't have. `name` is the file's name. Throws UserError.
 */
export function readUpptimeConfig(source: string, name: string, note: Note): UpptimeConfig {
  const fields = parseFields(source, 'yaml', 1);
  const lacksSites = `${name}:1 has no "sites:". Pass Upptime's .upptimerc.yml`;
  if ('wrong' in fields)
    throw new UserError(fields.isEmpty === true ? lacksSites : `${name}:${fields.line} ${fields.wrong}`);
  const at = (path: readonly PropertyKey[]): string => `${name}:${fields.lineOf(...path)}: ${path.join('.')}`;
  const read = readLenient(configuration, fields.data, at, note);
  if ('problems' in read) throw new UserError(lacksSites);
  const { owner, repo, sites, 'status-website': page } = read.value;
  note(
    `${name}:1: what Upptime checks and how, who is notified, and the design of the page was not imported; Halfpast does not monitor sites`,
  );
  const hosted = owner != null && repo != null ? `https://${owner}.github.io/${repo}` : null;
  return {
    name: page?.name ?? repo ?? null,
    url: page?.cname == null ? hosted : `https://${page.cname}`,
    sites,
    tags: new Set(sites.flatMap(({ tags }) => tags)),
  };
}

/** An issue, and its name in notes. */
export type PlacedIssue = { readonly issue: ArchivedIssue; readonly place: string };

type List = 'issues' | 'comments';

export type Saved = { readonly name: string; readonly text: string };

const label = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)], {
  error: ({ input }) => `${typeof input === 'object' ? 'an object without a name' : quote(input)} is not a label`,
});

const issueSchema = z
  .object({
    number: z.int(),
    title: z.string().regex(/\S/, { error: 'is blank' }),
    body: z.string().nullish(),
    state: z.enum(['open', 'closed'], { error: ({ input }) => `${quote(input)} is neither open nor closed` }),
    labels: readableOf(label),
    pull_request: z.unknown().optional(),
    comments: z.number().nullish(),
    created_at: jsonTime,
    closed_at: jsonTime.nullish(),
  })
  .refine(({ state, closed_at: closed }) => state === 'open' || closed != null, {
    path: ['closed_at'],
    error: 'has no time, although the issue is closed',
  });

const commentSchema = z
  .object({
    id: z.int().nullish(),
    body: z.string().nullish(),
    created_at: jsonTime,
    issue_url: z.string().regex(/\/\d+$/, { error: 'is not the address of an issue' }),
  })
  .transform(({ issue_url: url, ...comment }) => ({ ...comment, issue: Number(/\d+$/.exec(url)?.[0]) }));

const has = (entry: unknown, field: string): boolean => typeof entry === 'object' && entry !== null && field in entry;

/**
 * Refuses issues in place of comments, and vice versa. On GitHub, comments have `issue_url`, and issues have `title`.
 */
function refuseOther(entry: unknown, name: string, what: List): void {
  const is = has(entry, 'issue_url') ? 'comments' : has(entry, 'title') ? 'issues' : what;
  if (is !== what) throw new UserError(`${name} has ${is}, not ${what}. Pass it as --${is}`);
}

/** A list from GitHub's API. It can be a list of pages, as saved by `gh api --paginate --slurp`. */
function readList<T extends z.ZodType>(
  { name, text: source }: Saved,
  schema: T,
  what: List,
  note: Note,
): z.output<T>[] {
  const data = parseSaved(source, name, 'GitHub');
  if (!Array.isArray(data))
    throw new UserError(
      `${name} has no list of ${what}. Save https://api.github.com/repos/OWNER/NAME/${what === 'issues' ? 'issues?state=all&per_page=100' : 'issues/comments?per_page=100'}`,
    );
  const entries = data.flat() as unknown[];
  const read = readLenient(z.array(schema), entries, (path) => `${name}: ${path.join('.')}`, note);
  if ('value' in read) return read.value;
  const [problem] = read.problems;
  refuseOther(entries[Number(problem?.path[0])], name, what);
  const line = sentence(`${name}: ${problem?.path.join('.') ?? ''}: ${problem?.message ?? ''}`);
  throw new UserError(`${line} Nothing was written`);
}

/**
 * Issues from saved responses of GitHub's API. Notes missing files. Throws UserError with the position of invalid data.
 */
export function savedIssues(issues: Saved, comments: readonly Saved[], note: Note): PlacedIssue[] {
  const all = comments
    .flatMap((file) => readList(file, commentSchema, 'comments', note).map((one) => ({ file: file.name, ...one })))
    .map((comment, index) => ({ ...comment, id: comment.id ?? -1 - index }));
  const list = readList(issues, issueSchema, 'issues', note);
  const twice = list.findIndex(({ number }, index) => list.findIndex((other) => other.number === number) < index);
  if (twice !== -1)
    throw new UserError(
      `${issues.name}: ${twice}.number: #${list[twice]?.number ?? ''} is listed twice. Save GitHub's response again`,
    );
  for (const { file, id, issue: number } of all.filter(({ issue }) => !list.some((one) => one.number === issue)))
    note(`${file}: comment ${id} is about #${number}, which ${issues.name} does not have, and was not imported`);
  return list
    .map(({ number, title, body, state, labels, ...issue }, index): PlacedIssue => {
      const place = `${issues.name}: ${index} (#${number})`;
      const isPullRequest = issue.pull_request != null;
      // Comments can be in two files.
      const own = [...new Map(all.filter((one) => one.issue === number).map((one) => [one.id, one])).values()];
      const lacks = (issue.comments ?? 0) - own.length;
      if (lacks > 0 && !isPullRequest)
        note(
          `${place}: has ${count(lacks, 'comment')} that ${lacks === 1 ? 'was' : 'were'} not given. Save https://api.github.com/repos/OWNER/NAME/issues/comments and pass it with --comments`,
        );
      return {
        place,
        issue: {
          number,
          title,
          body: body ?? '',
          labels,
          createdAt: issue.created_at,
          isPullRequest,
          closedAt: state === 'closed' ? (issue.closed_at ?? null) : null,
          comments: own
            .toSorted((a, b) => a.created_at - b.created_at || a.id - b.id)
            .map(({ id, body: words, created_at: at }) => ({ id, body: words ?? '', createdAt: at })),
        },
      };
    })
    .toSorted((a, b) => a.issue.number - b.issue.number);
}
