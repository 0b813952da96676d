import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { problemLine } from '../../../src/lib/content/problem.ts';
import { brokenSites, brokenTree, fixtureNow, goodSite } from './fixture.ts';

const names = readdirSync(brokenSites);
const sites = new Map(await Promise.all(names.map(async (name) => [name, await brokenTree(name)] as const)));

/** A rule is the first word of a fixture's name. */
const rules = Map.groupBy(names, (name) => name.split('-', 1)[0] ?? '');

describe('check reports exactly the problems of each broken site', () => {
  it.each([...rules])('%s', async (_, ofRule) => {
    const lines: Record<string, readonly string[]> = {};
    for (const name of ofRule) {
      const checked = await checkContent(sites.get(name)!.tree, fixtureNow);
      lines[name] = 'problems' in checked ? checked.problems.map((problem) => problemLine(problem, 'content')) : [];
    }
    expect(lines).toEqual(Object.fromEntries(ofRule.map((name) => [name, sites.get(name)!.expected])));
  });
});

it('finds the same in a clone with CRLF line endings, and in files that begin with a byte order mark', async () => {
  const onWindows = (bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n');
    return Buffer.from(bytes.length === 0 || /^[\xFE\xFF]/.test(text) ? text : `\xEF\xBB\xBF${text}`, 'latin1');
  };
  for (const name of [...rules.values()].flatMap((ofRule) => ofRule.at(-1) ?? [])) {
    const { tree, expected } = sites.get(name)!;
    const files = tree.files.map((file) => ({ ...file, bytes: onWindows(file.bytes) }));
    const checked = await checkContent({ ...tree, files }, fixtureNow);
    const problems = 'problems' in checked ? checked.problems : [];
    expect(
      problems.map((problem) => problemLine(problem, 'content')),
      name,
    ).toEqual(expected);
  }
});

it('a problem is one line that starts with its place, without internal terms', () => {
  const expected = [...sites.values()].map((site) => site.expected);
  expect(expected.length).toBeGreaterThan(150);
  expect(expected).not.toContainEqual([]);
  for (const line of expected.flat()) {
    expect(line).toMatch(/^content\/[^\n]+:\d+:\d+ {2}\S/);
    expect(line).not.toMatch(
      /Zod|Invalid input|expected string|\bat \w+ \(|undefined|NaN|\[object|Error|is not valid YAML/,
    );
  }
});

it('nothing is wrong with the good site', async () => {
  expect(await checkContent(await readTree(goodSite), fixtureNow)).not.toHaveProperty('problems');
});
