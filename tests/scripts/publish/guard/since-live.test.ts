import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../../scripts/cli/system.ts';
import { gitIn } from '../../../../scripts/github/git.ts';
import type { Ancestry } from '../../../../scripts/github/git.ts';
import { addedSince, type Age, olderThanLive } from '../../../../scripts/publish/guard/since-live.ts';
import { hostileEnvironment } from '../../call.ts';
import { put, smallSite } from '../../site.ts';

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

describe('a site that is older than the live one', () => {
  const age = (commit: string | null, now: string, newestAt: string | null = null): Age => ({ commit, now, newestAt });
  it.each<[Ancestry, string, string, boolean]>([
    ['newer', '2026-01-01', '2026-01-02', false],
    ['older', '2026-01-02', '2026-01-01', true],
    ['same', '2026-01-02', '2026-01-01', false],
    ['same', '2026-01-01T10:00Z', '2026-01-01T11:00Z', true],
    ['same', '2026-01-01T10:00Z', '2026-01-01T11:01Z', false],
    ['apart', '2026-01-02', '2026-01-01', false],
    ['unknown', '2026-01-01', '2026-01-02', true],
    ['unknown', '2026-01-02', '2026-01-02', false],
  ])('by git: %s, built for %s, live for %s: %s', (ancestry, built, live, older) => {
    expect(olderThanLive(age('b', built), age('a', live), ancestry) !== null).toBe(older);
  });

  it('is named with both commits, or with both times', () => {
    const [built, live] = [
      age('b'.repeat(40), '2026-01-01', '2026-01-01'),
      age('a'.repeat(40), '2026-01-02', '2026-01-01'),
    ];
    expect(olderThanLive(built, live, 'older')).toBe(
      'it was built from commit bbbbbbbbb, but a newer one is live: aaaaaaaaa',
    );
    expect(olderThanLive(built, live, 'unknown')).toBe(
      'it was built for 2026-01-01, but a site for 2026-01-02 is live',
    );
  });

  it('has no newer update, if only the time differs', () => {
    expect(
      olderThanLive(age(null, '2026-01-01', '2026-01-01'), age(null, '2026-01-02', '2025-12-31'), 'unknown'),
    ).toBeNull();
  });
});

describe('a live site that doesn’t answer', () => {
  const compared = (files: Readonly<Record<string, string | null>>) => {
    const site = smallSite();
    git(site, 'init', '--quiet', '--initial-branch=main');
    put(site, 'pages/about.md', '---\ntitle: About\n---\nWe.\n');
    const commit = (): Age => {
      git(site, 'add', '.');
      git(site, 'commit', '--quiet', '-m', 'Content');
      return { commit: git(site, 'rev-parse', 'HEAD'), now: '', newestAt: null };
    };
    const live = commit();
    for (const [path, text] of Object.entries(files)) {
      if (text === null) rmSync(join(site, 'content', path));
      else put(site, path, text);
    }
    const repository = gitIn(join(site, 'content'), { env: hostileEnvironment, runProgram });
    const page = { name: 'page', read: () => Promise.resolve(null) };
    return addedSince(live, commit(), { repository, live: page }, 'silence');
  };

  it('accepts what was only added', async () => {
    const added = { 'incidents/2026-11-22-slow/2026-11-22T1400Z.md': 'x', 'pages/terms.md': 'x' };
    expect((await compared(added)).files).toEqual(Object.keys(added));
  });

  it.each<[string, string | null]>([
    ['components.yml', 'components:\n  - id: other\n    name: Other\n'],
    ['site.yml', 'name: Example\nurl: https://new.example.com\n'],
    ['pages/about.md', null],
  ])('refuses a change of %s, which can take something from readers', async (path, text) => {
    await expect(compared({ [path]: text })).rejects.toThrow(`silence, and ${path} was changed or removed`);
  });
});
