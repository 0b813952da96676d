import { type Instant, minute } from '../../../src/domain/instant.ts';
import type { IncidentStatus } from '../../../src/domain/vocabulary.ts';
import { shortUtc } from '../../../src/schema/instant.ts';
import type { Note } from '../note.ts';
import type { Draft } from './drafts.ts';
import type { Issue } from './read-issue.ts';

type Timed = { readonly draft: Draft; at: Instant; status: IncidentStatus | null };

export type Settled = {
  readonly updates: readonly { readonly draft: Draft; readonly at: Instant; readonly status: IncidentStatus }[];
  /** Whether the front matter speaks of another time than the updates. */
  readonly isDateWrong: boolean;
};

const isActive = ({ status }: Timed): boolean => status !== null && status !== 'resolved';

/** Gives a time to each: the oldest has the issue's own, the last of a resolved issue the end, any other stands right behind the one before. */
function timed(issue: Issue, drafts: readonly Draft[], note: Note): Timed[] {
  const end = issue.isResolved && !issue.isInformational ? issue.resolvedWhen : null;
  const last = drafts.findLast(({ isPostmortem }) => !isPostmortem);
  let before: Instant | null = null;
  return drafts.map((draft) => {
    let at = draft.at;
    if (at === null) {
      const isEnd: boolean =
        before !== null &&
        draft === last &&
        end !== null &&
        end >= before &&
        (draft.status === null || draft.status === 'resolved');
      at =
        before === null
          ? issue.date
          : isEnd && end !== null
            ? end
            : Math.max(before, draft.isPostmortem ? (end ?? before) : before) + 1;
      if (before !== null && !isEnd)
        note(`${draft.place}: has no time, and was set behind the update before it, at ${shortUtc(at)}`);
    }
    before = Math.max(at, before ?? at);
    return { draft, at, status: draft.status };
  });
}

function added(at: Instant, place: string): Timed {
  return {
    draft: { at, status: 'resolved', isPostmortem: false, word: null, text: 'Resolved.', before: [], after: [], place },
    at,
    status: 'resolved',
  };
}

/** The updates of a resolved issue, one of which says that it is. */
function resolve(
  issue: Issue,
  updates: readonly Timed[],
  note: Note,
): { readonly updates: readonly Timed[]; readonly isDateWrong: boolean } {
  const { path, page, resolvedWhen: when } = issue;
  const place = `${path}:${page.lineOf(when === null ? 'resolved' : 'resolvedWhen')}`;
  const [first, latest] = [updates[0], updates.at(-1)];
  if (first === undefined || latest === undefined) return { updates, isDateWrong: false };
  const lastActive = updates.findLastIndex(isActive);
  const said = updates.findIndex(
    ({ status, draft }, index) => index > lastActive && status === 'resolved' && !draft.isPostmortem,
  );
  const isDateWrong = when !== null && when < first.at && said !== -1;
  if (said !== -1) {
    const at = updates[said]?.at ?? 0;
    if (isDateWrong)
      note(
        `${place}: date ${shortUtc(issue.date)} and resolvedWhen ${shortUtc(when)} are before the first update, ${shortUtc(first.at)}; the times of the updates were taken`,
      );
    else if (when !== null && Math.abs(at - when) >= minute)
      note(
        `${place}: resolvedWhen ${shortUtc(when)} is not when the update says so, ${shortUtc(at)}; the update's time was taken`,
      );
    return { updates, isDateWrong };
  }
  const end = Math.max(when ?? -Infinity, lastActive === -1 ? first.at : (updates[lastActive]?.at ?? 0));
  const near =
    when === null
      ? -1
      : updates.findIndex(
          ({ status, at }, index) => index > Math.max(0, lastActive) && status === null && Math.abs(at - end) < minute,
        );
  if (near !== -1)
    return {
      updates: updates.map((update, index) => (index === near ? { ...update, status: 'resolved' as const } : update)),
      isDateWrong,
    };
  const lastWord = updates.findLast(({ draft }) => !draft.isPostmortem) ?? latest;
  const at = when === null ? lastWord.at + 1 : when > first.at && when >= end ? end : end + 1;
  const behind = updates.findIndex((update, index) => index > lastActive && index > 0 && update.at > at);
  const index = behind === -1 ? updates.length : behind;
  const one = added(Math.max(at, updates[index - 1]?.at ?? at), place);
  note(
    when === null
      ? `${place}: is resolved, but does not say when; an update that says so was added behind the last, at ${shortUtc(one.at)}`
      : `${place}: is resolved without an update that says so; one was added at ${shortUtc(one.at)}${one.at - when >= 2 ? `, since resolvedWhen ${shortUtc(when)} is before` : ''}`,
  );
  return { updates: [...updates.slice(0, index), one, ...updates.slice(index)], isDateWrong };
}

/** Times and statuses of an issue's updates, so that it is over exactly when cState says so. */
export function settleIssue(issue: Issue, drafts: readonly Draft[], note: Note): Settled {
  const all = timed(issue, drafts, note);
  if (issue.isInformational)
    return { updates: all.map((update) => ({ ...update, status: 'resolved' as const })), isDateWrong: false };
  const { updates, isDateWrong } = issue.isResolved ? resolve(issue, all, note) : { updates: all, isDateWrong: false };
  let status: IncidentStatus = 'investigating';
  const settled = updates.map((update) => ({ ...update, status: (status = update.status ?? status) }));
  if (issue.isResolved) return { updates: settled, isDateWrong };
  const lastActive = settled.findLastIndex((update) => update.status !== 'resolved');
  return {
    isDateWrong,
    updates: settled.map((update, index) => {
      if (index <= lastActive) return update;
      note(
        `${update.draft.place}: sounds as if it were over, but the issue is not marked as resolved; it became monitoring`,
      );
      return { ...update, status: 'monitoring' as const };
    }),
  };
}
