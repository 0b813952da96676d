import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { halfpast, plainEnvironment, root } from '../../support/halfpast.ts';
import { filesBelow, hashes, sampleContent, temporaryFolder, write } from '../../support/folders.ts';
import type { Report } from '../../../scripts/drill/report.ts';

const night = (name: string): string => join(root, 'tests/fixtures/drill', `${name}.txt`);

/** Plays a night on a page with a channel, and returns the output. The page must not change. */
async function playOut(name: string, ...more: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  write(
    content,
    'site.yml',
    `${readFileSync(join(content, 'site.yml'), 'utf8')}notify:\n  slack:\n    url_env: CHAT\n`,
  );
  const before = hashes(folder);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const words = ['drill', name, '--component', 'website', '--now', '2026-11-18T11:31Z', '--answers', night(name)];
  // Notifications would go to this machine, where nothing listens on this port.
  const reach = { TMPDIR: temporary, CHAT: 'http://127.0.0.1:9/', GITHUB_TOKEN: 'x' };
  const { code, stdout, stderr } = await halfpast([...words, ...more], folder, reach);
  expect(code, stderr).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
  expect(hashes(folder)).toEqual(before);
  expect(filesBelow(content)).not.toContain('stop.md');
  return { stdout, stderr };
}

it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('a drill that %s ends leaves no folder', async (signal) => {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const words = ['drill', 'data', '--content', content, '--answers', night('data')];
  const child = spawn(process.execPath, [join(root, 'scripts/halfpast.ts'), ...words], {
    env: { ...plainEnvironment, TMPDIR: temporary },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  // At this point, the page is being published for the first time.
  await vi.waitFor(() => expect(filesBelow(temporary).join()).toContain('HEAD'), { timeout: 60_000, interval: 50 });
  child.kill(signal);
  expect(await ended).toBeGreaterThan(128);
  expect(said).toMatch(/Stopped\. .*halfpast-drill-\w+ was removed\./);
  expect(readdirSync(temporary)).toEqual([]);
});

describe('drill', () => {
  it('plays a night that goes well, with the commands of a real one', async () => {
    const { stdout, stderr } = await playOut('breach');
    expect(stderr).not.toContain('halfpast:');
    const [, report = ''] = stdout.split('\nREPORT: ');
    expect(report).toMatch(/First update +after 1 minute\n/);
    expect(report).toMatch(/Goals in order +yes\n/);
    // How many are kept depends on how long the commands take.
    expect(report).toMatch(/Check-ins +[12] of \d kept(?:, none for .*)?; 2 lines in the log\n/);
    expect(report).toMatch(/Website shut down to keep customer data safe +yes\n/);
    expect(report).toMatch(/unconfirmed all-clear +stopped before customers saw it\n/);
    expect(report).toMatch(/internal notes +on the page for \d minutes, then gone\n/);
    expect(report).toMatch(/Lead, comms +Dana, Sam\n/);
    expect(report).toContain('You have tried everything that a real night may need.');
    // A drill shows the reminders that a real page would send.
    expect(stdout).toContain('Reminder for Priya: Check-in at');
  });

  it('reports a night in which nothing was stopped or rolled back, and no promise was kept', async () => {
    const { stdout } = await playOut('prices', '--json');
    const { lines, tried, neverTried } = JSON.parse(stdout) as Report;
    const said = Object.fromEntries(lines);
    expect(said).toMatchObject({
      'The refund nobody agreed to': expect.stringMatching(/^STILL ON THE PAGE/) as unknown,
      'The list of refunds': expect.stringMatching(/^STILL ON THE PAGE/) as unknown,
      "Customers know how they'll get their money back": 'yes',
      'Lead, comms': 'nobody, nobody',
      Promises: expect.stringMatching(/^0 of 1 kept; late: /) as unknown,
    });
    expect({ tried: tried.length, never: neverTried.length }).toEqual({ tried: 0, never: 5 });
  });

  it('stays in its own folder, and reports that customers read nothing', async () => {
    const { stdout } = await playOut('data');
    expect(stdout).toContain('/srv/status is not in the folder of this drill');
    expect(stdout).toContain(`"stauts" can't be played here`);
    expect(stdout).toMatch(/First update +NEVER/);
    expect(stdout).toMatch(/Customer data +NEVER MENTIONED/);
    expect(stdout).toMatch(/Tried: stop publishing \(hold\), /);
  });
});
