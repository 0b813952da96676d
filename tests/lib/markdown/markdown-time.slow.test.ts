import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileTexts, longestBody, markdownTime, pathologicalText } from './markdown-time.ts';
import { pathological } from './pathological.ts';

describe('the longest text that check allows is rejected, or read and rendered, in less than a second', () => {
  it.each(Object.keys(pathological))('%s', (name) => {
    const { slowest, growth } = markdownTime(pathologicalText(name, longestBody));
    expect(slowest, 'milliseconds').toBeLessThan(1000);
    expect(growth, 'characters of HTML for each of the text').toBeLessThan(20);
  });

  it('a text made of hostile fragments', () => {
    let passed = 0;
    fc.assert(
      fc.property(hostileTexts(longestBody), (text) => {
        const { passes, slowest, growth } = markdownTime(text);
        if (passes) passed += 1;
        return slowest < 1000 && growth < 20;
      }),
      { seed: 20_261_127, numRuns: 400, endOnFailure: true },
    );
    // Enough of them must reach marked for this to test it.
    expect(passed).toBeGreaterThan(100);
  }, 900_000);
});
