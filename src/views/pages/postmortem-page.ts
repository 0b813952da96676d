import { isoTime } from '../../domain/instant.ts';
import { latestUpdate } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Postmortem } from '../../domain/postmortem.ts';
import type { Site } from '../../domain/site.ts';
import { excerpt } from '../excerpt.ts';
import { type FrameView, frame } from '../frame.ts';
import { type IncidentSummaryView, incidentSummary } from '../incident-view.ts';
import { withAnchors } from '../headings.ts';
import { absolute, local, paths } from '../links.ts';
import { incidentsBySlug } from '../lookup.ts';
import { plainText } from '../markdown.ts';
import {
  type ActionView,
  actionView,
  postmortemHtml,
  postmortemSummary,
  type PostmortemSummaryView,
} from '../postmortem-view.ts';
import { distinctTimes, type TimeView, time } from '../time.ts';
import { customerDataTones, type Tone } from '../tone.ts';
import { bodyHtml } from '../update-view.ts';
import { causeWords, customerDataWords, incidentStatusWords, listOf } from '../words.ts';
import { type StaticPath, viewedPath } from '../static-paths.ts';

/** What customers were told, in a line, and where it stands whole. */
export type ToldView = {
  readonly href: string;
  readonly time: TimeView;
  readonly status: string;
  readonly closes: boolean;
  readonly text: string;
};

export type PostmortemPageView = PostmortemSummaryView & {
  readonly frame: FrameView;
  readonly authors: string;
  readonly incident: IncidentSummaryView | null;
  readonly customerData: { readonly text: string; readonly tone: Tone };
  readonly cause: string | null;
  readonly remedy: string | null;
  /** With an anchor at each heading. */
  readonly html: string;
  readonly lessons: readonly string[];
  readonly actions: readonly ActionView[];
  /** The updates of the incident, oldest first. */
  readonly told: readonly ToldView[];
};

/** schema.org/BlogPosting */
function blogPosting(site: Site, postmortem: Postmortem, address: string): Record<string, unknown> {
  const incident = incidentsBySlug(site).get(postmortem.slug);
  return {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: postmortem.title,
    description: postmortem.summary,
    datePublished: isoTime(postmortem.published),
    author: postmortem.authors.map((name) => ({ '@type': 'Person', name })),
    publisher: { '@type': 'Organization', name: site.settings.name },
    mainEntityOfPage: address,
    url: address,
    ...(incident && {
      about: {
        '@type': 'Event',
        name: incident.title,
        startDate: isoTime(incident.startedAt),
        endDate: isoTime(latestUpdate(incident).record.at),
        url: absolute(site.settings, paths.incident(incident.slug)),
      },
    }),
  };
}

function toldViews(site: Site, incident: Incident): ToldView[] {
  const page = paths.incident(incident.slug);
  const times = distinctTimes(
    incident.updates.map(({ record }) => record.at),
    site.settings,
  );
  return incident.updates.map(({ record }, index) => ({
    href: `${local(site.settings, page)}#${record.id}`,
    time: times[index] ?? time(record.at, site.settings),
    status: incidentStatusWords[record.status],
    closes: record.status === 'resolved',
    text: excerpt(plainText(bodyHtml(site, page, record)), 140),
  }));
}

/** A postmortem as a blog post. */
export function postmortemPage(site: Site, postmortem: Postmortem): PostmortemPageView {
  const path = paths.postmortem(postmortem.slug);
  const address = absolute(site.settings, path);
  const incident = incidentsBySlug(site).get(postmortem.slug);
  return {
    ...postmortemSummary(site, postmortem),
    frame: frame(site, {
      title: postmortem.title,
      description: postmortem.summary,
      path,
      structuredData: blogPosting(site, postmortem, address),
    }),
    authors: listOf(postmortem.authors),
    incident: incident === undefined ? null : incidentSummary(site, incident),
    customerData: {
      text: customerDataWords[postmortem.customerData],
      tone: customerDataTones[postmortem.customerData],
    },
    cause: postmortem.cause === null ? null : causeWords[postmortem.cause],
    remedy: postmortem.remedy,
    html: withAnchors(postmortemHtml(site, postmortem)),
    lessons: postmortem.lessons,
    actions: postmortem.actions.map((action) => actionView(site, action)),
    told: incident === undefined ? [] : toldViews(site, incident),
  };
}

/** The page of each published postmortem. */
export function postmortemPaths(site: Site): StaticPath<{ slug: string }, { view: PostmortemPageView }>[] {
  return site.postmortems.map((postmortem) => viewedPath({ slug: postmortem.slug }, postmortemPage(site, postmortem)));
}
