import { dirname, join, resolve } from 'node:path';
import { type Instant, minute, publishedAt } from '../../src/lib/domain/calendar.ts';
import { checksInSince, type Incident } from '../../src/lib/domain/incident.ts';
import { lastCheckIn, nextCheckIn } from '../../src/lib/domain/promise.ts';
import type { Cadence } from '../../src/lib/domain/settings.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { withoutHidden } from '../../src/lib/schema/hidden.ts';
import type { Ask, Context } from '../cli/context.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { gitIn } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';

/** The maximum number of missed check-ins to report. */
const mostMissed = 4;

/**
 * Whether the log has a line for a check-in. A late line counts until the next check-in is due; an early one, from
 * halfway since the last one.
 */
const isLogged = (due: Instant, log: readonly CheckIn[], { checkIn }: Cadence): boolean =>
  log.some(({ at }) => at >= due - checkIn / 2 && at < due + checkIn);

/**
 * All check-ins that were due by `now` and whether they were kept, oldest first. The last one counts once it has a
 * line, or the next one is due.
 */
export function settledCheckIns(
  { updates, startedAt }: Incident,
  log: readonly CheckIn[],
  now: Instant,
  cadence: Cadence,
): { readonly kept: readonly Instant[]; readonly missed: readonly Instant[] } {
  const [kept, missed]: [Instant[], Instant[]] = [[], []];
  const next = (from: Instant): Instant => nextCheckIn(startedAt, from, cadence);
  for (let due = next(publishedAt(updates[0].record)); due <= now; due = next(due)) {
    const status = updates.findLast(({ record }) => publishedAt(record) <= due)?.record.status;
    if (status === 'monitoring' || status === 'resolved') continue;
    if (isLogged(due, log, cadence)) kept.push(due);
    else if (due + cadence.checkIn <= now) missed.push(due);
  }
  return { kept, missed };
}

/** The check-in that's due now and has no line, and the latest missed ones before it, oldest first. */
export function checkInsDue(
  incident: Incident,
  log: readonly CheckIn[],
  now: Instant,
  cadence: Cadence,
): { readonly dueSince: Instant | null; readonly missed: readonly Instant[] } {
  const since = checksInSince(incident);
  const current = lastCheckIn(incident.startedAt, now, cadence);
  const isDue = current !== null && current > since && !isLogged(current, log, cadence);
  const { missed } = settledCheckIns(incident, log, now, cadence);
  return { dueSince: isDue ? current : null, missed: missed.filter((due) => due > since).slice(-mostMissed) };
}

/** The team's answers at a check-in; blank if there's nothing to say. */
type Answers = Readonly<Record<'known' | 'next' | 'help' | 'data', string>>;

/** One line of the log. `text` is Markdown. */
export type CheckIn = { readonly at: Instant; readonly text: string };

const questions = [
  ['known', 'Known', 'What do we know now?'],
  ['next', 'Next', 'What do we try next?'],
  ['help', 'Help needed', 'Does anyone need help, and with what?'],
  ['data', 'Customer data', 'Is customer data safe?'],
] as const satisfies readonly (readonly [keyof Answers, string, string])[];

/** The answers of a check-in, from the flags or, without any, from four prompts. Throws UsageError. */
export async function answersFor(
  given: Readonly<Record<keyof Answers, string | undefined>>,
  ask: Ask | null,
): Promise<Answers> {
  const isGiven = Object.values(given).some((answer) => answer !== undefined);
  const answers = { known: '', next: '', help: '', data: '' };
  for (const [name, , message] of questions) {
    const answer = isGiven || ask === null ? given[name] : await ask.text({ message, optional: true });
    answers[name] = withoutHidden((answer ?? '').replaceAll(/\s+/g, ' ')).trim();
  }
  if (Object.values(answers).some((answer) => answer !== '')) return answers;
  throw new UsageError(
    isGiven || ask === null
      ? 'there is nothing to record. Type what the team knows and tries next, such as --known "Payments fail at one bank" --next "Roll back"'
      : 'nothing was written, since every answer is blank',
  );
}

/** A check-in's line in the log, without its time: `**Known:** Payments fail. **Next:** Roll back.` */
export function checkInText(answers: Answers): string {
  return questions
    .filter(([name]) => answers[name] !== '')
    .map(([name, label]) => `**${label}:** ${answers[name]}${/[.!?…]$/.test(answers[name]) ? '' : '.'}`)
    .join(' ');
}

/** The text without bold labels, which terminals and chats would show with asterisks. */
export const plainCheckIn = (text: string): string => text.replaceAll(/\*\*(.+?:)\*\*/g, '$1');

