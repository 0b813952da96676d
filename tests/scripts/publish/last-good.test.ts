import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.ts';
import { runProgram } from '../../../scripts/cli/system.ts';
import { type Git, gitIn } from '../../../scripts/github/git.ts';
import { readLastGood } from '../../../scripts/publish/last-good.ts';
import type { ContentTree } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { gitSite, type GitSite } from './hosts/git-site.ts';

const now = Date.parse('2026-11-22T16:00Z');
const settings = (name: string): string => `name: ${name}\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n`;

type Given = { readonly folders?: string[]; readonly before?: ContentTree | null; readonly git?: Git };

/** The site's name in the newest valid content, and why this isn't the newest content. */
async function lastGood(site: GitSite, { folders = ['content'], before = null, git }: Given = {}) {
  const search = { folders, shown: 'content', now, git: git ?? gitIn(site.folder, { env: {}, runProgram }), before };
  const good = await readLastGood(await readTree(site.content), search);
  return { name: good.site.settings.name, note: good.note };
}

describe('the newest valid content', () => {
  it('is the current content if it has no problem', async () => {
    const site = gitSite(temporaryFolder());
    site.put('site.yml', settings('Not committed'));
    expect(await lastGood(site)).toMatchObject({ name: 'Not committed', note: null });
  });

  it('is otherwise that of the newest commit without a problem, and leaves no copy behind', async () => {
    const site = gitSite(temporaryFolder());
    for (const name of ['First', 'Second']) {
      site.put('site.yml', settings(name));
      site.commit(name);
    }
    for (const text of ['name: A\n', 'name: B\n']) {
      site.put('site.yml', text);
      site.commit('A mistake');
    }
    const temporary = temporaryFolder();
    vi.stubEnv('TMPDIR', temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    const found = await lastGood(site);
    expect(found.name).toBe('Second');
    expect(readdirSync(temporary)).toEqual([]);
    expect(found.note).toMatch(
      /^The newest content has a problem, so this is based on the content before it\. content\/site\.yml:\d+:\d+ {2}\S/,
    );
    expect(site.git('worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('can be in a folder that had another name', async () => {
    const site = gitSite(temporaryFolder());
    site.put('site.yml', settings('Moved'));
    site.git('mv', 'content', 'old');
    site.commit('Elsewhere');
    mkdirSync(site.content);
    site.put('site.yml', 'name: A\n');
    site.commit('A mistake');
    expect(await lastGood(site, { folders: ['content', 'old'] })).toMatchObject({ name: 'Moved' });
  });

  it("is remembered by a service, which doesn't ask git again", async () => {
    const site = gitSite(temporaryFolder());
    site.put('site.yml', settings('Remembered'));
    const before = await readTree(site.content);
    rmSync(join(site.folder, '.git'), { recursive: true });
    site.put('site.yml', 'name: A\n');
    expect(await lastGood(site, { before })).toMatchObject({ name: 'Remembered' });
  });

  it('is looked for in the last twenty commits, and reported if there isn’t one', async () => {
    const site = gitSite(temporaryFolder());
    site.put('site.yml', 'name: A\n');
    const asked: number[] = [];
    const git: Git = {
      ...gitIn(site.folder, { env: {}, runProgram }),
      history: (most) => Promise.resolve((asked.push(most), [])),
    };
    const error = await lastGood(site, { git }).catch((thrown: unknown) => thrown);
    expect(asked).toEqual([20]);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(
      /^content\/site\.yml:.*\. No earlier commit without problems was found, so no reminders can be sent$/,
    );
  });
});
