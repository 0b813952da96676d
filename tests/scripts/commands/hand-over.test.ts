import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { updateRecords } from '../../../src/lib/api/history.ts';
import { contentHash } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { composeData } from '../../../src/lib/views/compose-page.ts';
import { write } from '../../support/folders.ts';
import type { Ask } from '../../../scripts/cli/context.ts';
import { Cancelled } from '../../../scripts/cli/errors.ts';
import { git, repository, withRemote } from '../github/publisher.ts';
import { put, smallSite } from '../site.ts';
import { call as callWithGit, callWithoutGit as call } from '../call.ts';
import { loadContent } from '../../support/load-content.ts';

const slug = '2026-11-22-checkout-errors';
const path = `incidents/${slug}/2026-11-22T1405Z.md`;
const text = (folder: string): string => readFileSync(join(folder, 'content', path), 'utf8');

async function siteIn(folder: string, now = '2026-11-22T16:00Z') {
  const read = await loadContent(join(folder, 'content'), Date.parse(now));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.site;
}

const rolesNow = async (folder: string): Promise<object> => {
  const { stdout } = await call('status --json', folder, { now: '2026-11-22T16:00Z' });
  const [first] = (JSON.parse(stdout) as { incidents: { lead: string; comms: string }[] }).incidents;
  return { lead: first?.lead, comms: first?.comms };
};