/** The check-ins in a log, oldest first. Other lines are notes. */
function readLog(log: string | null): CheckIn[] {
  return [...(log ?? '').matchAll(/^- (\d{4}-\d\d-\d\dT[\d:.]+Z) (.+)$/gm)]
    .map(([, at = '', text = '']) => ({ at: Date.parse(at), text: text.trim() }))
    .filter(({ at }) => !Number.isNaN(at))
    .toSorted((a, b) => a.at - b.at);
}

/** The log with additional lines. */
function withCheckIns(log: string | null, title: string, added: readonly CheckIn[]): string {
  const before = log ?? `# Check-ins: ${title}\n\nFor the team only. Nothing here is published.\n\n`;
  const end = before === '' || before.endsWith('\n') ? '' : '\n';
  const lines = added.map(({ at, text }) => `- ${shortUtc(Math.floor(at / minute) * minute)} ${text}\n`);
  return `${before}${end}${lines.join('')}`;
}

/** The log files of an incident, as absolute paths. */
type LogFiles = {
  /** In the repository, if it's private. */
  readonly shared: string;
  /** On this machine only, ignored by git. */
  readonly local: string;
};

/** `content` is an absolute path. The logs are in the root of its repository, or next to it without one. */
export async function logFiles(content: string, slug: string, context: Context): Promise<LogFiles> {
  const prefix = await gitIn(content, context).prefix();
  const up = (prefix ?? 'content/').split('/').flatMap((name) => (name === '' ? [] : ['..']));
  const folder = join(resolve(content, ...up), 'log');
  return { shared: join(folder, `${slug}.md`), local: join(folder, 'local', `${slug}.md`) };
}

/** The check-ins of an incident, oldest first. */
export async function checkInsOf(content: string, slug: string, context: Context): Promise<CheckIn[]> {
  const { shared, local } = await logFiles(content, slug, context);
  const [ours, mine] = [await context.disk.read(shared), await context.disk.read(local)];
  return [...readLog(ours), ...readLog(mine)].toSorted((a, b) => a.at - b.at);
}

/**
 * Why the log can't be committed; null if it can. GitHub has to confirm that all repositories that it's pushed to are
 * private. Without an answer, a repository counts as public.
 */
export async function whyNotPrivate(content: string, context: Context): Promise<string | null> {
  const places = await gitIn(content, context).places();
  if (places.length === 0) return 'it has no remote on GitHub';
  for (const { address, name } of places) {
    if (name === null) return `${address} isn't on GitHub, so nothing confirms that it's private`;
    try {
      const port = await openGitHub(name, context, { needsToken: false });
      if (!(await port.isPrivate())) return `${name} is public`;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return `GitHub didn't say whether ${name} is private. If it is, set GITHUB_TOKEN`;
    }
  }
  return null;
}

/** Adds a line to the local log, which Git ignores. */
export async function writeLocally(
  { local }: LogFiles,
  title: string,
  checkIn: CheckIn,
  { disk }: Context,
): Promise<void> {
  await disk.replace(join(dirname(local), '.gitignore'), '# Check-ins are not for the public.\n*\n');
  await disk.replace(local, withCheckIns(await disk.read(local), title, [checkIn]));
}

/**
 * Adds a line to the log in the repository, with those that were kept on this machine, and commits it. Pushes it unless
 * that would push more. Returns a sentence about it. `howTyped` finds how to call git for this folder.
 */
export async function writeAndCommit(
  { shared, local }: LogFiles,
  title: string,
  checkIn: CheckIn,
  howTyped: () => Promise<string>,
  context: Context,
): Promise<string> {
  const { disk } = context;
  const attributes = join(dirname(shared), '.gitattributes');
  // Two people may check in at the same time: git keeps both lines.
  if ((await disk.read(attributes)) === null) await disk.create(attributes, '*.md merge=union\n');
  const added = [...readLog(await disk.read(local)), checkIn];
  await disk.replace(shared, withCheckIns(await disk.read(shared), title, added));
  await disk.remove(local);
  const git = gitIn(dirname(shared), context);
  const others = (await git.distance())?.ahead ?? null;
  try {
    await git.requireBranch();
    await git.commit([shared, attributes], [], `Check-in: ${title}`, howTyped);
    if (others === null) return `Committed. Push it, so that others see it: ${await howTyped()} push`;
    // An update that waits to be pushed must not go live with a check-in.
    if (others > 0)
      return `Committed, but not pushed, because earlier commits are not pushed either. Run: ${await howTyped()} push`;
    await git.push('the check-in', howTyped, (line) => context.stderr(`${line}\n`));
    return 'Committed and pushed.';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `Not shared yet: ${error.message}`;
  }
}
