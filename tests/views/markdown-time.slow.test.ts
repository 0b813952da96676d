import { describe, expect, it } from 'vitest';
import { mostBytes } from '../../src/content/source-file.ts';
import { markdownTime, pathologicalText } from './markdown-time.ts';
import { pathological } from './pathological.ts';

const longestBody = mostBytes('a.md');

describe('four times the text takes no more than about four times as long, up to the longest that check allows', () => {
  it.each(Object.keys(pathological))('%s', (name) => {
    const [quarter, whole] = [longestBody / 4, longestBody].map((size) => markdownTime(pathologicalText(name, size), 2)) as [number, number];
    // Short times say nothing of growth, on a machine that does other things as well.
    if (whole > 400) expect(whole / quarter, `${quarter} and ${whole} ms`).toBeLessThan(12);
    expect(whole, 'milliseconds').toBeLessThan(4000);
  });
});