describe('hand-over', () => {
  it('adds the change and its time to the newest update, and doesn’t touch the rest', async () => {
    const folder = smallSite();
    const before = text(folder);
    const first = await call(['hand-over', '--lead', 'Sam: the 2nd'], folder, { now: '2026-11-22T14:30:40Z' });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('Lead from 2026-11-22T14:30Z (15:30 CET): Sam: the 2nd (before: Dana).\n');
    await call('hand-over checkout --lead Kim --comms Lee', folder, { now: '2026-11-22T15:00Z' });
    const added =
      'hand_overs:\n  - at: 2026-11-22T14:30Z\n    lead: "Sam: the 2nd"\n  - at: 2026-11-22T15:00Z\n    lead: Kim\n    comms: Lee\n';
    expect(text(folder)).toBe(before.replace(/\n---\n(?!title)/, `\n${added}---\n`));
    expect(await rolesNow(folder)).toEqual({ lead: 'Kim', comms: 'Lee' });
    expect((await call('check', folder)).code).toBe(0);
  });

  it('of an update and a hand-over, the later one counts', async () => {
    const folder = smallSite();
    await call('hand-over --lead Sam', folder, { now: '2026-11-22T14:30Z' });
    await call('update --lead Kim --message x', folder, { now: '2026-11-22T14:40Z' });
    expect(await rolesNow(folder)).toEqual({ lead: 'Kim', comms: 'Priya' });
    await call('hand-over --lead Sam', folder, { now: '2026-11-22T14:50Z' });
    expect(await rolesNow(folder)).toEqual({ lead: 'Sam', comms: 'Priya' });
  });

  it('changes nothing for customers, feeds or the guard, and isn’t in the public form', async () => {
    const folder = smallSite();
    put(folder, path, text(folder).replace(/lead: .*\ncomms: .*\n/, ''));
    put(folder, 'site.yml', `${readFileSync(join(folder, 'content/site.yml'), 'utf8')}repository:\n  github: a/b\n`);
    const before = await siteIn(folder);
    await call('hand-over --lead Secretly', folder, { now: '2026-11-22T15:00Z' });
    const after = await siteIn(folder);
    expect(updateRecords(after)).toEqual(updateRecords(before));
    expect(JSON.stringify(composeData(after))).not.toContain('Secretly');
  });

  it('isn’t a release to go back to, unless the page shows people', async () => {
    const folder = smallSite();
    const settings = readFileSync(join(folder, 'content/site.yml'), 'utf8');
    const hashed = async () => contentHash(await readTree(join(folder, 'content')));
    const before = await hashed();
    await call('hand-over --lead Sam', folder, { now: '2026-11-22T14:30Z' });
    await call('hand-over --lead Kim --comms Lee', folder, { now: '2026-11-22T14:40Z' });
    expect(await hashed()).toBe(before);
    put(folder, 'site.yml', `${settings}show_people: true\n`);
    const shown = await hashed();
    await call('hand-over --lead Sam', folder, { now: '2026-11-22T14:50Z' });
    expect(await hashed()).not.toBe(shown);
    put(folder, 'site.yml', settings);
    expect(await hashed()).toBe(before);
    put(folder, path, text(folder).replace('Some card payments', 'hand_overs:\n - x\nAll card payments'));
    expect(await hashed()).not.toBe(before);
  });

  it('asks for the roles, and keeps those without an answer', async () => {
    const folder = smallSite();
    const asked: unknown[] = [];
    const text: Ask['text'] = ({ message, initial }) => (
      asked.push([message, initial]),
      Promise.reject(new Cancelled())
    );
    await call('hand-over', folder, { answers: [], context: { ask: { text } as Ask } });
    // A name in the field would be typed behind: PriyaSam.
    expect(asked).toEqual([['Who leads now? (Enter: still Dana)', undefined]]);
    const { stdout } = await call('hand-over', folder, { answers: ['', 'Lee'] });
    expect(stdout).toMatch(/^Comms from .*: Lee \(before: Priya\)\.$/m);
    expect(await rolesNow(folder)).toEqual({ lead: 'Dana', comms: 'Lee' });
  });

  it('says after a push that nothing has to go live, and if publishing is on hold', async () => {
    const { folder, remote } = await withRemote();
    const first = await callWithGit('hand-over --lead Sam --push', folder);
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Customers see no change, so nothing has to go live\.\n$/) as string,
    });
    write(remote, 'hooks/post-receive', '#!/bin/sh\necho "NOT LIVE: publishing is on hold: wait"\n');
    chmodSync(join(remote, 'hooks/post-receive'), 0o755);
    const held = await callWithGit('hand-over --lead Kim --push', folder, { now: '2026-11-22T15:10Z' });
    expect(held).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /Customers see no change, so nothing has to go live\.\nNOT LIVE: the server reports: publishing is on hold: wait\n$/,
      ) as string,
    });
  });

  it('asks again when a name is a sentence, and only warns if there’s nobody to ask', async () => {
    const folder = smallSite();
    const sentence = 'I think Dana should do it';
    const ask = call('hand-over', folder, { answers: [sentence] });
    await expect(ask).rejects.toThrow(`refused: "${sentence}" is not a name. Type only the name, such as Dana`);
    const typed = await call(['hand-over', '--comms', sentence], folder, { answers: [] });
    expect(typed).toMatchObject({ code: 2, stderr: expect.stringContaining('--comms: "I think') as string });
    const script = await call(['hand-over', '--comms', sentence], folder);
    expect(script.code).toBe(0);
    expect(script.stdout).toContain(`Warning: hand_overs comms: "${sentence}" is not a name.`);
  });

  it.each<[string, string, RegExp]>([
    ['neither role', 'hand-over', /--lead or --comms is missing/],
    ['a blank name', 'hand-over --lead=', /--lead: is blank/],
    ['the same person', 'hand-over --lead Dana', /nothing changes\. Lead: Dana\. Comms: Priya/],
    ['a maintenance', 'hand-over 2026-12-01-database-upgrade --lead Sam', /is maintenance/],
    ['a resolved incident', 'hand-over 2026-11-20-slow-search --lead Sam', /is resolved, so there is nothing/],
  ])('refuses %s, and writes nothing', async (_, line, message) => {
    const folder = smallSite();
    const before = text(folder);
    const { code, stderr } = await call(line, folder);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(text(folder)).toBe(before);
  });

  it.each<[string, string, RegExp | null]>([
    ['without indent', 'hand_overs:\n- at: 2026-11-22T14:10Z\n  lead: Kim\n', null],
    ['with a field after it', 'hand_overs:\n    - at: 2026-11-22T14:10Z\n      lead: Kim\nremedy: Refunds\n', null],
    ['as a flow', 'hand_overs: [{ at: 2026-11-22T14:10Z, lead: Kim }]\n', /isn't a list with an item on each line/],
    ['of nobody', 'hand_overs:\n  - at: 2026-11-22T14:10Z\n', /names nobody/],
    ['before the update', 'hand_overs:\n  - at: 2026-11-22T14:00Z\n    lead: Kim\n', /is before the update itself/],
    ['in the future', 'hand_overs:\n  - at: 2026-11-23T14:00Z\n    lead: Kim\n', /is in the future/],
  ])('reads a list %s', async (_, list, message) => {
    const folder = smallSite();
    put(folder, path, text(folder).replace('comms: Priya\n', `comms: Priya\n${list}`));
    const { code, stderr } = await call('hand-over --lead Sam', folder, { now: '2026-11-22T15:00Z' });
    if (message === null) expect(await rolesNow(folder)).toEqual({ lead: 'Sam', comms: 'Priya' });
    else expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) as string });
  });

  it('commits the update that it’s written to, with earlier uncommitted updates', async () => {
    const folder = repository();
    await call('open --title Odd --impact major --message x', folder, { now: '2026-11-22T15:00Z' });
    await call('update odd --message y', folder, { now: '2026-11-22T15:10Z' });
    await callWithGit('hand-over odd --lead Sam --commit', folder, { now: '2026-11-22T15:20Z' });
    expect(git(folder, 'show', '--name-only', '--format=%s')).toBe(
      'Hand-over: Odd\n\ncontent/incidents/2026-11-22-odd/2026-11-22T1500Z.md\ncontent/incidents/2026-11-22-odd/2026-11-22T1510Z.md',
    );
  });
});
