import type { Day } from '../domain/calendar.ts';
import type { Remedy } from '../domain/owed.ts';
import type { Settings } from '../domain/settings.ts';
import type { RemedyTerms } from '../domain/vocabulary.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { dayInWords } from './time.ts';

/** How a remedy is claimed, and when customers had it, as sentences; empty where the content says nothing of it. */
export function remedyTermLines(
  { claim, claimUntil, remedied }: RemedyTerms,
  { incident: words }: Words,
  dayText: (day: Day) => string,
): string[] {
  return [
    ...(claim === null ? [] : [claim]),
    ...(claimUntil === null ? [] : [words.claimUntil.replace('{time}', dayText(claimUntil))]),
    ...(remedied === null || remedied === 'pending' ? [] : [words.remedied.replace('{time}', dayText(remedied))]),
  ];
}

/** What customers get, and what there is to know of it. */
export type RemedyView = { readonly text: string; readonly terms: readonly string[] };

export function remedyView(remedy: Remedy | null, settings: Pick<Settings, 'locale'>): RemedyView | null {
  if (remedy === null) return null;
  const dayText = (day: Day): string => dayInWords(day, settings).text;
  return { text: remedy.text, terms: remedyTermLines(remedy, wordsFor(settings), dayText) };
}

/** The same in one line. */
export const remedyLine = ({ text, terms }: RemedyView): string => [text, ...terms].join(' · ');
