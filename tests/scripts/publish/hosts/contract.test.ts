import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nothingRefused, type Steps } from '../../../../scripts/publish/publish.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { pagesStandIn } from './pages-stand-in.ts';
import { folderPage, gitHubPage, type SmallPage } from './small-page.ts';

/** A new page on each host, by the name of the host. */
const newPages: Readonly<Record<string, () => Promise<SmallPage>>> = {
  'a folder': () => Promise.resolve(folderPage(join(temporaryFolder(), 'site'))),
  'GitHub Pages': async () => {
    const base = temporaryFolder();
    const gitHub = await pagesStandIn(base);
    onTestFinished(() => gitHub.close());
    return gitHubPage(base, gitHub);
  },
};

const failed: NonNullable<Steps['verify']> = () =>
  Promise.resolve({ ok: false, lines: ['/index.html is not as built'] });

describe.each(Object.entries(newPages))('publishing to %s', (_, newPage) => {
  it('serves each release, notifies once, and logs it as live and verified', async () => {
    const page = await newPage();
    expect(page.served()).toBeNull();
    expect(await page.publish('a')).toMatchObject({ outcome: 'published', replaces: null, verified: true });
    expect(await page.publish('b')).toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('b0000000');
    expect(page.notified).toEqual(['a0000000', 'b0000000']);
    const { releases } = await page.log();
    expect(releases.map(({ content, state, verifiedAt }) => [content, state, verifiedAt !== null])).toEqual([
      ['b0000000', 'live', true],
      ['a0000000', 'live', true],
    ]);
  });

  it('changes the page for the same commit at another time', async () => {
    const page = await newPage();
    await page.publish('a', { commit: '1', now: Date.parse('2026-11-22T14:00Z') });
    const [before] = (await page.log()).releases;
    await page.publish('a', { commit: '1', now: Date.parse('2026-11-22T15:00Z') });
    const [after] = (await page.log()).releases;
    expect([before?.now, after?.now]).toEqual(['2026-11-22T14:00:00.000Z', '2026-11-22T15:00:00.000Z']);
    expect(await page.host().served(await page.log())).toBe(after?.id);
  });

  it('leaves the page as it is when the content has problems, the guard refuses, or publishing is on hold', async () => {
    const page = await newPage();
    await page.publish('a');
    const refuse = { ...nothingRefused, outcome: 'refused' } as const;
    const steps: readonly (readonly [Partial<Steps>, string])[] = [
      [{ build: () => Promise.resolve({ problems: [] }) }, 'problems'],
      [{ guard: () => Promise.resolve(refuse) }, 'refused'],
      [{ hold: () => Promise.resolve({ reason: 'Wait', where: 'STOP' }) }, 'held'],
    ];
    for (const [given, outcome] of steps) expect(await page.publish('b', { steps: given })).toMatchObject({ outcome });
    expect(page.served()).toBe('a0000000');
    expect(page.notified).toEqual(['a0000000']);
  });

  it('stops at the last moment when someone puts publishing on hold while the site is built', async () => {
    const page = await newPage();
    await page.publish('a');
    let asked = 0;
    const hold = () => Promise.resolve((asked += 1) === 1 ? null : { reason: 'Wait', where: 'STOP' });
    expect(await page.publish('b', { steps: { hold } })).toMatchObject({ outcome: 'held' });
    expect(page.served()).toBe('a0000000');
  });

  it('goes back to the last verified release when a new one fails verification, and notifies no one', async () => {
    const page = await newPage();
    await page.publish('a');
    await page.publish('b');
    const [b] = (await page.log()).releases;
    expect(await page.publish('c', { steps: { verify: failed } })).toMatchObject({
      outcome: 'unverified',
      lines: ['/index.html is not as built'],
      back: { id: b?.id },
    });
    expect(page.served()).toBe('b0000000');
    expect(page.notified).toEqual(['a0000000', 'b0000000']);
    expect(await page.publish('c'), "it doesn't come back by itself").toMatchObject({ outcome: 'rolled back' });
    expect(await page.publish('c', { again: true })).toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('c0000000');
    expect(await page.publish('c'), 'the mark is gone').toMatchObject({ outcome: 'published' });
  });

  it('leaves a first release that fails verification where it is, because there is nothing better', async () => {
    const page = await newPage();
    expect(await page.publish('a', { steps: { verify: failed } })).toMatchObject({ outcome: 'unverified', back: null });
    expect(page.served()).toBe('a0000000');
  });

  it('does not replace a rollback that was made while the site was built, and does not announce one made later', async () => {
    const page = await newPage();
    await page.publish('a');
    await page.publish('b');
    const guard = async () => {
      await page.rollBack();
      return nothingRefused;
    };
    expect(await page.publish('c', { steps: { guard } })).toMatchObject({ outcome: 'overtaken' });
    expect(page.served()).toBe('a0000000');
    const verify = async () => {
      await page.rollBack({ kind: 'named', name: (await page.log()).releases.at(-1)?.id ?? '' });
      return { ok: true, lines: [] };
    };
    expect(await page.publish('d', { steps: { verify } })).toMatchObject({ outcome: 'overtaken' });
    expect(page.served()).toBe('a0000000');
    expect(page.notified).toEqual(['a0000000', 'b0000000']);
  });

  it('is live, and says so, when a channel could not be notified', async () => {
    const page = await newPage();
    const notify = () => Promise.resolve({ ok: false, lines: ['slack is down'] });
    expect(await page.publish('a', { steps: { notify } })).toMatchObject({
      outcome: 'not notified',
      lines: ['slack is down'],
    });
    expect(page.served()).toBe('a0000000');
  });
});

