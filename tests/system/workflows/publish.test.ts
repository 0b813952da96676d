import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyLog, parseLog, type ReleaseLog } from '../../../scripts/publish/hosts/release-log.ts';
import { fileText } from '../../../src/lib/content/write-content.ts';
import { hashes, write } from '../../support/folders.ts';
import { hostile } from './hostile.ts';
import { type Town, town, towns } from './repository.ts';
import type { Ran } from './run-workflow.ts';

/** An update of a new incident of that many minutes ago. */
function update({ desk, ago }: Town, minutes: number, text: string): string {
  const path = `content/incidents/${ago(minutes).slice(0, 10)}-checkout/${ago(minutes)}.md`;
  write(desk, path, text);
  return path;
}

const release = ({ served }: Town) =>
  JSON.parse(readFileSync(join(served, 'release.json'), 'utf8')) as { readonly commit: string; readonly now: string };

async function logOf({ github }: Town): Promise<ReleaseLog> {
  return parseLog((await github.port.readFile('releases.json', 'halfpast-state'))?.text ?? '') ?? emptyLog;
}

const comments = async ({ github }: Town) =>
  github.port.commitComments(((await github.ask('/commits/main')) as { readonly sha: string }).sha);

/** A chat that accepts every message. */
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

const publish = (place: Town, running?: Parameters<Town['run']>[1]): Promise<Ran> => place.run('publish.yml', running);

const done = { prepare: 'success', deploy: 'success' };

/** Whose docs comments link: those of the code that ran. */
const owners: Readonly<Record<string, string>> = {
  'a copy of Halfpast': 'dana/status',
  'a repository with only content': 'example/halfpast',
};

describe.each(Object.entries(towns))('publishing from %s', (from, newTown) => {
  it('publishes a hostile update literally, notifies once, and logs the release', async () => {
    const place = await newTown();
    const received: string[] = [];
    const secrets = { HALFPAST_SLACK_URL: await chat(received) };
    const settings = readFileSync(join(place.desk, 'content/site.yml'), 'utf8');
    write(place.desk, 'content/site.yml', `${settings}notify:\n  slack:\n    url_env: HALFPAST_SLACK_URL\n`);
    place.commit('Begin');
    const first = await publish(place, { secrets });
    expect(first, first.log).toMatchObject({ jobs: done, acted: [] });
    update(
      place,
      5,
      fileText(
        { title: hostile.title, status: 'investigating', components: { checkout: 'major_outage' } },
        hostile.message,
      ),
    );
    const commit = place.commit(hostile.message);
    const ran = await publish(place, { secrets });
    expect(ran, ran.log).toMatchObject({ jobs: done, acted: [] });
    expect(release(place).commit).toBe(commit);
    expect(readFileSync(join(place.served, 'rss.xml'), 'utf8')).toContain('::set-output name=commit::x');
    expect((await logOf(place)).releases[0]).toMatchObject({ commit, now: release(place).now, state: 'live' });
    expect(received).toHaveLength(1);
    expect(ran.summary).toContain('published ');
    const again = await publish(place, { secrets });
    expect(again, 'the same commit again changes the page').toMatchObject({ jobs: done });
    expect((await logOf(place)).releases).toHaveLength(3);
    expect((await logOf(place)).releases[0]?.now).toBe(release(place).now);
    expect(received).toHaveLength(1);
    expect(hostile.happened(place), 'something was executed').toEqual([]);
  });

  it('restores the same bytes when a site fails verification, keeps it out until a newer commit, and reports it', async () => {
    const place = await newTown();
    const first = place.commit('Begin');
    expect(await publish(place)).toMatchObject({ jobs: done });
    const [good, name] = [hashes(place.served), release(place)];
    update(place, 40, '---\ntitle: Checkout\nstatus: investigating\nimpact: minor\n---\nIt fails.\n');
    const second = place.commit('Second');
    const bad = await publish(place, { losesFeed: true });
    expect(bad, bad.log).toMatchObject({ jobs: { prepare: 'success', deploy: 'failure' } });
    const started = place.actions.started.findLast(({ file }) => file === 'publish.yml');
    expect(started).toMatchObject({ file: 'publish.yml', inputs: { release: (await logOf(place)).releases[1]?.id } });
    const back = await publish(place, { inputs: started?.inputs ?? {} });
    expect(back, back.log).toMatchObject({ jobs: done, acted: [] });
    expect(release(place)).toEqual(name);
    expect(hashes(place.served), 'the same bytes').toEqual(good);
    expect((await logOf(place)).releases).toMatchObject([
      { commit: second, rolledBack: { by: 'verification' } },
      { commit: first, state: 'live' },
    ]);
    const comment = (await comments(place)).at(-1)?.body;
    expect(comment).toMatch(/The last verified release is being restored[\s\S]*rss\.xml/);
    expect(comment).toContain(`/${owners[from]}/blob/${second}/docs/when-it-goes-wrong.md)`);
    const held = await publish(place);
    expect(held, held.log).toMatchObject({ jobs: done });
    expect(held.summary).toContain('NOT LIVE: this was rolled back');
    expect(hashes(place.served)).toEqual(good);
    write(place.desk, 'note.txt', 'x');
    const third = place.commit('Third');
    expect(await publish(place)).toMatchObject({ jobs: done });
    expect(release(place).commit).toBe(third);
    const late = await publish(place, { sha: first });
    expect(late.jobs, 'a run for an older commit').toEqual(done);
    expect(late.summary).toContain('a newer one is live');
    expect(release(place).commit).toBe(third);
    const asked = await publish(place, { inputs: { release: 'last', reason: 'wrong' } });
    expect(asked, asked.log).toMatchObject({ jobs: done });
    expect(hashes(place.served)).toEqual(good);
    expect((await logOf(place)).releases[0]).toMatchObject({
      commit: third,
      rolledBack: { by: 'person', reason: 'wrong' },
    });
  });
});

