import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { siteFile } from '../../src/lib/content/write-content.ts';
import { type Instant, minute } from '../../src/lib/domain/calendar.ts';
import type { ComponentStatus, Impact, IncidentStatus } from '../../src/lib/domain/vocabulary.ts';
import { siteAddress } from '../../src/lib/schema/fields.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { count } from '../../src/lib/words/en.ts';
import { UserError } from '../cli/errors.ts';
import { planList } from './components.ts';
import {
  type Config,
  type CstateContext,
  type CstateIssue,
  readConfig,
  readIssue,
  type Severity,
  type CstateSite,
} from './cstate-read.ts';
import { addedDraft, type UpdateDraft, draftsOf, otherShortcodes } from './cstate-updates.ts';
import { type ImportedIncident, type ImportedUpdate, planEvents, stillOpen } from './plan-events.ts';
import { absoluteImages, type ComponentIds, nameOf, type Note, type Plan, withoutStatusWord } from './plan.ts';

type Timed = UpdateDraft & { readonly at: Instant };

type Settled<T extends Timed> = {
  readonly updates: readonly T[];
  /** Whether the front matter has a different time than the updates. */
  readonly isDateWrong: boolean;
};

const isActive = ({ status }: UpdateDraft): boolean => status !== null && status !== 'resolved';

/** The update that ends an issue: the first one after which it stays resolved, or else the last. */
function closingOf(drafts: readonly UpdateDraft[]): UpdateDraft | undefined {
  const lastActive = drafts.findLastIndex(isActive);
  const after = drafts.slice(lastActive + 1).filter(({ isPostmortem }) => !isPostmortem);
  return after.find(({ status }) => status === 'resolved') ?? after.at(-1);
}

/**
 * Gives each update a time. The oldest one gets the issue's time, the one that ends it gets `resolvedWhen`, and others
 * come directly after the previous one. Updates with a track keep their time. Returns them sorted by time.
 */
function timed(issue: CstateIssue, drafts: readonly UpdateDraft[], note: Note): Timed[] {
  const { resolvedWhen: end } = issue;
  const closing = closingOf(drafts);
  let before: Instant | null = null;
  const all = drafts.map((draft) => {
    let { at } = draft;
    if (at === null && before === null) at = Math.min(issue.date, ...drafts.flatMap((one) => one.at ?? []));
    else if (at === null && draft === closing && end !== null && end >= (before ?? end)) at = end;
    else if (at === null) {
      at = Math.max(before ?? 0, draft.isPostmortem ? (end ?? 0) : 0) + 1;
      note(`${draft.place}: has no time, and now follows the update before it, at ${shortUtc(at)}`);
    }
    before = Math.max(at, before ?? at);
    return { ...draft, at };
  });
  return all.toSorted((a, b) => a.at - b.at);
}

/** The updates of a resolved issue, at least one of which is `resolved`. */
function resolve(issue: CstateIssue, updates: readonly Timed[], note: Note): Settled<Timed> {
  const { path, page, resolvedWhen: when } = issue;
  const place = `${path}:${page.lineOf(when === null ? 'resolved' : 'resolvedWhen')}`;
  const [first] = updates;
  if (first === undefined) return { updates, isDateWrong: false };
  const lastActive = updates.findLastIndex(isActive);
  const resolution = updates.findIndex(
    ({ status, isPostmortem }, index) => index > lastActive && status === 'resolved' && !isPostmortem,
  );
  if (resolution !== -1) {
    const isDateWrong = when !== null && when < first.at;
    const at = updates[resolution]?.at ?? 0;
    if (isDateWrong)
      note(
        `${place}: date ${shortUtc(issue.date)} and resolvedWhen ${shortUtc(when)} are before the first update, ${shortUtc(first.at)}; the times of the updates were kept`,
      );
    else if (when !== null && Math.abs(at - when) >= minute)
      note(
        `${place}: resolvedWhen ${shortUtc(when)} differs from the update that says so, ${shortUtc(at)}; the update's time was kept`,
      );
    return { updates, isDateWrong };
  }
  const activeAt = (updates[lastActive] ?? first).at;
  const end = when === null ? activeAt : Math.max(when, activeAt);
  const near =
    when === null
      ? -1
      : updates.findIndex(
          ({ status, at }, index) => index > Math.max(0, lastActive) && status === null && Math.abs(at - end) < minute,
        );
  if (near !== -1)
    return {
      updates: updates.map((update, index) => (index === near ? { ...update, status: 'resolved' as const } : update)),
      isDateWrong: false,
    };
  const lastWord = updates.findLast(({ isPostmortem }) => !isPostmortem) ?? first;
  const at = when === null ? lastWord.at + 1 : when > first.at && when >= end ? end : end + 1;
  note(
    when === null
      ? `${place}: is resolved, but does not say when; an update that says so was added after the last one, at ${shortUtc(at)}`
      : `${place}: is resolved without an update that says so; one was added at ${shortUtc(at)}${at - when >= 2 ? `, since resolvedWhen ${shortUtc(when)} is before` : ''}`,
  );
  const all = [...updates, addedDraft(at, 'resolved', place)].toSorted(
    (a, b) => a.at - b.at || Number(a.isPostmortem) - Number(b.isPostmortem),
  );
  return { updates: all, isDateWrong: false };
}

