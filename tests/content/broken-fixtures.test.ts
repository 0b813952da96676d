import { readdir, rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/lib/content/check-content.ts';
import { problemLine } from '../../src/lib/content/problem.ts';
import { brokenSite, brokenSites, fixtureNow, goodSite } from '../lib/content/fixture.ts';

const names = await readdir(brokenSites);

async function linesFor(root: string): Promise<string[]> {
  const parsed = await loadContent(root, fixtureNow);
  return 'problems' in parsed ? parsed.problems.map((problem) => problemLine(problem, 'content')) : [];
}

describe('each broken site is told exactly what is wrong with it', () => {
  it.each(names)('%s', async (name) => {
    const { root, expected } = await brokenSite(name);
    const lines = await linesFor(root);
    await rm(root, { recursive: true });
    expect(lines).toEqual(expected);
    expect(lines).not.toEqual([]);
  });
});

describe('the messages', () => {
  it('are one line each, in words of our own', async () => {
    const sites = await Promise.all(names.map(brokenSite));
    const expected = sites.flatMap((site) => site.expected);
    await Promise.all(sites.map(({ root }) => rm(root, { recursive: true })));
    expect(names.length).toBeGreaterThan(150);
    for (const line of expected) {
      expect(line).toMatch(/^content\/[^\n]+:\d+:\d+ {2}\S/);
      expect(line).not.toMatch(/Zod|Invalid input|expected string|\bat \w+ \(|undefined|NaN|\[object|Error|is not valid YAML/);
    }
  });
});

it('finds nothing wrong with the good site', async () => {
  expect(await linesFor(goodSite)).toEqual([]);
});
