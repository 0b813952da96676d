import type { Instant } from '../../../src/domain/instant.ts';
import { quote } from '../../../src/schema/text.ts';
import { words } from '../../../src/schema/words.ts';
import { readHugoTime } from './hugo-time.ts';
import { type HugoPage, readPage } from './hugo-front-matter.ts';

export const severities = ['down', 'disrupted', 'notice'] as const;
export type Severity = (typeof severities)[number];

/** An issue of cState as its front matter says it. */
export type Issue = {
  /** The name of its file without `.md`; cState's address ends in it. */
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly date: Instant;
  readonly isResolved: boolean;
  readonly resolvedWhen: Instant | null;
  /** Null: not said. */
  readonly severity: Severity | null;
  /** Names of systems. */
  readonly affected: readonly string[];
  readonly isInformational: boolean;
  readonly page: HugoPage;
};

/** `skipped` is not carried over, and why. `wrong` keeps the import from being done. */
export type ReadIssue =
  | { readonly kind: 'issue'; readonly issue: Issue; readonly notes: readonly string[]; readonly localTimes: number }
  | { readonly kind: 'skipped'; readonly note: string }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const carried = [
  'title',
  'date',
  'resolved',
  'resolvedwhen',
  'severity',
  'affected',
  'informational',
  'section',
  'draft',
];

/** YAML of Hugo's age has these words for yes and no; null is not said. */
function yesOrNo(value: unknown): boolean | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return value;
  const said = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (['true', 'yes', 'on'].includes(said)) return true;
  return ['false', 'no', 'off'].includes(said) ? false : undefined;
}

const isSaid = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0);

/** Reads one file. Times without an offset are of `timeZone`; `now` tells what is in the future. */
export function readIssue(path: string, text: string, timeZone: string, now: Instant): ReadIssue {
  const page = readPage(text);
  const name = path.split('/').at(-1) ?? path;
  const id = (name === 'index.md' ? path.split('/').at(-2) : undefined) ?? name.replace(/\.md$/, '');
  if (page === null)
    return { kind: 'skipped', note: `${path}:1: has no front matter and is no issue, and was not carried over` };
  if ('wrong' in page) return { kind: 'wrong', problems: [`${path}:${page.line} ${page.wrong}`] };
  const { data, lineOf } = page;
  const at = (field: string): string => `${path}:${lineOf(field)}`;
  const skip = (field: string, why: string): ReadIssue => ({
    kind: 'skipped',
    note: `${at(field)}: ${why}, and was not carried over`,
  });
  if (name === '_index.md')
    return { kind: 'skipped', note: `${path}:1: is the page of a list and no issue, and was not carried over` };
  if (isSaid(data['section']) && data['section'] !== 'issue')
    return skip('section', `section ${quote(data['section'])} is not an issue`);
  if (yesOrNo(data['draft']) === true) return skip('draft', 'is a draft, which cState does not publish');

  const problems: string[] = [];
  const notes: string[] = [];
  let localTimes = 0;
  const wrong = (field: string, what: string): void => void problems.push(`${at(field)} ${field}: ${what}`);
  const time = (field: string): Instant | null => {
    const value = data[field.toLowerCase()];
    if (!isSaid(value)) return null;
    const read = readHugoTime(String(value), timeZone);
    if (read === null) return (wrong(field, `${quote(value)} is not a time. Type it as 2018-04-13T15:54:00Z`), null);
    if (read.isLocal) localTimes += 1;
    return read.at;
  };
  const flag = (field: string): boolean | null => {
    const value = yesOrNo(data[field]);
    if (value === undefined)
      return (wrong(field, `${quote(data[field])} is neither true nor false. Type one of them`), null);
    return value;
  };
  const { title, severity } = data;
  if (typeof title !== 'string' && typeof title !== 'number')
    wrong('title', 'is missing. Type what the issue is about');
  const named = words(severities, 'a severity').safeParse(severity);
  if (isSaid(severity) && !named.success) wrong('severity', named.error.issues[0]?.message ?? '');
  const date = time('date') ?? dateOfName(name, timeZone, (text_) => notes.push(`${at('date')}: ${text_}`));
  if (date === null && problems.length === 0)
    wrong('date', 'is missing. Type when the issue began, as date: 2018-04-13T15:54:00Z');
  const [isResolved, informational, resolvedWhen] = [flag('resolved'), flag('informational'), time('resolvedWhen')];
  const affected = Array.isArray(data['affected'])
    ? data['affected'].map(String)
    : isSaid(data['affected'])
      ? [String(data['affected'])]
      : [];
  if (problems.length > 0 || date === null) return { kind: 'wrong', problems };
  if (date > now)
    return skip(
      'date',
      `begins in the future, at ${new Date(date).toISOString()}. cState has no end of a window; to announce it: npx halfpast schedule`,
    );
  for (const field of Object.keys(data).filter((key) => !carried.includes(key) && isSaid(data[key])))
    notes.push(`${at(field)}: ${field}: ${quote(data[field])} was not carried over`);
  const issue: Issue = {
    id,
    path,
    page,
    date,
    resolvedWhen,
    affected,
    title: String(title).trim().replaceAll(/\s+/g, ' '),
    severity: named.success && isSaid(severity) ? named.data : null,
    isResolved: isResolved === true,
    isInformational: informational === true,
  };
  if (isResolved === null && !issue.isInformational)
    notes.push(
      `${at('resolved')}: does not say whether it is resolved, and is carried over as ongoing, as the issue's own page in cState has it`,
    );
  if (!issue.isResolved && !issue.isInformational && resolvedWhen !== null)
    notes.push(`${at('resolvedWhen')}: has a resolvedWhen without resolved: true, and is carried over as ongoing`);
  return { kind: 'issue', issue, notes, localTimes };
}

/** The day in the name of a file, for one without a date of its own. */
function dateOfName(name: string, timeZone: string, note: (text: string) => void): Instant | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(name)?.[0];
  const read = day === undefined ? null : readHugoTime(day, timeZone);
  if (read !== null) note(`date is missing, and became the day in the name of the file, ${String(day)}`);
  return read?.at ?? null;
}
