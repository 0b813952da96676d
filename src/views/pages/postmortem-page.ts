import { isoTime } from '../../domain/instant.ts';
import { latestUpdate } from '../../domain/incident.ts';
import type { Postmortem } from '../../domain/postmortem.ts';
import type { Site } from '../../domain/site.ts';
import { type FrameView, frame } from '../frame.ts';
import { type IncidentSummaryView, incidentSummary } from '../incident-view.ts';
import { absolute, paths } from '../links.ts';
import { incidentsBySlug } from '../lookup.ts';
import { type ActionView, actionView, postmortemHtml, postmortemSummary, type PostmortemSummaryView } from '../postmortem-view.ts';
import { customerDataTones, type Tone } from '../tone.ts';
import { customerDataWords, listOf } from '../words.ts';

export type PostmortemPageView = PostmortemSummaryView & {
  readonly frame: FrameView;
  readonly authors: string;
  readonly incident: IncidentSummaryView | null;
  readonly customerData: { readonly text: string; readonly tone: Tone };
  readonly remedy: string | null;
  readonly html: string;
  readonly lessons: readonly string[];
  readonly actions: readonly ActionView[];
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
    remedy: postmortem.remedy,
    html: postmortemHtml(site, postmortem),
    lessons: postmortem.lessons,
    actions: postmortem.actions.map((action) => actionView(site, action)),
  };
}
