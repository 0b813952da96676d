import { currentComponents, type Site } from '../../domain/site.ts';
import { type FrameView, frame, type LinkView } from '../frame.ts';
import { absolute, paths } from '../links.ts';

/** One way to follow the site: an address that works, and what it delivers. */
export type WayView = { readonly name: string; readonly delivers: string; readonly address: string };

export type SubscribeView = {
  readonly frame: FrameView;
  readonly ways: readonly WayView[];
  /** What to type in Slack. */
  readonly slack: string;
  readonly components: readonly LinkView[];
};

export function subscribePage(site: Site): SubscribeView {
  const { settings } = site;
  const rss = absolute(settings, paths.rss);
  return {
    frame: frame(site, {
      title: 'Subscribe',
      description: `How to hear of every update of ${settings.name} exactly once`,
      path: paths.subscribe,
    }),
    ways: [
      {
        name: 'Every update',
        delivers: 'One item for each update of an incident or maintenance, “resolved” included.',
        address: rss,
      },
      {
        name: 'Postmortems',
        delivers: 'One item for each postmortem.',
        address: absolute(settings, paths.postmortemsRss),
      },
    ],
    slack: `/feed subscribe ${rss}`,
    components: currentComponents(site).map(({ id, name }) => ({
      label: name,
      href: absolute(settings, paths.componentRss(id)),
    })),
  };
}
