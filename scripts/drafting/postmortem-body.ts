import { questionMark } from '../../src/content/postmortems.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { PostmortemFacts } from '../../src/domain/postmortem-facts.ts';
import { factsList, type Told } from './facts-list.ts';
import { timeline } from './timeline.ts';

/**
 * Headings and the questions below them. Questions are in italics and begin with the same word, so
 * that one that was forgotten is seen on the page and found by a search.
 */
const sections = [
  ['What happened', 'What broke, in words that a customer understands, and what made it break just then?'],
  [
    'Who was affected, and how',
    'How many customers, doing what, since when? What did they lose? Who was not affected?',
  ],
  [
    'What we did, and when',
    'What did we do between these updates, who decided it, and what did we try that did not help?',
  ],
  ['How we noticed', 'Who or what noticed first, and how long after it began? What should have told us sooner?'],
  ['What let us go back, or why we could not', 'Which way back was there, how long did it take, and what held us up?'],
  ['What we changed', 'What is different already, so that this cannot happen in the same way again?'],
  [
    'What we promise',
    'What will be done, by whom and until when? List it as actions above, too. Who gets what, who lost something?',
  ],
  [
    'What we learned',
    'What did we believe before that was wrong? What would help another team? List it as lessons above, too.',
  ],
] as const;

/** The body of a draft: facts, then headed questions, with the timeline where it is asked for. */
export function postmortemBody(incident: Incident, facts: PostmortemFacts, told: Told): string {
  const asked = sections.map(([heading, question]) => {
    const events = heading === 'What we did, and when' ? `\n\n${timeline(incident, told.timeZone)}` : '';
    return `## ${heading}\n\n${questionMark}${question}_${events}`;
  });
  return [factsList(facts, told), ...asked].join('\n\n');
}
