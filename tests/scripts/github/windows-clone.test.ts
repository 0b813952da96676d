import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { call } from '../call.ts';
import { loadContent } from '../../support/load-content.ts';

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A repository with a commit of what `init` and `open` write. Older pages have no `.gitattributes`. */
async function newPage(hasAttributes: boolean): Promise<string> {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet');
  const init = 'init --name Acme --url https://acme.example --time-zone UTC --component Website --content content';
  expect((await call(init, folder)).code).toBe(0);
  await call('open --title Down --component website=major_outage --message "First line.\n\n- a\n- b"', folder);
  if (!hasAttributes) rmSync(join(folder, 'content/.gitattributes'));
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'Begin');
  return folder;
}

/** The site that would be published, and its warnings. */
async function published(folder: string): Promise<unknown> {
  const now = Date.parse('2026-11-22T15:30Z');
  const checked = await loadContent(join(folder, 'content'), now);
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
  return { site: checked.site, warnings: checked.warnings };
}

describe.each([true, false])('in a clone with core.autocrlf=true, with .gitattributes: %s', (hasAttributes) => {
  it('the content is the same, an update can be posted, and git finds no other change', async () => {
    const folder = await newPage(hasAttributes);
    const clone = join(temporaryFolder(), 'clone');
    git(folder, 'clone', '--quiet', '--config', 'core.autocrlf=true', folder, clone);
    const settings = readFileSync(join(clone, 'content/site.yml'), 'utf8');
    expect(settings.includes('\r\n')).toBe(!hasAttributes);
    expect(await published(clone)).toEqual(await published(folder));
    expect((await call('check', clone)).code).toBe(0);

    const posted = await call('update --message "Still down.\n\nMore soon." --commit', clone, {
      now: '2026-11-22T15:20Z',
    });
    expect({ code: posted.code, stderr: posted.stderr }).toEqual({ code: 0, stderr: '' });
    expect(git(clone, 'status', '--porcelain')).toBe('');
    expect(git(clone, 'show', 'HEAD:content/' + /incidents\/\S+\.md/.exec(posted.stdout)?.[0])).not.toContain('\r');
    git(folder, 'pull', '--quiet', clone, 'main');
    expect(await published(folder)).toEqual(await published(clone));

    // As saved by an editor on Windows.
    const path = join(clone, 'content/components.yml');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'));
    expect(await published(clone)).toEqual(await published(folder));
  });
});
