import type { Component } from '../../src/domain/component.ts';
import type { PostmortemFacts } from '../../src/domain/postmortem-facts.ts';
import type { CustomerData } from '../../src/domain/vocabulary.ts';
import { count } from '../../src/views/words.ts';
import { label } from '../writing/words.ts';
import { durationInWords } from '../../src/views/time.ts';
import { clockWords, dateWords, momentWords } from './time-words.ts';

const verdicts: Readonly<Record<CustomerData, string>> = {
  unaffected: 'not affected',
  under_review: 'still under review',
  affected: 'affected',
};

function span(from: number, to: number): string {
  const end = dateWords(from) === dateWords(to) ? clockWords(to) : momentWords(to);
  return `from ${momentWords(from)} to ${end}`;
}

function firstUpdate({ timeToFirstUpdate: time }: PostmortemFacts): string {
  return time === null
    ? 'not known; the first update does not say when customers began to be affected (`started`)'
    : durationInWords(time);
}

function silence({ longestSilence: longest }: PostmortemFacts): string {
  return longest === null ? 'there was only one update' : `${durationInWords(longest.to - longest.from)}, ${span(longest.from, longest.to)}`;
}

function affected({ worstComponents }: PostmortemFacts, components: readonly Component[]): string {
  const named = Object.entries(worstComponents).filter(([, status]) => status !== 'operational');
  if (named.length === 0) return 'no component was named';
  const nameOf = (id: string): string => components.find((component) => component.id === id)?.name ?? id;
  return named.map(([id, status]) => `${nameOf(id)} (${label(status).toLowerCase()})`).join(', ');
}

/** The facts of an incident as a markdown list. `verdict` is the one the postmortem gives. */
export function factsList(facts: PostmortemFacts, verdict: CustomerData, remedy: string | null, components: readonly Component[]): string {
  const reopened = facts.reopenings === 0 ? '' : `; opened again ${facts.reopenings === 1 ? 'once' : count(facts.reopenings, 'time')}`;
  const rows = [
    ['Customer data', verdicts[verdict]],
    ['Duration', `${durationInWords(facts.duration)}, ${span(facts.startedAt, facts.endedAt)}${reopened}`],
    ['Time to the first customer update', firstUpdate(facts)],
    ['Longest silence between updates', silence(facts)],
    ['Components', affected(facts, components)],
    ['Remedy', remedy ?? 'none was promised'],
  ];
  return rows.map(([name, value]) => `- **${name}:** ${value}`).join('\n');
}
