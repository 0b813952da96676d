import { isOverdue } from '../../src/lib/domain/promise.ts';
import type { Incident } from '../../src/lib/domain/incident.ts';
import { excerpt, plainText } from '../../src/lib/plain-text.ts';
import { incidentDetail, owedText, statesText } from '../../src/lib/views/incident-page.ts';
import { remedyLine } from '../../src/lib/views/remedy.ts';
import { absolute, paths } from '../../src/lib/views/paths.ts';
import { durationInWords } from '../../src/lib/words/en.ts';
import { wordsFor } from '../../src/lib/words/words.ts';
import { type ContentFolder, siteOf } from '../cli/content.ts';
import { publishedPostmortem } from './postmortem.ts';

/** The length of an excerpt in a reply, in characters. The link leads to the rest. */
const longestText = 600;

/** A reply to customers who ask about an incident. */
type Reply = {
  /** For customers, in the page's language. */
  readonly text: string;
  /** For the person who replies; null when nothing is late. */
  readonly warning: string | null;
};

/** Says what's known about an incident, how it affects customers, the remedy, and when and where to learn more. */
export function replyTo(incident: Incident, content: ContentFolder): Reply {
  const postmortem = publishedPostmortem(incident, content);
  const site = siteOf(content, { incidents: [incident], postmortems: postmortem === null ? [] : [postmortem] });
  const { settings, now } = site;
  const words = wordsFor(settings);
  const view = incidentDetail(site, incident);
  const { promised } = incident;
  const state = words.text.status(view.status, view.impact);
  const facts = [
    ...(view.resolved === null ? [] : [words.text.resolved(view.resolved.text)]),
    ...(view.customerData === null ? [] : [view.customerData.text]),
    ...statesText({ ...view, states: view.states.filter(({ tone }) => tone !== 'good') }, words),
    ...(view.remedy === null ? [] : [words.text.remedy(remedyLine(view.remedy))]),
    ...(view.owed === null ? [] : [owedText(view.owed, words)]),
    ...(view.promise === null
      ? []
      : [
          view.promise.overdue
            ? words.incident.overdue.replace('{time}', view.promise.time.text)
            : words.text.nextUpdate(view.promise.time.text),
        ]),
  ];
  const links = [
    absolute(settings, paths.incident(incident.slug)),
    ...(view.postmortem === null
      ? []
      : [`${words.incident.postmortem}: ${absolute(settings, paths.postmortem(incident.slug))}`]),
  ];
  const latest = plainText(view.updates[0]?.html ?? '').trim();
  return {
    text: [`${incident.title}\n${state}`, excerpt(latest, longestText), facts.join('\n'), links.join('\n')]
      .filter((part) => part !== '')
      .join('\n\n'),
    warning:
      promised !== null && isOverdue(promised, now)
        ? `The update that customers were promised is overdue by ${durationInWords(now - promised)}. ${incident.comms === null ? 'Nobody is named to post it' : `Ask ${incident.comms} to post it`}. Until then, don't promise a time.`
        : null,
  };
}
