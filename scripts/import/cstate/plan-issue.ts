import { type Instant, minute } from '../../../src/domain/instant.ts';
import type { ComponentStatus, Impact, IncidentStatus } from '../../../src/domain/vocabulary.ts';
import { shortUtc } from '../../../src/schema/instant.ts';
import { label } from '../../writing/words.ts';
import type { ImportedIncident, ImportedUpdate } from '../event-files.ts';
import type { Note } from '../note.ts';
import type { ComponentIds } from '../planned-components.ts';
import { absoluteImages } from '../absolute-images.ts';
import { type Draft, draftsOf } from './drafts.ts';
import type { Issue, Severity } from './read-issue.ts';
import { settleIssue } from './settle-issue.ts';
import { otherShortcodes } from './track.ts';

/** Where cState's issue says how bad it is. Its page speaks of downtime only when a system is down. */
const effects: Readonly<Record<Severity, { readonly status: ComponentStatus; readonly impact: Impact }>> = {
  down: { status: 'major_outage', impact: 'major' },
  disrupted: { status: 'partial_outage', impact: 'minor' },
  notice: { status: 'operational', impact: 'none' },
};

export type IssueContext = {
  readonly timeZone: string;
  readonly now: Instant;
  readonly ids: ComponentIds;
  readonly baseUrl: string | null;
  readonly note: Note;
  readonly local: () => void;
};

/** What an issue did to its systems; nothing worse than it says, and never well when it does not say. */
function effectOf({ severity, isInformational }: Issue): { readonly status: ComponentStatus; readonly impact: Impact } {
  if (isInformational) return effects.notice;
  return severity === null ? { status: 'operational', impact: 'minor' } : effects[severity];
}

/** The text of an update; a word that the status says already is left out. */
function bodyOf({ word, text, before, after }: Draft, status: IncidentStatus): string {
  const own = word?.word.toLowerCase() === label(status).toLowerCase() ? word.rest.trim() || text : text;
  return [...before, own, ...after].join('\n\n');
}

function tellIssue(issue: Issue, note: Note): void {
  const { page, path, title, severity, affected, isInformational } = issue;
  for (const { name, line } of otherShortcodes(page.body))
    note(`${path}:${page.bodyLine + line}: the shortcode "${name}" stands in the text as it was`);
  const names = affected.join(', ');
  if (isInformational)
    note(
      `${path}:${page.lineOf('informational')}: is informational, and became an incident without impact that is over`,
    );
  else if (severity === null) note(`${path}:1: has no severity, and became an incident of minor impact`);
  if (severity === 'notice' && !isInformational) {
    const isWork = /maintenance|maintenace|upgrade|scheduled|planned/i.test(title);
    note(
      `${path}:${page.lineOf('severity')}: is a notice, and became an incident without impact${isWork ? '; cState says no window of the work, so it is no maintenance' : ''}`,
    );
  }
  const isHarmless = effectOf(issue).status === 'operational';
  if (isHarmless && affected.length > 0)
    note(
      `${path}:${page.lineOf('affected')}: names ${names}, which ${affected.length === 1 ? 'stays' : 'stay'} operational`,
    );
}

/** One issue as an incident. What changes on the way is told to `note`. */
export function planIssue(given: Issue, { ids, baseUrl, note, ...context }: IssueContext): ImportedIncident {
  // A notice that nobody marks as over may say so; what is down may not.
  const isOngoing =
    given.isInformational &&
    !given.isResolved &&
    (given.severity === 'down' || given.severity === 'disrupted') &&
    given.page.data['resolved'] === false;
  const issue: Issue = isOngoing ? { ...given, isInformational: false } : given;
  if (isOngoing)
    note(
      `${given.path}:${given.page.lineOf('informational')}: is informational, but says resolved: false and severity: ${String(given.severity)}; it is carried over as ongoing`,
    );
  tellIssue(issue, note);
  const settled = settleIssue(issue, draftsOf(issue, { ...context, note }), note);
  const { status, impact } = effectOf(issue);
  const first = settled.updates[0];
  const isOver = first?.status === 'resolved';
  if (isOver && status !== 'operational' && issue.affected.length > 0) {
    note(
      `${issue.path}:${issue.page.lineOf('affected')}: names ${issue.affected.join(', ')}, but its only word is that it is over; what was affected was not carried over`,
    );
  }
  const affected = Object.fromEntries(
    issue.affected.map((name) => [ids.get(name) ?? name, isOver ? 'operational' : status] as const),
  );
  const updates = settled.updates.map((update, index): ImportedUpdate<IncidentStatus> => {
    const body = absoluteImages(bodyOf(update.draft, update.status), baseUrl, (text) =>
      note(`${update.draft.place}: ${text}`),
    );
    return {
      at: update.at,
      status: update.status,
      place: update.draft.place,
      body,
      ...(index === 0 ? { components: affected } : {}),
    };
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
