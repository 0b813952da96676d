import leven from 'leven';

const letters = (word: string): string => [...word].sort().join('');

/** The candidate that was probably meant, or null when none is near. */
export function suggest(given: string, candidates: readonly string[]): string | null {
  const typed = given.toLowerCase().replaceAll(/[\s_-]+/g, '_');
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const distance = leven(typed, candidate.toLowerCase().replaceAll('-', '_'), { maxDistance: 6 });
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  // Two letters that changed places count as one slip.
  const swapped = bestDistance === 2 && best !== null && letters(best.toLowerCase()) === letters(typed);
  if (swapped || bestDistance <= Math.min(4, Math.max(1, Math.floor(typed.length / 3)))) return best;
  // `partial` for `partial_outage`, `Berlin` for `Europe/Berlin`: if only one can be meant.
  const [whole, ...more] = candidates.filter((candidate) => candidate.toLowerCase().split(/[_/-]/).includes(typed));
  return more.length === 0 ? (whole ?? null) : null;
}

/** `Did you mean "x"?`, or else all that is possible, as a sentence. */
export function didYouMean(given: string, candidates: readonly string[]): string {
  const near = suggest(given, candidates);
  if (near !== null) return `Did you mean "${near}"?`;
  return candidates.length === 0 ? '' : `Type one of: ${candidates.join(', ')}.`;
}
