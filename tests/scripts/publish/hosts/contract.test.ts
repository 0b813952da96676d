import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Host } from '../../../../scripts/publish/hosts/host.ts';
import { nothingRefused } from '../../../../scripts/publish/restore.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { pagesStandIn } from './pages-stand-in.ts';
import { dying, folderPage, gitHubPage, type SmallPage, smallSteps, type Steps } from './small-page.ts';

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

  it('doesn’t change the page when the content has problems, the guard refuses, or publishing is on hold', async () => {
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

  it('stays when the page doesn’t respond, and notifies once a later run finds it as built', async () => {
    const page = await newPage();
    await page.publish('a');
    const silent = () => Promise.resolve({ ok: false, silent: true, lines: ['no response'] });
    expect(await page.publish('b', { steps: { verify: silent } })).toMatchObject({
      outcome: 'unverified',
      back: null,
      silent: true,
    });
    expect(page.served()).toBe('b0000000');
    expect(page.notified).toEqual(['a0000000']);
    expect((await page.log()).releases[0]).toMatchObject({ state: 'live', verifiedAt: null, notified: false });
    expect(await page.publish('b')).toMatchObject({ outcome: 'published', verified: true });
    expect(page.notified).toEqual(['a0000000', 'b0000000']);
    expect((await page.log()).releases[0]?.notified).toBeUndefined();
  });

  it('says which release is served when someone rolls back during a verification that then fails', async () => {
    const page = await newPage();
    await page.publish('a');
    const [a] = (await page.log()).releases;
    const verify: NonNullable<Steps['verify']> = async (site, release) => {
      await page.rollBack();
      return failed(site, release);
    };
    expect(await page.publish('b', { steps: { verify } })).toMatchObject({
      outcome: 'unverified',
      back: { id: a?.id, how: 'already' },
    });
    expect(page.served()).toBe('a0000000');
  });

  it('leaves a first release that fails verification in place, because there is nothing better', async () => {
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
  it('goes to different content, not to another build of the same; then further back; and forward by name', async () => {
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

  it('doesn’t publish rolled-back or older commits until there’s a newer commit', async () => {
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
    const guard: Steps['guard'] = (_site, _live, known) => {
      seen.push(known.seen.map(({ id }) => id.slice(-8)));
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

describe.each(Object.entries(newPages))('when something goes wrong on %s', (_, newPage) => {
  it('a rollback that is killed at any call can be run again, and goes to the same release', async () => {
    let deaths = 0;
    for (let calls = 0; ; calls += 1) {
      const page = await newPage();
      for (const content of ['a', 'b', 'c']) await page.publish(content);
      const { through, died } = dying(calls);
      await page.rollBack({ kind: 'previous' }, through).catch(() => undefined);
      expect(['b0000000', 'c0000000']).toContain(page.served());
      if (died()) await page.rollBack();
      expect(page.served(), `killed at call ${calls}`).toBe('b0000000');
      expect(await page.publish('c')).toMatchObject({ outcome: 'rolled back' });
      await page.rollBack();
      expect(page.served(), 'the next one').toBe('a0000000');
      if (!died()) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(2);
  });

  it('a rollback that never ended gives way to the next commit, and can be made later', async () => {
    const page = await newPage();
    await page.publish('a');
    await page.publish('b');
    const through = (host: Host): Host => ({ ...host, restore: () => Promise.reject(new Error('as if killed')) });
    await expect(page.rollBack({ kind: 'previous' }, through)).rejects.toThrow('as if killed');
    expect(await page.publish('d')).toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('d0000000');
    await page.rollBack();
    expect(page.served()).toBe('a0000000');
  });

  it('two publishes at once leave one whole site, and nothing is lost when both run again', async () => {
    const page = await newPage();
    await page.publish('a');
    const ended = await Promise.all(['b', 'c'].map((content) => page.publish(content)));
    expect(ended.map(({ outcome }) => outcome)).toContain('published');
    const published = ended.flatMap((one) => (one.outcome === 'published' ? [one.release] : []));
    // Either may have been first.
    const last = published.toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
    expect(page.served()).toBe(last?.content);
    const contents = published.map(({ content }) => content).toSorted();
    expect(page.notified.toSorted()).toEqual(['a0000000', ...contents]);
    for (const content of ['b', 'c']) expect(await page.publish(content)).toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('c0000000');
    expect(page.notified.toSorted()).toEqual(['a0000000', 'b0000000', 'c0000000']);
  });

  it('a run for an older commit never replaces a newer site', async () => {
    const page = await newPage();
    await page.publish('a', { commit: '1' });
    await page.publish('b', { commit: '3' });
    expect(await page.publish('x', { commit: '2' })).toMatchObject({
      outcome: 'refused',
      verdict: { outcome: 'older' },
    });
    expect(await page.publish('b', { commit: '3' }), 'the same commit later').toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('b0000000');
    expect(page.notified).toEqual(['a0000000', 'b0000000']);
  });

  it.each(['build', 'guard', 'verify', 'notify'] as const)(
    'a host that goes down at %s keeps a complete page, and the next run publishes',
    async (step) => {
      const page = await newPage();
      await page.publish('a');
      const steps = smallSteps('b', page.notified as string[]);
      const then = (...args: unknown[]): unknown => {
        page.setDown(true);
        return (steps[step] as (...given: unknown[]) => unknown)(...args);
      };
      const ended = await page.publish('b', { steps: { [step]: then } }).catch(() => ({ outcome: 'an error' }));
      // On GitHub, nothing is left to do once channels are notified.
      expect(['an error', 'not deployed', ...(step === 'notify' ? ['published'] : [])]).toContain(ended.outcome);
      const isDeployed = step === 'verify' || step === 'notify';
      expect(page.served()).toBe(isDeployed ? 'b0000000' : 'a0000000');
      await expect(page.publish('b')).rejects.toThrow();
      page.setDown(false);
      expect(await page.publish('b')).toMatchObject({ outcome: 'published' });
      expect(page.served()).toBe('b0000000');
      expect(page.notified).toEqual(['a0000000', 'b0000000']);
    },
  );
});

// github-pages.test.ts has the same for each request to GitHub.
it('a publish to a folder that’s killed at any call can be run again: the page is always whole, and channels are notified once', async () => {
  let deaths = 0;
  for (let calls = 0; ; calls += 1) {
    const page = folderPage(join(temporaryFolder(), 'site'));
    await page.publish('a');
    const { through, died } = dying(calls);
    await page.publish('b', { through }).catch(() => undefined);
    expect(['a0000000', 'b0000000']).toContain(page.served());
    expect(await page.publish('b'), `killed at call ${calls}`).toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('b0000000');
    expect(page.notified).toEqual(['a0000000', 'b0000000']);
    expect((await page.log()).releases.filter(({ state }) => state === 'deploying')).toEqual([]);
    if (!died()) break;
    deaths += 1;
  }
  expect(deaths).toBeGreaterThan(8);
});

describe.each(Object.entries(newPages))('after a rollback on %s', (_, newPage) => {
  const bad = '2026-11-22-checkout-errors/2026-11-22T1430Z';
  const updates = ['2026-11-22T1405Z', '2026-11-22T1430Z', '2026-11-22T1500Z', '2026-11-22T1530Z'];

  /** A page where the second update was taken back. */
  async function takenBack(): Promise<SmallPage> {
    const page = await newPage();
    await page.publish('a', { commit: '1', updates: updates.slice(0, 1) });
    await page.publish('b', { commit: '2', updates: updates.slice(0, 2) });
    await page.rollBack();
    return page;
  }

  it('a commit that still contains what was rolled back is refused, unless a line in its message allows it', async () => {
    const page = await takenBack();
    const given = { commit: '3', updates: updates.slice(0, 3) };
    expect(await page.publish('c', given)).toMatchObject({
      outcome: 'refused',
      verdict: {
        refusals: [{ file: `incidents/${bad}.md`, allow: { what: 'restore', id: bad } }],
      },
    });
    expect(page.served()).toBe('a0000000');
    const message = `More\n\nHalfpast-Allow: restore ${bad}`;
    expect(await page.publish('c', { ...given, message })).toMatchObject({ outcome: 'published' });
    expect(await page.publish('d', { commit: '4', updates }), 'it was allowed once').toMatchObject({
      outcome: 'published',
    });
    expect(page.served()).toBe('d0000000');
  });

  it('a commit without it needs no line', async () => {
    const page = await takenBack();
    const given = { commit: '3', updates: updates.filter((update) => !bad.endsWith(update)) };
    expect(await page.publish('c', given)).toMatchObject({ outcome: 'published' });
  });

  it('--again publishes it, and clears the mark', async () => {
    const page = await takenBack();
    const given = { commit: '2', updates: updates.slice(0, 2) };
    expect(await page.publish('b', given)).toMatchObject({ outcome: 'rolled back' });
    expect(await page.publish('b', { ...given, again: true })).toMatchObject({ outcome: 'published' });
    expect(await page.publish('b', given)).toMatchObject({ outcome: 'published' });
    expect(await page.publish('d', { commit: '4', updates })).toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('d0000000');
  });
});
