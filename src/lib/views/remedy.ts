import type { Day } from '../domain/calendar.ts';
import type { Remedy } from '../domain/owed.ts';
import type { Settings } from '../domain/settings.ts';
import type { RemedyTerms } from '../domain/vocabulary.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { dayInWords } from './time.ts';

// The form uses this, too, so it must not import anything unsuitable for browsers.

/** Returns how to claim a remedy and when it was delivered, in sentences; empty if the content doesn't say. */
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

/** What customers get, with its terms in sentences. */
export type RemedyView = { readonly text: string; readonly terms: readonly string[] };

export function remedyView(remedy: Remedy | null, settings: Pick<Settings, 'locale'>): RemedyView | null {
  if (remedy === null) return null;
  const dayText = (day: Day): string => dayInWords(day, settings).text;
  return { text: remedy.text, terms: remedyTermLines(remedy, wordsFor(settings), dayText) };
}

/** The same in one line. */
export const remedyLine = ({ text, terms }: RemedyView): string => [text, ...terms].join(' · ');
