import {
  componentStatusWords,
  customerDataWords,
  impactWords,
  incidentStatusWords,
  maintenanceStatusWords,
} from '../../src/views/words.ts';

const words: Readonly<Record<string, string>> = {
  ...componentStatusWords,
  ...incidentStatusWords,
  ...maintenanceStatusWords,
  ...impactWords,
  ...customerDataWords,
};

/** A word of the vocabulary as people read it: `in_progress` is `In progress`. */
export function label(word: string): string {
  return words[word] ?? word;
}
