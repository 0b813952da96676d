import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { count } from '../../src/lib/words/en.ts';
import { UserError } from '../cli/errors.ts';
import type { ArchivedIssue } from '../github/port.ts';
import type { Note } from './plan.ts';

type UpptimeSite = { readonly key: string; readonly name: string; readonly slug: string };

/** What `.upptimerc.yml` says of the page and of what it watches. */
export type UpptimeConfig = {
  readonly name: string | null;
  readonly url: string | null;
  readonly sites: readonly UpptimeSite[];
  /** Labels that are no sites. */ readonly tags: ReadonlySet<string>;
};

/** A name as label, slug or title have it alike: Upptime's slugs differ from the names only in case, marks and "and". */
export function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

type Entry = Readonly<Record<string, unknown>>;
const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** Reads the configuration and notes settings that Halfpast doesn't have. `name` is the file's name. Throws UserError. */
export function readUpptimeConfig(text: string, name: string, note: Note): UpptimeConfig {
  const counter = new LineCounter();
  const document = parseDocument(text, { schema: 'core', version: '1.2', lineCounter: counter });
  const [error] = document.errors;
  if (error !== undefined)
    throw new UserError(`${name}:${error.linePos?.[0].line ?? 1} is not YAML: ${error.message.split('\n')[0] ?? ''}`);
  const data: unknown = document.toJS();
  if (!isEntry(data) || !Array.isArray(data['sites']))
    throw new UserError(`${name}:1 has no "sites:". Pass Upptime's .upptimerc.yml`);
  const page = isEntry(data['status-website']) ? data['status-website'] : {};
  const [owner, repo, cname] = [textOf(data['owner']), textOf(data['repo']), textOf(page['cname'])];
  const sites = data['sites'].filter(isEntry).flatMap((site): UpptimeSite[] => {
    const [said, slug] = [textOf(site['name']), textOf(site['slug'])];
    return said === '' ? [] : [{ key: keyOf(slug || said), name: said, slug: slug || said }];
  });
  note(
    `${name}:1: what Upptime checks and how, who is notified, and the design of the page was not imported; Halfpast does not monitor sites`,
  );
  const hosted = owner !== '' && repo !== '' ? `https://${owner}.github.io/${repo}` : null;
  const tags = data['sites'].filter(isEntry).flatMap(({ tags: own }) => (Array.isArray(own) ? own.map(String) : []));
  return {
    name: textOf(page['name']) || repo || null,
    url: cname === '' ? hosted : `https://${cname}`,
    sites,
    tags: new Set(tags),
  };
}

/** An issue, and what to call it in a note. */
export type Placed = { readonly issue: ArchivedIssue; readonly place: string };

type List = 'issues' | 'comments';

export type Saved = { readonly name: string; readonly text: string };

const time = z.iso
  .datetime({
    offset: true,
    error: ({ input }) =>
      input === undefined ? 'is missing' : `${JSON.stringify(input)} is not a time such as 2024-12-20T16:18:14Z`,
  })
  .transform((text): Instant => Date.parse(text));
const label = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

const issueSchema = z.object({
  number: z.int({ error: 'is missing' }),
  title: z.string({ error: 'is missing' }).regex(/\S/, { error: 'is blank' }),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed'], { error: ({ input }) => `${JSON.stringify(input)} is neither open nor closed` }),
  labels: z.array(label, { error: 'is missing' }),
  pull_request: z.unknown().optional(),
  comments: z.number().nullish(),
  created_at: time,
  closed_at: time.nullish(),
});

const commentSchema = z.object({
  id: z.int({ error: 'is missing' }),
  body: z.string().nullish(),
  created_at: time,
  issue_url: z.string({ error: 'is missing' }).regex(/\/\d+$/, { error: 'is not the address of an issue' }),
});

const has = (entry: unknown, field: string): boolean => typeof entry === 'object' && entry !== null && field in entry;

/** Refuses issues where comments should be, and the other way round. GitHub: a comment has `issue_url`, an issue has `title`. */
function refuseOther(entry: unknown, name: string, what: List): void {
  const is = has(entry, 'issue_url') ? 'comments' : has(entry, 'title') ? 'issues' : what;
  if (is !== what) throw new UserError(`${name} holds ${is}, not ${what}. Pass it as --${is}`);
}

/** A list as GitHub's API gives it; pages may be lists within the list, as `gh api --paginate --slurp` saves them. */
function readList<T extends z.ZodType>({ name, text }: Saved, schema: T, what: List): z.output<T>[] {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UserError(
      `${name} is not JSON (${error instanceof Error ? error.message : ''}). Save GitHub's answer again, whole`,
    );
  }
  if (!Array.isArray(data))
    throw new UserError(
      `${name} holds no list of ${what}. Save https://api.github.com/repos/OWNER/NAME/${what === 'issues' ? 'issues?state=all&per_page=100' : 'issues/comments?per_page=100'}`,
    );
  return data.flat().map((entry, index) => {
    const read = schema.safeParse(entry);
    if (read.success) return read.data;
    refuseOther(entry, name, what);
    const [issue] = read.error.issues;
    throw new UserError(
      `${name}: ${[index, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? ''}. Nothing was written`,
    );
  });
}

/** Issues from saved responses of GitHub's API. Notes missing files. Throws UserError with the place of invalid data. */
export function savedIssues(issues: Saved, comments: readonly Saved[], note: Note): Placed[] {
  const said = comments.flatMap((file) =>
    readList(file, commentSchema, 'comments').map((comment) => ({
      file: file.name,
      comment,
      number: Number(/(\d+)$/.exec(comment.issue_url)?.[1]),
    })),
  );
  const list = readList(issues, issueSchema, 'issues');
  const twice = list.findIndex(({ number }, index) => list.findIndex((other) => other.number === number) < index);
  if (twice !== -1)
    throw new UserError(
      `${issues.name}: ${twice}.number: #${list[twice]?.number ?? ''} is listed twice. Save GitHub's answer again`,
    );
  const orphans = said.filter(({ number }) => !list.some((issue) => issue.number === number));
  for (const { file, comment, number } of orphans)
    note(
      `${file}: comment ${comment.id} is about #${number}, which ${issues.name} does not have, and was not imported`,
    );
  return list
    .map(
      (
        {
          number,
          title,
          body,
          state,
          labels,
          pull_request: pull,
          comments: counted,
          created_at: createdAt,
          closed_at: closedAt,
        },
        index,
      ): Placed => {
        const place = `${issues.name}: ${index} (#${number})`;
        const own = [
          ...new Map(said.filter((one) => one.number === number).map(({ comment }) => [comment.id, comment])).values(),
        ];
        const lacks = (counted ?? 0) - own.length;
        if (lacks > 0 && (pull === undefined || pull === null))
          note(
            `${place}: has ${count(lacks, 'comment')} that ${lacks === 1 ? 'was' : 'were'} not given. Save https://api.github.com/repos/OWNER/NAME/issues/comments and pass it with --comments`,
          );
        const ordered = own.toSorted((a, b) => a.created_at - b.created_at || a.id - b.id);
        return {
          place,
          issue: {
            number,
            title,
            body: body ?? '',
            labels,
            createdAt,
            isPullRequest: pull !== undefined && pull !== null,
            closedAt: state === 'closed' ? (closedAt ?? createdAt) : null,
            comments: ordered.map(({ id, body: text, created_at: at }) => ({ id, body: text ?? '', createdAt: at })),
          },
        };
      },
    )
    .toSorted((a, b) => a.issue.number - b.issue.number);
}
