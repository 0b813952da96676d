import type { Postmortem } from '../../domain/postmortem.ts';
import type { Site } from '../../domain/site.ts';
import { type FrameView, frame, type LinkView } from '../frame.ts';
import { local, paths } from '../links.ts';
import { type ActionView, actionView, type PostmortemSummaryView, postmortemSummary } from '../postmortem-view.ts';

export type PostmortemsView = {
  readonly frame: FrameView;
  readonly posts: readonly PostmortemSummaryView[];
  /** Promises not yet kept, the most overdue first. */
  readonly openActions: readonly { readonly action: ActionView; readonly from: LinkView }[];
  readonly lessons: readonly { readonly lesson: string; readonly from: LinkView }[];
};

/** The library: what happened, what was learned, what is still promised. */
export function postmortemsPage(site: Site): PostmortemsView {
  const { settings, postmortems } = site;
  const from = ({ title, slug }: Postmortem): LinkView => ({
    label: title,
    href: local(settings, paths.postmortem(slug)),
  });
  return {
    frame: frame(site, {
      title: 'Postmortems',
      description: `What happened at ${settings.name}, what was learned, and what is promised`,
      path: paths.postmortems,
    }),
    posts: postmortems.map((postmortem) => postmortemSummary(site, postmortem)),
    openActions: postmortems
      .flatMap((postmortem) => postmortem.actions.map((action) => ({ action: actionView(site, action), from: from(postmortem) })))
      .filter(({ action }) => action.state !== 'done')
      .toSorted((a, b) => (a.action.due.iso < b.action.due.iso ? -1 : 1)),
    lessons: postmortems.flatMap((postmortem) =>
      postmortem.lessons.map((lesson) => ({ lesson, from: from(postmortem) })),
    ),
  };
}
