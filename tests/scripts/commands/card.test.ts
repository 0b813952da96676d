import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../../scripts/cli/text.ts';
import { judgeLine } from '../../docs/command-lines.ts';
import { sampleContent, temporaryFolder, write } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { git, repository } from '../github/publisher.ts';
import { put, smallSite } from '../site.ts';
import { call as callWithGit, callWithoutGit as call } from '../call.ts';

const gitHub = 'card --github example/status';
const server = 'card --to /srv/status --repository /srv/status.git';

/** The text of a card, for the sample. */
async function cardOf(line: string, folder = temporaryFolder()): Promise<string> {
  sampleContent(folder);
  return (await call(line, folder)).stdout;
}

describe('card', () => {
  it.each([gitHub, server])('%s fits on a page of A4, and its commands can be typed', async (line) => {
    const folder = temporaryFolder();
    // Folders of pages are rarely as deep.
    const lines = (await cardOf(line, folder)).replaceAll(folder, '/srv/page').split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines.filter((one) => one.length > 80 && !one.includes(root))).toEqual([]);
    const calls = lines.map(judgeLine);
    expect(calls.flatMap(({ problems }) => problems)).toEqual([]);
    expect(calls.filter((one) => one.calls > 0).length).toBeGreaterThan(0);
  });

  it('has the commands for the server', async () => {
    const folder = smallSite();
    const { stdout } = await call(['card', '--to', 'our status'], folder);
    const [program, content] = [join(root, 'bin/halfpast'), join(folder, 'content')];
    expect(stdout).toContain(`  echo "why" > "${folder}/our status/STOP"\n`);
    expect(stdout).toContain(`  ${program} rollback --to "${folder}/our status"\n`);
    expect(stdout).toContain(
      `  ${program} publish --to "${folder}/our status" --url https://status.example.com --content ${content}\n`,
    );
    expect(await cardOf(server)).toContain('PUBLISH MANUALLY\n  /srv/status.git/hooks/post-receive\n');
  });

  it('names a content folder outside the clone in every command', async () => {
    const content = join(smallSite(), 'content');
    const { stdout } = await call(['card', '--content', content], temporaryFolder());
    for (const command of ['open --push', 'update --push', 'resolve --push', 'drill'])
      expect(stdout).toContain(`bin/halfpast ${command} --content ${content}\n`);
    expect((await call('card', root)).stdout).toContain('  bin/halfpast open --push\n');
  });

  it('prints what’s known about a page with an unknown host, and says what’s missing', async () => {
    const { code, stdout, stderr } = await call('card', smallSite());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Missing       DIR, the folder with the releases: add --to, or --github\n');
    expect(stdout).toContain('  echo "why" > DIR/STOP\n');
    expect(stdout).toContain(`  ${join(root, 'bin/halfpast')} rollback --to DIR\n`);
  });

  it('uses the hook of a remote on this machine', async () => {
    const folder = repository();
    const bare = join(temporaryFolder(), 'status.git');
    git(folder, 'remote', 'add', 'origin', bare);
    for (const [line, served] of [
      ['served=/srv/status url=https://status.example.com', '/srv/status'],
      ['served="/srv/our status" url=https://status.example.com', '/srv/our status'],
      ["# Until May: served=/srv/old\nserved='/srv/status'", '/srv/status'],
    ]) {
      write(bare, 'hooks/post-receive', `#!/bin/sh\nbranch=main\n${line}\n`);
      const { stdout } = await callWithGit('card', folder);
      expect(stdout).toContain(`  echo "why" > ${shellWord(`${served}/STOP`)}\n`);
      expect(stdout).toContain(`PUBLISH MANUALLY\n  ${bare}/hooks/post-receive\n`);
    }
  });

  it('uses the repository in site.yml, with its folder and its form', async () => {
    const folder = smallSite();
    const site = readFileSync(join(folder, 'content/site.yml'), 'utf8');
    put(folder, 'site.yml', `${site}\nrepository:\n  github: acme/pages\n`);
    const { stdout } = await call('card', folder);
    expect(stdout).toContain('https://github.com/acme/pages/actions/workflows/post-update.yml');
    expect(stdout).toContain('  https://status.example.com/compose/\n');
  });

  it.each([
    ['card --to /srv/status --github example/status', 'choose one'],
    ['card --repository /srv/status.git', '--repository is for your own server'],
    ['card --github status', 'is not a repository'],
  ])('%s: refuses what it can’t fill in', async (line, message) => {
    const { code, stderr } = await call(line, smallSite());
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