describe('publishing, wherever the code comes from', () => {
  it('stops at a typo: the page stays, and the commit gets the corrected line once', async () => {
    const place = await town();
    const path = update(place, 50, `---\ntitle: Checkout\nstatus: resovled\nimpact: minor\n---\n${hostile.message}\n`);
    const commit = place.commit('Typo');
    const before = hashes(place.served);
    for (let time = 0; time < 2; time += 1) {
      const ran = await publish(place);
      expect(ran, ran.log).toMatchObject({ jobs: { prepare: 'failure', deploy: 'failure' }, acted: [] });
    }
    expect(hashes(place.served)).toEqual(before);
    const found = await comments(place);
    expect(found).toHaveLength(1);
    expect(found[0]?.body).toContain(`\`${path}:3\``);
    expect(found[0]?.body).toContain('```diff\n- status: resovled\n+ status: resolved\n```');
    expect(found[0]?.body).toContain(commit.slice(0, 7));
    expect(place.actions.started.filter(({ file }) => file === 'publish.yml')).toEqual([]);
  });

  it('says that nothing was rolled back when the first job of a rollback fails, and what to do', async () => {
    const place = await town();
    const commit = place.commit('Begin');
    expect(await publish(place)).toMatchObject({ jobs: done });
    const [before, log] = [hashes(place.served), await logOf(place)];
    const ran = await publish(place, { inputs: { release: 'nowhere', reason: 'wrong' } });
    expect(ran, ran.log).toMatchObject({ jobs: { prepare: 'failure', deploy: 'failure' }, acted: [] });
    for (const part of ['NOT ROLLED BACK, so the page is unchanged: ', 'Run workflow, and enter a release'])
      expect(ran.summary.split(part), 'once for each job').toHaveLength(3);
    expect(hashes(place.served)).toEqual(before);
    expect(await logOf(place)).toEqual(log);
    expect((await comments(place)).at(-1)?.body).toContain(
      `### The rollback failed\n\n${commit.slice(0, 7)}: The live`,
    );
  });

  it('is on hold while the variable is set, without failing', async () => {
    const place = await town();
    place.commit('Begin');
    const held = await publish(place, { vars: { HALFPAST_HOLD: 'we are moving house' } });
    expect(held, held.log).toMatchObject({ jobs: done });
    expect(held.summary).toContain('we are moving house');
    expect(Object.keys(hashes(place.served))).toEqual(['404.html']);
  });
});
