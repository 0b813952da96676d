import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRecord } from '../../../scripts/publish/release-record.ts';
import { hashes, write } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { exampleWorkflow } from '../../workflows/example-workflow.ts';
import { hostile } from './hostile.ts';
import { type Town, town } from './repository.ts';
import type { Ran } from './run-workflow.ts';

const release = ({ served }: Town) =>
  JSON.parse(readFileSync(join(served, 'release.json'), 'utf8')) as { readonly commit: string; readonly now: string };
const commit = '5'.repeat(40);

/** Halfpast as a runner fetches it for an action: the files of the repository, and no packages. */
function fetchAction(place: Town): string {
  const home = join(dirname(place.desk), '_actions/example/halfpast', commit);
  for (const path of execFileSync(
    'git',
    [
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
      '--',
      '.github',
      'scripts',
      'src',
      'public',
      'astro.config.mjs',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
    ],
    { cwd: root, encoding: 'utf8' },
  ).split('\0')) {
    if (path !== '' && existsSync(join(root, path))) cpSync(join(root, path), join(home, path));
  }
  // Verification is not to wait for caches that are not there.
  renameSync(join(home, 'scripts/halfpast.ts'), join(home, 'scripts/real.ts'));
  write(
    home,
    'scripts/halfpast.ts',
    "if (process.argv[2] === 'verify') process.argv.push('--tries', '1');\nawait import('./real.ts');\n",
  );
  write(place.stubs, 'npm', `#!/bin/sh\nexec node ${join(root, 'tests/system/workflows/npm-ci.ts')} "$@"\n`);
  chmodSync(join(place.stubs, 'npm'), 0o755);
  return join(home, '.github/actions/publish');
}

type Foreign = Town & { readonly publish: (running?: Parameters<Town['run']>[1]) => Promise<Ran> };

async function foreign(): Promise<Foreign> {
  const place = await town({ contentOnly: true });
  const composites = { 'example/halfpast/.github/actions/publish': fetchAction(place) };
  return {
    ...place,
    publish: (running) =>
      place.run('publish.yml of a foreign repository', {
        text: exampleWorkflow('example/halfpast', commit),
        composites,
        ...running,
      }),
  };
}

function update({ desk, ago }: Town, minutes: number, text: string): string {
  const path = `content/incidents/${ago(minutes).slice(0, 10)}-checkout/${ago(minutes)}.md`;
  write(desk, path, text);
  return path;
}

/** A chat that takes all it is told. */
async function chat(received: string[]): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push(body);
      response.end('ok');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const comments = async ({ github }: Town) =>
  github.port.commitComments(((await github.ask('/commits/main')) as { readonly sha: string }).sha);

