import { questionMark } from '../../src/content/postmortems.ts';
import type { Component } from '../../src/domain/component.ts';
import type { PostmortemFacts } from '../../src/domain/postmortem-facts.ts';
import type { CustomerData } from '../../src/domain/vocabulary.ts';
import { count } from '../../src/views/words.ts';
import { label } from '../writing/words.ts';
import { durationInWords } from '../../src/views/time.ts';
import { localClock, localDate, localMoment } from './local-words.ts';

const verdicts: Readonly<Record<CustomerData, string>> = {
  unaffected: 'not affected',
  under_review: 'still under review',
  affected: 'affected',
};

function span(from: number, to: number, zone: string): string {
  const end = localDate(from, zone) === localDate(to, zone) ? localClock(to, zone) : localMoment(to, zone);
  return `from ${localMoment(from, zone)} to ${end}`;
}

function firstUpdate({ timeToFirstUpdate: time }: PostmortemFacts): string {
  return time === null
    ? `${questionMark}When did customers begin to be affected, and how long until we told them?_`
    : durationInWords(time);
}

function silence({ longestSilence: longest }: PostmortemFacts, zone: string): string {
  return longest === null
    ? 'there was only one update'
    : `${durationInWords(longest.to - longest.from)}, ${span(longest.from, longest.to, zone)}`;
}

function affected({ worstComponents }: PostmortemFacts, components: readonly Component[]): string {
  const named = Object.entries(worstComponents).filter(([, status]) => status !== 'operational');
  if (named.length === 0) return 'no component was named';
  const nameOf = (id: string): string => components.find((component) => component.id === id)?.name ?? id;
  return named.map(([id, status]) => `${nameOf(id)} (${label(status).toLowerCase()})`).join(', ');
}

/** What only people know of an incident, and the site. `verdict` is the one the postmortem gives. */
export type Told = {
  readonly verdict: CustomerData;
  readonly remedy: string | null;
  readonly components: readonly Component[];
  readonly timeZone: string;
};

/** The facts of an incident as a markdown list. */
export function factsList(facts: PostmortemFacts, { verdict, remedy, components, timeZone }: Told): string {
  const reopened =
    facts.reopenings === 0 ? '' : `; opened again ${facts.reopenings === 1 ? 'once' : count(facts.reopenings, 'time')}`;
  const rows = [
    ['Customer data', verdicts[verdict]],
    ['Duration', `${durationInWords(facts.duration)}, ${span(facts.startedAt, facts.endedAt, timeZone)}${reopened}`],
    ['Time to the first customer update', firstUpdate(facts)],
    ['Longest silence between updates', silence(facts, timeZone)],
    ['Components', affected(facts, components)],
    ['Remedy', remedy ?? 'none was promised'],
    ['Times', `in the time zone ${timeZone}`],
  ];
  return rows.map(([name, value]) => `- **${name}:** ${value}`).join('\n');
}
