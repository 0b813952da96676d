import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { brokenSite, goodSite } from './fixture.ts';

const program = join(import.meta.dirname, 'what-is-read.ts');

it('the time zone of the machine makes no difference', async () => {
  const broken = await Promise.all(
    ['name-future-local-time', 'started-without-offset', 'site-time-zone'].map(brokenSite),
  );
  const roots = [goodSite, ...broken.map(({ root }) => root)];
  const readIn = async (TZ: string): Promise<unknown> => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...roots], {
      env: { ...process.env, TZ },
    });
    return JSON.parse(stdout);
  };
  const [utc, ...others] = await Promise.all(
    ['UTC', 'Pacific/Auckland', 'America/Sao_Paulo', 'Europe/Berlin'].map(readIn),
  );
  await Promise.all(broken.map(({ root }) => rm(root, { recursive: true })));
  for (const other of others) expect(other).toEqual(utc);
});
