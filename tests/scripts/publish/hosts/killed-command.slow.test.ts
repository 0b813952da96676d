import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { stepNames } from '../../../../scripts/publish/hosts/release-log.ts';
import { filesBelow, temporaryFolder } from '../../../support/folders.ts';
import { halfpast, plainEnvironment, root } from '../../../support/halfpast.ts';
import { gitSite, type GitSite } from './git-site.ts';
import { type Look, watchCurrent } from './watch-current.ts';

/** Checks that no page is missing or truncated, and that the index and the feed have release.json's newest update. */
const look: Look = (site) => {
  try {
    const { newestUpdate, pages } = JSON.parse(readFileSync(join(site, 'release.json'), 'utf8')) as {
      newestUpdate: string;
      pages: { count: number };
    };
    const html = filesBelow(site).filter((path) => path.endsWith('index.html'));
    const cut = html.filter((path) => !readFileSync(join(site, path), 'utf8').trimEnd().endsWith('</html>'));
    const told = ['rss.xml', 'index.html'].filter(
      (path) => !readFileSync(join(site, path), 'utf8').includes(newestUpdate),
    );
    return html.length === pages.count && cut.length + told.length === 0
      ? null
      : `${site}: ${html.length} pages, cut: ${cut.join()}, silent: ${told.join()}`;
  } catch (error) {
    return `${site}: ${String(error)}`;
  }
};

const args = (site: GitSite, now: string): string[] => [
  'publish',
  '--to',
  site.to,
  '--content',
  'content',
  '--now',
  `2026-11-22T${now}Z`,
];

/** Runs the command and kills it once `when` resolves. Returns true if it was still running. */
async function kill(site: GitSite, now: string, when: () => Promise<void>): Promise<boolean> {
  const child = spawn(process.execPath, [join(root, 'scripts/halfpast.ts'), ...args(site, now)], {
    cwd: site.folder,
    env: plainEnvironment,
    stdio: 'ignore',
  });
  const ended = new Promise<string | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
  await Promise.race([when(), ended]);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

/** Resolves once the log has the start of a step. */
async function untilStep(site: GitSite, step: string): Promise<void> {
  for (;;) {
    try {
      if (readFileSync(join(site.to, 'publish.json'), 'utf8').includes(`"step": "${step}"`)) return;
    } catch {
      // Not there yet.
    }
    await setTimeout(1);
  }
}

const lockOf = (site: GitSite): string => join(site.to, 'cache/incremental-build.json.lock');

/** Resolves with the id of the build process once it has started. Killing the command doesn't kill it. */
async function builder(site: GitSite): Promise<number> {
  for (;;) {
    try {
      const pid = Number(readFileSync(lockOf(site), 'utf8'));
      if (pid > 0) return pid;
    } catch {
      // Not there yet.
    }
    await setTimeout(1);
  }
}

const delays = [800, 2000, 4000];

describe('the real publish, killed', () => {
  it(
    'at any step and after several delays, leaves a complete site, and can be run again',
    { timeout: 500_000 },
    async () => {
      const site = gitSite(temporaryFolder());
      expect(await halfpast(args(site, '15:00'), site.folder)).toMatchObject({ code: 0 });
      const watch = watchCurrent(site.to, look, false);
      let killed = 0;
      const ways: (() => Promise<void>)[] = [
        ...stepNames.map((step) => () => untilStep(site, step)),
        ...delays.map((delay) => () => setTimeout(delay)),
      ];
      for (const [index, way] of ways.entries()) {
        const minute = String(10 + index);
        site.put(
          `incidents/2026-11-22-checkout-errors/2026-11-22T14${minute}Z.md`,
          `---\nstatus: identified\n---\nUpdate ${minute}.\n`,
        );
        site.commit(`Update ${minute}`);
        if (await kill(site, `15:${minute}`, way)) killed += 1;
        // Every fifth time, a run to the end follows. The other times, the next run finds what's left over.
        if (index % 5 !== 4) continue;
        const again = await halfpast(args(site, `15:${minute}`), site.folder);
        expect(again.code, again.stderr).toBe(0);
        expect(readFileSync(join(site.to, 'current', 'index.html'), 'utf8')).toContain(`Update ${minute}.`);
        expect(readdirSync(site.to)).toEqual(['cache', 'current', 'publish.json', 'releases']);
      }
      const { looks, wrong } = await watch.stop();
      expect([...new Set(wrong)]).toEqual([]);
      expect(looks).toBeGreaterThan(100);
      expect(killed).toBeGreaterThan(5);
    },
  );

  it('while its build continues, can be run again next to that build', { timeout: 300_000 }, async () => {
    const site = gitSite(temporaryFolder());
    const publish = (minute: number) => {
      const name = `incidents/2026-11-22-checkout-errors/2026-11-22T14${minute}Z.md`;
      site.put(name, `---\nstatus: identified\n---\nUpdate ${minute}.\n`);
      site.commit(`Update ${minute}`);
      return halfpast(args(site, `15:${minute}`), site.folder);
    };
    const expectUpdate = (minute: number): void => {
      expect(look(join(site.to, 'current'))).toBeNull();
      expect(readFileSync(join(site.to, 'current', 'index.html'), 'utf8')).toContain(`Update ${minute}.`);
    };
    expect(await publish(10)).toMatchObject({ code: 0 });
    let building = 0;
    const killed = await kill(site, '15:15', async () => {
      building = await builder(site);
      process.kill(building, 'SIGSTOP');
    });
    expect(killed).toBe(true);
    try {
      expect(await publish(20)).toMatchObject({ code: 0 });
      expectUpdate(20);
      expect(readFileSync(lockOf(site), 'utf8'), 'the cache still belongs to the build that goes on').toBe(
        `${building}`,
      );
    } finally {
      process.kill(building, 'SIGCONT');
    }
    await vi.waitFor(() => expect(existsSync(lockOf(site))).toBe(false), 60_000);
    expect(await publish(30)).toMatchObject({ code: 0 });
    expectUpdate(30);
  });
});