describe('a repository with nothing but content/, and the workflow of the docs', () => {
  it('publishes, verifies, notifies and notes the release; a typo stops it and is told', async () => {
    const place = await foreign();
    const received: string[] = [];
    const slack = await chat(received);
    write(
      place.desk,
      'content/site.yml',
      `${readFileSync(join(place.desk, 'content/site.yml'), 'utf8')}notify:\n  slack:\n    url_env: HALFPAST_SLACK_URL\n`,
    );
    place.commit('Begin');
    const text = exampleWorkflow('example/halfpast', commit).replace(
      'with: { back:',
      "with: { slack-url: '${{ secrets.HALFPAST_SLACK_URL }}', back:",
    );
    const secrets = { HALFPAST_SLACK_URL: slack };
    const first = await place.publish({ text, secrets });
    expect(first, first.log).toMatchObject({ jobs: { publish: 'success', again: 'success' }, acted: [] });
    expect(first.log.split('npm ci').length - 1, 'installs once').toBeLessThanOrEqual(1);
    update(
      place,
      5,
      `---\ntitle: "Checkout $(touch owned)"\nstatus: investigating\nimpact: minor\n---\n${hostile.message}\n`,
    );
    const second = place.commit(hostile.message);
    const ran = await place.publish({ text, secrets, run: '7' });
    expect(ran, ran.log).toMatchObject({ jobs: { publish: 'success', again: 'success' }, acted: [] });
    expect(release(place).commit).toBe(second);
    expect(existsSync(join(place.artifacts, '7/github-pages/artifact.tar'))).toBe(true);
    expect(ran.summary).toMatch(/### Live and verified[\s\S]*### Live and verified/);
    expect((await readRecord(place.github.port)).releases[0]).toMatchObject({ commit: second });
    expect(received, 'told once').toHaveLength(1);
    const before = hashes(place.served);
    const path = update(place, 2, '---\nstatus: resovled\n---\nx\n');
    place.commit('Typo');
    const typo = await place.publish({ text, secrets });
    expect(typo, typo.log).toMatchObject({ jobs: { publish: 'failure', again: 'skipped' }, acted: [] });
    expect(hashes(place.served)).toEqual(before);
    const told = (await comments(place)).at(-1)?.body ?? '';
    expect(told).toContain(`\`${path}:2\``);
    expect(told).toContain('+ status: resolved');
    expect(told, 'the page that says what to do is in Halfpast').toContain(
      `https://github.com/example/halfpast/blob/${commit}/docs/when-it-goes-wrong.md`,
    );
    expect(hostile.happened(place), 'something was executed').toEqual([]);
  });

  it('puts the last verified release back when one does not verify, holds what failed, and tells the author', async () => {
    const place = await foreign();
    const first = place.commit('Begin');
    expect((await place.publish()).jobs).toEqual({ publish: 'success', again: 'success' });
    const good = hashes(place.served);
    update(place, 5, '---\ntitle: Checkout\nstatus: investigating\nimpact: minor\n---\nIt fails.\n');
    const second = place.commit('Second');
    const bad = await place.publish({ broken: ['deploy-pages github-pages'] });
    expect(bad, bad.log).toMatchObject({ jobs: { publish: 'failure', again: 'skipped' }, acted: [] });
    expect(hashes(place.served), 'the same bytes').toEqual(good);
    expect((await readRecord(place.github.port)).hold).toMatchObject({ from: second, to: { commit: first } });
    expect((await comments(place)).at(-1)?.body).toMatch(/The last verified release was restored[\s\S]*rss\.xml/);
    const held = await place.publish();
    expect(held, held.log).toMatchObject({ jobs: { publish: 'success', again: 'success' } });
    expect(held.summary).toMatch(/Nothing was published[\s\S]*was rolled back/);
    expect(hashes(place.served)).toEqual(good);
  });

  it('looks again, and puts back what went bad later; goes back when asked to', async () => {
    const place = await foreign();
    const first = place.commit('Begin');
    await place.publish();
    const good = hashes(place.served);
    update(place, 5, '---\ntitle: Checkout\nstatus: investigating\nimpact: minor\n---\nIt fails.\n');
    const second = place.commit('Second');
    // Between the jobs the host loses a file: the first thing that the second job does is to wait.
    write(place.stubs, 'sleep', `#!/bin/sh\nrm -f ${join(place.served, 'rss.xml')}\n`);
    const late = await place.publish();
    expect(late, late.log).toMatchObject({ jobs: { publish: 'success', again: 'failure' }, acted: [] });
    expect(hashes(place.served)).toEqual(good);
    expect((await comments(place)).at(-1)?.body).toContain('A few minutes later');
    write(place.stubs, 'sleep', '#!/bin/sh\n');
    write(place.desk, 'note.txt', 'x');
    const third = place.commit('Third');
    expect((await place.publish()).jobs).toEqual({ publish: 'success', again: 'success' });
    expect(release(place).commit).toBe(third);
    const back = await place.publish({ inputs: { back: 'last' } });
    expect(back, back.log).toMatchObject({ jobs: { publish: 'success', again: 'success' }, acted: [] });
    expect(hashes(place.served)).toEqual(good);
    expect(release(place)).toMatchObject({ commit: first });
    expect((await readRecord(place.github.port)).hold).toMatchObject({ from: third });
    expect(second).not.toBe(third);
  });
});
