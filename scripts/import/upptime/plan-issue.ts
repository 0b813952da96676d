import { minute } from '../../../src/domain/instant.ts';
import type { ComponentStatus, IncidentStatus, MaintenanceStatus } from '../../../src/domain/vocabulary.ts';
import { shortUtc } from '../../../src/schema/instant.ts';
import { label } from '../../writing/words.ts';
import { absoluteImages } from '../absolute-images.ts';
import type { ImportedIncident, ImportedUpdate, ImportedWindow } from '../event-files.ts';
import type { Note } from '../note.ts';
import { type StatusWord, statusWord } from '../status-word.ts';
import type { Placed } from './saved-issues.ts';
import type { Window } from './window.ts';

/** Upptime: `🛑 X is down` and `⚠️ X has degraded performance`; all that is not degraded counts as down. */
export function titleOf(title: string): {
  readonly title: string;
  readonly site: string | null;
  readonly isDegraded: boolean;
  readonly isPlain: boolean;
} {
  const plain = title
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/^(?:🛑|⚠️|⚠|🟥|🟨)\s*/u, '');
  const site = /^(.+?) (?:is down|has degraded performance)$/i.exec(plain)?.[1] ?? null;
  return { title: plain || title.trim(), site, isDegraded: /degraded/i.test(plain), isPlain: site !== null };
}

type Said = { readonly at: number; readonly word: StatusWord | null; readonly body: string; readonly place: string };

function everythingSaid({ issue, place }: Placed, body: string): Said[] {
  const comments = issue.comments.map((comment) => ({
    at: comment.createdAt,
    word: statusWord(comment.body),
    body: comment.body,
    place: `${place} comment ${comment.id}`,
  }));
  return [{ at: issue.createdAt, word: null, body, place }, ...comments.toSorted((a, b) => a.at - b.at)];
}

const bodyOf = ({ word, body, place }: Said, status: string, note: Note): string => {
  const text = word?.word.toLowerCase() === label(status).toLowerCase() ? word.rest.trim() || body : body;
  return absoluteImages(text, null, (said) => note(`${place}: ${said}`));
};

const source = (number: number): string => `upptime:${number}`;

/** An issue with the label `status` as an incident. `ids` are our names of its sites. */
export function planIncidentIssue(placed: Placed, ids: readonly string[], note: Note): ImportedIncident {
  const { issue, place } = placed;
  const { title, isDegraded, isPlain } = titleOf(issue.title);
  if (!isPlain && !isDegraded)
    note(`${place}: its title does not say how bad it was; as Upptime counts it, its sites were down`);
  const { closedAt } = issue;
  const said = everythingSaid(placed, issue.body);
  const wordOf = ({ word }: Said): IncidentStatus | null =>
    word?.status === 'postmortem' ? 'resolved' : (word?.status ?? null);
  let status: IncidentStatus = 'investigating';
  let updates = said.map((one) => ({ said: one, status: (status = wordOf(one) ?? status) }));
  if (closedAt === null) {
    const lastActive = updates.findLastIndex((update) => update.status !== 'resolved');
    updates = updates.map((update, index) => {
      if (index <= lastActive) return update;
      note(`${update.said.place}: says that it is resolved, but the issue is open; it became monitoring`);
      return { ...update, status: 'monitoring' as const };
    });
  } else {
    const after = updates.findIndex(({ said: { at } }, index) => index > 0 && at > closedAt);
    const end = after === -1 ? updates.length : after;
    const last = updates[end - 1];
    // Whoever closes an issue with a comment has both at the same second.
    const isClosing =
      last !== undefined &&
      end > 1 &&
      last.status !== 'resolved' &&
      last.said.word === null &&
      closedAt - last.said.at < minute;
    const closing = {
      said: { at: Math.max(closedAt, last?.said.at ?? closedAt), word: null, body: 'Resolved.', place },
      status: 'resolved' as const,
    };
    const isSaid = last?.status === 'resolved' || isClosing;
    if (!isSaid)
      note(
        `${place}: was closed without a word that it is resolved; an update that says so was added at ${shortUtc(closedAt)}`,
      );
    const before = updates
      .slice(0, end)
      .map((update, index) => (isClosing && index === end - 1 ? { ...update, status: 'resolved' as const } : update));
    updates = [
      ...before,
      ...(isSaid ? [] : [closing]),
      ...updates.slice(end).map((update) => ({ ...update, status: 'resolved' as const })),
    ];
  }
  const effect: ComponentStatus = isDegraded ? 'degraded_performance' : 'major_outage';
  return {
    kind: 'incident',
    id: String(issue.number),
    source: source(issue.number),
    title,
    impact: isDegraded ? 'minor' : 'major',
    updates: updates.map((update, index): ImportedUpdate<IncidentStatus> => ({
      at: update.said.at,
      status: update.status,
      place: update.said.place,
      body: bodyOf(update.said, update.status, note),
      ...(index === 0 ? { components: Object.fromEntries(ids.map((id) => [id, effect])) } : {}),
    })),
  };
}

/** An issue with the label `maintenance` and a window as a maintenance. */
export function planWindowIssue(
  placed: Placed,
  { from, until, body }: Window,
  ids: readonly string[],
  note: Note,
): ImportedWindow {
  const { issue, place } = placed;
  const { closedAt } = issue;
  const isEarly = closedAt !== null && closedAt < until;
  const statusAt = (at: number): MaintenanceStatus =>
    at >= until || (isEarly && at > closedAt) ? 'completed' : at >= from ? 'in_progress' : 'scheduled';
  const said = everythingSaid(placed, body).map((one) => ({ said: one, status: statusAt(one.at) }));
  if (isEarly) {
    const word = closedAt < from ? 'Cancelled.' : 'Completed.';
    note(
      `${place}: was closed ${closedAt < from ? 'before its window began' : 'before its window ended'}; an update that says so was added at ${shortUtc(closedAt)}`,
    );
    const index = said.findIndex(({ said: { at } }, position) => position > 0 && at > closedAt);
    said.splice(index === -1 ? said.length : index, 0, {
      said: { at: closedAt, word: null, body: word, place },
      status: 'completed',
    });
  }
  return {
    kind: 'maintenance',
    id: String(issue.number),
    source: source(issue.number),
    title: titleOf(issue.title).title,
    from,
    until,
    updates: said.map((update, index): ImportedUpdate<MaintenanceStatus> => ({
      at: update.said.at,
      status: update.status,
      place: update.said.place,
      body: bodyOf(update.said, update.status, note),
      ...(index === 0 ? { components: Object.fromEntries(ids.map((id) => [id, 'under_maintenance' as const])) } : {}),
    })),
  };
}