describe.each(Object.entries(newPages))('rolling back on %s', (_, newPage) => {
  it('goes to other content, not to the same built again; and again; and forward by name', async () => {
    const page = await newPage();
    for (const content of ['a', 'b', 'c', 'c']) await page.publish(content, { keep: 5 });
    const [newest] = (await page.log()).releases;
    await page.rollBack();
    expect(page.served()).toBe('b0000000');
    await page.rollBack();
    expect(page.served()).toBe('a0000000');
    await expect(page.rollBack()).rejects.toThrow(/no earlier release/);
    await expect(page.rollBack({ kind: 'named', name: '1999' })).rejects.toThrow(
      /"1999" matches none of the releases\. Use one of: /,
    );
    await page.rollBack({ kind: 'named', name: newest?.id ?? '' });
    expect(page.served()).toBe('c0000000');
    expect(await page.publish('c'), 'a person chose it, so it is good again').toMatchObject({ outcome: 'published' });
  });

  it('keeps what was rolled back and older commits out until a newer commit comes', async () => {
    const page = await newPage();
    await page.publish('a', { commit: '1' });
    await page.publish('b', { commit: '3' });
    await page.rollBack();
    expect(await page.publish('b', { commit: '3' })).toMatchObject({ outcome: 'rolled back' });
    expect(await page.publish('x', { commit: '2' }), 'an older commit').toMatchObject({ outcome: 'rolled back' });
    expect(page.served()).toBe('a0000000');
    expect(await page.publish('b', { commit: '4' })).toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('b0000000');
  });

  it('gives the guard each release that readers saw since, until something newer is served', async () => {
    const page = await newPage();
    for (const content of ['a', 'b', 'c']) await page.publish(content, { keep: 5 });
    for (let time = 0; time < 2; time += 1) await page.rollBack();
    const seen: string[][] = [];
    const guard: Steps['guard'] = (_site, _live, releases) => {
      seen.push(releases.map(({ id }) => id.slice(-8)));
      return Promise.resolve(nothingRefused);
    };
    for (const content of ['d', 'e']) await page.publish(content, { keep: 5, steps: { guard } });
    expect(seen).toEqual([['c0000000', 'b0000000'], []]);
  });

  it('of a bad build of a good commit leads to the build before', async () => {
    const page = await newPage();
    await page.publish('a', { commit: '1', now: Date.parse('2026-11-22T14:00Z') });
    expect(
      await page.publish('a', { commit: '1', now: Date.parse('2026-11-22T15:00Z'), steps: { verify: failed } }),
    ).toMatchObject({ outcome: 'unverified' });
    const log = await page.log();
    expect(await page.host().served(log)).toBe(log.releases[1]?.id);
  });
});
