import { type Incident, latestUpdate } from '../../domain/incident.ts';
import { openIncidents, type Site } from '../../domain/site.ts';
import { excerpt } from '../excerpt.ts';
import { type FrameView, frame } from '../frame.ts';
import { type Headline, headline } from '../headline.ts';
import { absolute, paths } from '../links.ts';
import { plainText } from '../markdown.ts';
import { type TimeView, time } from '../time.ts';
import { impactTones, type Tone } from '../tone.ts';
import { bodyHtml } from '../update-view.ts';
import { incidentStatusWords } from '../words.ts';

/** An open incident in few words. */
export type EmbeddedIncidentView = {
  readonly title: string;
  readonly href: string;
  readonly tone: Tone;
  readonly status: string;
  readonly time: TimeView;
  /** The first words of the newest update. */
  readonly excerpt: string;
};

export type EmbedView = {
  readonly frame: FrameView;
  readonly banner: Headline;
  readonly home: string;
  readonly incidents: readonly EmbeddedIncidentView[];
};

function embeddedIncident(site: Site, incident: Incident): EmbeddedIncidentView {
  const { slug, title, impact } = incident;
  const { record } = latestUpdate(incident);
  const page = paths.incident(slug);
  return {
    title,
    href: absolute(site.settings, page),
    tone: impactTones[impact],
    status: incidentStatusWords[record.status],
    time: time(record.at, site.settings),
    excerpt: excerpt(plainText(bodyHtml(site, page, record))),
  };
}

/** What is shown inside of another page: the headline, and what is open. */
export function embedPage(site: Site): EmbedView {
  const { settings } = site;
  return {
    frame: frame(site, {
      title: 'In brief',
      description: `${settings.name}: the state in brief, to show inside of another page`,
      path: paths.embed,
    }),
    banner: headline(site),
    home: absolute(settings, paths.home),
    incidents: openIncidents(site).map((incident) => embeddedIncident(site, incident)),
  };
}
