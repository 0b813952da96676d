import type { Choice } from '../cli/world.ts';
import { label } from './words.ts';

/** Words of the vocabulary to choose from, as people read them. */
export function choices<T extends string>(words: readonly T[]): Choice<T>[] {
  return words.map((value) => ({ value, label: label(value) }));
}
