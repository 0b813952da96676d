import { execFile } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/folders.ts';
import { folderPage, pages } from './small-page.ts';
import { lookAtSmall, watchCurrent } from './watch-current.ts';

const script = join(import.meta.dirname, 'publish-and-die.ts');

type Death = { readonly signal: string | null; readonly stdout: string; readonly stderr: string };

function publishAndDie(...args: string[]): Promise<Death> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) =>
      resolve({ signal: error?.signal ?? null, stdout, stderr }),
    );
  });
}

const contentOf = (number: number): string => number.toString(16).padStart(4, '0');

/** Kills a publish at every second file system step, starting with `first`. Returns the number of kills. */
async function killAtSteps(where: 'before' | 'amid', first: number): Promise<number> {
  const folder = temporaryFolder();
  const site = join(folder, 'site');
  const told = join(folder, 'told');
  writeFileSync(told, '');
  const whole = await publishAndDie(site, 'ffff', told);
  expect(whole.stderr).toBe('');
  const watch = watchCurrent(site, lookAtSmall(pages), false);
  let kills = 0;
  for (let at = first; ; at += 2) {
    const content = contentOf(at);
    const { signal, stderr } = await publishAndDie(site, content, told, String(at), where);
    if (signal === null) {
      expect(stderr).toBe('');
      break;
    }
    expect(signal).toBe('SIGKILL');
    kills += 1;
    const notify = ({ content: of }: { readonly content: string }) => {
      appendFileSync(told, `${of}\n`);
      return Promise.resolve({ ok: true, lines: [] });
    };
    const again = await folderPage(site).publish(content, { steps: { notify } });
    expect(again.outcome, `killed at ${at}`).toBe('published');
    expect(JSON.parse(readFileSync(join(site, 'current', 'release.json'), 'utf8')), `killed at ${at}`).toMatchObject({
      content: content.padEnd(8, '0'),
    });
    expect(readFileSync(told, 'utf8'), `killed at ${at}: told of it`).toContain(content.padEnd(8, '0'));
    // Nothing is left of the run that was killed.
    expect(readdirSync(site), `killed at ${at}`).toEqual(['current', 'publish.json', 'releases']);
    expect(readdirSync(join(site, 'releases')).length, `killed at ${at}`).toBeLessThanOrEqual(3);
    expect(JSON.parse(readFileSync(join(site, 'publish.json'), 'utf8'))).toMatchObject({ run: null });
  }
  const { looks, wrong } = await watch.stop();
  expect(wrong).toEqual([]);
  expect(looks).toBeGreaterThan(250);
  return kills;
}

describe('a publish that is killed with SIGKILL', () => {
  // Together, these kill it at every step: odd ones before they begin, even ones halfway if they write or remove.
  it('before a file system step can be run again, and a complete site is served at all times', async () => {
    expect(await killAtSteps('before', 1)).toBeGreaterThan(25);
  });

  it('in the middle of a step can be run again, and a complete site is served at all times', async () => {
    expect(await killAtSteps('amid', 2)).toBeGreaterThan(25);
  });
});
