import { dayOf } from '../domain/calendar.ts';
import { type ActionItem, actionState, type Postmortem } from '../domain/postmortem.ts';
import type { Site } from '../domain/site.ts';
import { absolute, local, paths } from './links.ts';
import { componentName } from './lookup.ts';
import { touchedBy } from './lore-groups.ts';
import { articleHtml } from './markdown.ts';
import { date, dayInWords, type TimeView } from './time.ts';
import { causeWords } from './words.ts';

export type ActionView = {
  readonly what: string;
  readonly owner: string;
  readonly due: TimeView;
  readonly done: TimeView | null;
  /** Whether it was done after it was due. */
  readonly late: boolean;
  readonly state: 'done' | 'open' | 'overdue';
};

/** A postmortem in a list. */
export type PostmortemSummaryView = {
  readonly title: string;
  readonly href: string;
  readonly published: TimeView;
  readonly summary: string;
  /** The kind of cause, and the components that were affected; what is not known is left out. */
  readonly about: readonly string[];
};

// Turned into HTML once, for its page and for the feed.
const rendered = new WeakMap<Postmortem, string>();

/** The clean HTML of a postmortem's text. */
export function postmortemHtml(site: Site, postmortem: Postmortem): string {
  const html =
    rendered.get(postmortem) ??
    articleHtml(postmortem.body, absolute(site.settings, paths.postmortem(postmortem.slug)));
  rendered.set(postmortem, html);
  return html;
}

export function postmortemSummary(site: Site, postmortem: Postmortem): PostmortemSummaryView {
  return {
    title: postmortem.title,
    href: local(site.settings, paths.postmortem(postmortem.slug)),
    published: date(postmortem.published, site.settings),
    summary: postmortem.summary,
    about: [
      ...(postmortem.cause === null ? [] : [causeWords[postmortem.cause]]),
      ...[
        touchedBy(site, postmortem)
          .map((id) => componentName(site, id))
          .join(', '),
      ].filter((names) => names !== ''),
    ],
  };
}

export function actionView(site: Site, action: ActionItem): ActionView {
  const { settings, now } = site;
  return {
    what: action.what,
    owner: action.owner,
    due: dayInWords(action.due, settings),
    late: action.done !== null && action.done > action.due,
    done: action.done === null ? null : dayInWords(action.done, settings),
    state: actionState(action, dayOf(now, settings.timeZone)),
  };
}
