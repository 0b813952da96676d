import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/folders.ts';
import { pages, smallPublish } from './small-publish.ts';
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

async function killEverywhere(where: 'before' | 'amid'): Promise<number> {
  const folder = temporaryFolder();
  const site = join(folder, 'site');
  const told = join(folder, 'told');
  writeFileSync(told, '');
  const first = await publishAndDie(site, 'ffff', told);
  expect(first.stderr).toBe('');
  const watch = watchCurrent(site, lookAtSmall(pages), false);
  let points = 0;
  for (let at = 1; ; at += 1) {
    const content = contentOf(at);
    const { signal, stderr } = await publishAndDie(site, content, told, String(at), where);
    if (signal === null) {
      expect(stderr).toBe('');
      break;
    }
    expect(signal).toBe('SIGKILL');
    points += 1;
    const again = await smallPublish(site, content, told);
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
  expect(looks).toBeGreaterThan(500);
  return points;
}

describe('a publish that is killed with SIGKILL', () => {
  it('before each of its steps on the file system is run again to the end, and what is served is whole all the time', async () => {
    expect(await killEverywhere('before')).toBeGreaterThan(50);
  });

  it('in the middle of each write and each removal, as well', async () => {
    expect(await killEverywhere('amid')).toBeGreaterThan(50);
  });
});