/** The times and statuses of an issue's updates, so that it's resolved exactly when it is in cState. */
function settleIssue(
  issue: CstateIssue,
  drafts: readonly UpdateDraft[],
  note: Note,
): Settled<Timed & { readonly status: IncidentStatus }> {
  const all = timed(issue, drafts, note);
  if (issue.isInformational)
    return { updates: all.map((update) => ({ ...update, status: 'resolved' as const })), isDateWrong: false };
  const { updates, isDateWrong } = issue.isResolved ? resolve(issue, all, note) : { updates: all, isDateWrong: false };
  let status: IncidentStatus = 'investigating';
  const settled = updates.map((update) => ({ ...update, status: (status = update.status ?? status) }));
  if (issue.isResolved) return { updates: settled, isDateWrong };
  return { updates: stillOpen(settled, 'sounds resolved, but the issue is not', note), isDateWrong };
}

/** The severity of a cState issue. cState only shows downtime when a system is down. */
const effects: Readonly<Record<Severity, { readonly status: ComponentStatus; readonly impact: Impact }>> = {
  down: { status: 'major_outage', impact: 'major' },
  disrupted: { status: 'partial_outage', impact: 'minor' },
  notice: { status: 'operational', impact: 'none' },
};

/** An issue's effect on its systems: never worse than stated, and never operational if not stated. */
function effectOf({ severity, isInformational }: CstateIssue): {
  readonly status: ComponentStatus;
  readonly impact: Impact;
} {
  if (isInformational) return effects.notice;
  return severity === null ? { status: 'operational', impact: 'minor' } : effects[severity];
}

/** The text of an update, without a word that repeats the status. */
function bodyOf({ word, text, before, after, status }: UpdateDraft): string {
  return [...before, withoutStatusWord(text, word, String(status)), ...after].join('\n\n');
}

function noteIssue(issue: CstateIssue, note: Note): void {
  const { page, path, title, severity, affected, isInformational } = issue;
  for (const { name, line } of otherShortcodes(page.body))
    note(`${path}:${page.bodyLine + line}: the shortcode "${name}" stays in the text`);
  const names = affected.join(', ');
  if (isInformational)
    note(`${path}:${page.lineOf('informational')}: is informational, and became a resolved incident without impact`);
  else if (severity === null) note(`${path}:1: has no severity, and became an incident of minor impact`);
  if (severity === 'notice' && !isInformational) {
    const isWork = /maintenance|maintenace|upgrade|scheduled|planned/i.test(title);
    note(
      `${path}:${page.lineOf('severity')}: is a notice, and became an incident without impact${isWork ? '; cState has no maintenance windows' : ''}`,
    );
  }
  const isHarmless = effectOf(issue).status === 'operational';
  if (isHarmless && affected.length > 0)
    note(
      `${path}:${page.lineOf('affected')}: names ${names}, which ${affected.length === 1 ? 'stays' : 'stay'} operational`,
    );
}

/** Converts an issue to an incident, and notes the changes. */
function planIssue(
  given: CstateIssue,
  ids: ComponentIds,
  baseUrl: string | null,
  context: CstateContext,
): ImportedIncident {
  const { note } = context;
  // An unresolved notice can be purely informational, but an outage can't.
  const isOngoing =
    given.isInformational &&
    !given.isResolved &&
    (given.severity === 'down' || given.severity === 'disrupted') &&
    given.page.data['resolved'] === false;
  const issue: CstateIssue = isOngoing ? { ...given, isInformational: false } : given;
  if (isOngoing)
    note(
      `${given.path}:${given.page.lineOf('informational')}: is informational, but says resolved: false and severity: ${String(given.severity)}; it was imported as ongoing`,
    );
  noteIssue(issue, note);
  const settled = settleIssue(issue, draftsOf(issue, context), note);
  const { status, impact } = effectOf(issue);
  const first = settled.updates[0];
  const isOver = first?.status === 'resolved';
  if (isOver && status !== 'operational' && issue.affected.length > 0) {
    note(
      `${issue.path}:${issue.page.lineOf('affected')}: names ${issue.affected.join(', ')}, but only says that it is over; what was affected was not imported`,
    );
  }
  const affected = Object.fromEntries(
    issue.affected.map((name) => [ids.get(name) ?? name, isOver ? 'operational' : status] as const),
  );
  const updates = settled.updates.map((update, index): ImportedUpdate<IncidentStatus> => {
    const { at, status, place } = update;
    const body = absoluteImages(bodyOf(update), baseUrl, (text) => note(`${place}: ${text}`));
    return { at, status, place, body, ...(index === 0 ? { components: affected } : {}) };
  });
  const begins =
    first !== undefined && !settled.isDateWrong && first.at - issue.date >= minute ? { started: issue.date } : {};
  if (!settled.isDateWrong && first !== undefined && issue.date - first.at >= minute)
    note(
      `${issue.path}:${issue.page.lineOf('date')}: the date ${shortUtc(issue.date)} is after the first update; the incident begins with that`,
    );
  return {
    kind: 'incident',
    id: issue.id,
    source: `cstate:${issue.id}`,
    title: issue.title,
    impact,
    updates,
    ...begins,
  };
}

