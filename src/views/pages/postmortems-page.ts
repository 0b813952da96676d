import { actionCounts } from '../../domain/action-counts.ts';
import { dayOf } from '../../domain/calendar.ts';
import type { Site } from '../../domain/site.ts';
import { type FrameView, frame, type LinkView } from '../frame.ts';
import { paths } from '../links.ts';
import { byCause, byComponent, type LoreGroupView, postLink } from '../lore-groups.ts';
import { type ActionView, actionView, type PostmortemSummaryView, postmortemSummary } from '../postmortem-view.ts';
import { type ResponseView, responseView } from '../response-view.ts';
import { durationInWords } from '../time.ts';
import type { Tone } from '../tone.ts';

type ActionFromView = { readonly action: ActionView; readonly from: LinkView };

export type PostmortemsView = {
  readonly frame: FrameView;
  readonly posts: readonly PostmortemSummaryView[];
  /** What there is to read while nothing is published; null otherwise. */
  readonly empty: string | null;
  /** By the postmortem that they are from. */
  readonly lessons: readonly { readonly from: LinkView; readonly lessons: readonly string[] }[];
  /** How many actions were done in time, done late, are open or overdue; those that are none are left out. */
  readonly actionCounts: readonly { readonly text: string; readonly tone: Tone }[];
  /** Promises not yet kept, the most overdue first. */
  readonly openActions: readonly ActionFromView[];
  /** Done, the latest first. */
  readonly doneActions: readonly ActionFromView[];
  readonly byComponent: readonly LoreGroupView[];
  readonly byCause: readonly LoreGroupView[];
  readonly response: ResponseView;
};

function countViews({ now, settings, postmortems }: Site): PostmortemsView['actionCounts'] {
  const { inTime, late, open, overdue } = actionCounts(postmortems, dayOf(now, settings.timeZone));
  const all = [
    { amount: inTime, text: 'done in time', tone: 'good' },
    { amount: late, text: 'done late', tone: 'degraded' },
    { amount: open, text: 'open', tone: 'unknown' },
    { amount: overdue, text: 'overdue', tone: 'major' },
  ] as const;
  return all.filter(({ amount }) => amount > 0).map(({ amount, text, tone }) => ({ text: `${amount} ${text}`, tone }));
}

function emptyText({ settings, incidents }: Site): string {
  const due =
    settings.postmortemWithin > 0
      ? ` One is due within ${durationInWords(settings.postmortemWithin)} after an incident ends.`
      : '';
  return incidents.length === 0
    ? 'There is no postmortem yet. After a serious incident we write down here what happened, so that everybody can learn from it.'
    : `No postmortem has been published yet.${due}`;
}

/** The library: what happened, what was learned, what is promised, and how well promises were kept. */
export function postmortemsPage(site: Site): PostmortemsView {
  const { settings, postmortems } = site;
  const actions = postmortems.flatMap((post) =>
    post.actions.map((action) => ({ action: actionView(site, action), from: postLink(site, post) })),
  );
  const byDay = (day: (view: ActionView) => string) => (a: ActionFromView, b: ActionFromView) =>
    day(a.action) < day(b.action) ? -1 : 1;
  return {
    frame: frame(site, {
      title: 'Postmortems',
      description: `What happened at ${settings.name}, what was learned, and what is promised`,
      path: paths.postmortems,
    }),
    posts: postmortems.map((postmortem) => postmortemSummary(site, postmortem)),
    empty: postmortems.length === 0 ? emptyText(site) : null,
    lessons: postmortems
      .filter(({ lessons }) => lessons.length > 0)
      .map((post) => ({ from: postLink(site, post), lessons: post.lessons })),
    actionCounts: countViews(site),
    openActions: actions.filter(({ action }) => action.state !== 'done').toSorted(byDay(({ due }) => due.iso)),
    doneActions: actions
      .filter(({ action }) => action.state === 'done')
      .toSorted(byDay(({ done, due }) => (done ?? due).iso))
      .toReversed(),
    byComponent: byComponent(site),
    byCause: byCause(site),
    response: responseView(site),
  };
}