/** `zone` is the zone of times without an offset; null means UTC, which is noted. */
type Given = { readonly zone: string | null; readonly now: Instant };

const nothing: Config = { title: null, baseUrl: null, systems: [] };

function siteText({ title, baseUrl }: Config, zone: string): string {
  const url = siteAddress.safeParse(baseUrl ?? '').data;
  if (title === null || url === undefined) {
    throw new UserError(
      `the configuration of the cState site has no ${title === null ? 'title' : 'baseURL that is a web address'}, and there is no site.yml yet. First run: npx halfpast init`,
    );
  }
  return siteFile({ name: nameOf(title), url, time_zone: zone });
}

/** Reads all issues of a site. The error lists everything that blocks the import. */
function readAll(site: CstateSite, context: CstateContext): CstateIssue[] {
  const problems: string[] = [];
  const issues = site.issues.flatMap((file) => readIssue(file, context, (text) => void problems.push(text)) ?? []);
  if (problems.length === 0) return issues;
  throw new UserError(['nothing was written, because the cState site has errors:', ...problems].join('\n'));
}

/**
 * The names of systems as in the configuration. cState distinguishes case, and shows nothing for a mistyped name.
 */
function withKnownNames(issue: CstateIssue, config: Config, note: (text: string) => void): CstateIssue {
  const affected = issue.affected.map((name) => {
    if (config.systems.some(({ code }) => code === name)) return name;
    const near = config.systems.find(({ code }) => code.toLowerCase() === name.trim().toLowerCase())?.code;
    if (near !== undefined)
      note(`${issue.path}:${issue.page.lineOf('affected')}: "${name}" was imported as the system "${near}"`);
    return near ?? name;
  });
  return { ...issue, affected: [...new Set(affected)] };
}

/** Plans the import of a cState site into an existing content folder. Pure. Throws UserError if it isn't possible. */
export function planCstate(site: CstateSite, { zone, now }: Given, tree: ContentTree, content: string): Plan {
  const notes = [...site.notes];
  const note = (text: string): void => void notes.push(text);
  const timeZone = zone ?? 'UTC';
  const config = site.config === null ? nothing : readConfig(site.config, note);
  let localTimes = 0;
  const context: CstateContext = { timeZone, now, note, local: () => void (localTimes += 1) };
  const issues = readAll(site, context).map((issue) => withKnownNames(issue, config, note));
  const named = new Set(issues.flatMap(({ affected }) => affected));
  const gone = [...named].filter((name) => !config.systems.some(({ code }) => code === name));
  for (const name of gone.filter(() => site.config !== null))
    note(`${site.config?.path ?? ''}:1: "${name}" is no longer a system, and became a retired component`);
  const baseUrl = siteAddress.safeParse(config.baseUrl ?? '').data ?? null;
  const plan = planEvents(
    {
      site: () => siteText(config, timeZone),
      components: planList({
        list: site.config && config.systems,
        used: named,
        gone: gone.map((name) => ({ code: name, name })),
      }),
      missing: 'the cState site has no system, and there is no components.yml yet. First run: npx halfpast init',
      events: (ids) => issues.map((issue) => planIssue(issue, ids, baseUrl, context)),
    },
    tree,
    content,
    notes,
  );
  const zoneNote =
    localTimes === 0 || zone !== null
      ? []
      : [
          `${count(localTimes, 'time')} without an offset ${localTimes === 1 ? 'was' : 'were'} read as UTC. If they are local, import into a new folder with --time-zone, such as --time-zone Europe/Berlin`,
        ];
  return { ...plan, notes: [...plan.notes, ...zoneNote] };
}
