import { spawn } from 'node:child_process';
import { lutimesSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type ReleaseStorage, fileStorage } from '../../../../scripts/cli/system.ts';
import { withLock } from '../../../../scripts/publish/hosts/lock.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { lockTools as tools } from './small-page.ts';

const script = join(import.meta.dirname, 'count-under-lock.ts');

const start = (...args: string[]): Promise<number | null> =>
  new Promise((resolve) => spawn(process.execPath, [script, ...args], { stdio: 'inherit' }).on('close', resolve));

describe('the lock', () => {
  it('lets one in at a time, and goes on when holders are killed', async () => {
    const folder = temporaryFolder();
    const [lock, file] = [join(folder, 'some.lock'), join(folder, 'number')];
    writeFileSync(file, '0');
    // Two die with the lock in their hands, each after its last count; two others live.
    await Promise.all(['dies', '', 'dies', ''].map((end) => start(lock, file, '20', end)));
    expect(readFileSync(file, 'utf8')).toBe('80');
    await start(lock, file, '1');
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual(['number']);
  });

  it('of a dead process is not removed by one who saw it while another has taken it since', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await new Promise((resolve) => dead.on('close', resolve));
    const text = `${dead.pid}.1.aa@${tools().processes.host}`;
    symlinkSync(text, lock);
    const inside: string[] = [];
    let enter = (): void => undefined;
    const entered = new Promise<void>((resolve) => (enter = resolve));
    const first = withLock(lock, tools(), { longest: 5000 }, async () => {
      inside.push('first in');
      enter();
      await setTimeout(300);
      inside.push('first out');
    });
    // The second one read the dead holder before, and goes on only when the first is inside.
    let reads = 0;
    const slow: ReleaseStorage = {
      ...fileStorage,
      readLink: async (path) => ((reads += 1) === 1 ? (await entered, text) : fileStorage.readLink(path)),
    };
    await entered;
    const second = withLock(lock, tools(slow), { longest: 5000 }, () => Promise.resolve(inside.push('second in')));
    await Promise.all([first, second]);
    expect(inside).toEqual(['first in', 'first out', 'second in']);
  });

  it('that another process took meanwhile stays with that process', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    for (const taken of ['4194305..bb@elsewhere', `${process.pid}..bb@${tools().processes.host}`, 'not a lock']) {
      await withLock(lock, tools(), { longest: 0 }, async () => {
        // This process was suspended for so long that another one took the lock for abandoned.
        await fileStorage.remove(lock);
        symlinkSync(taken, lock);
      });
      expect(readlinkSync(lock)).toBe(taken);
      await fileStorage.remove(lock);
    }
  });

  it('is not taken from a process that lives, and that process is named', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    await withLock(lock, tools(), { longest: 0 }, async () => {
      await expect(withLock(lock, tools(), { longest: 100 }, () => Promise.resolve())).rejects.toThrow(
        `is held by process ${process.pid}`,
      );
    });
    expect(readdirSync(dirname(lock))).toEqual([]);
  });

  it('is taken from an earlier process of the same number', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    const { host } = tools().processes;
    symlinkSync(`${process.pid}.1.aa@${host}`, lock);
    expect(await withLock(lock, tools(), { longest: 100 }, () => Promise.resolve('in'))).toBe('in');
  });

  it('is taken from another machine only after that was silent for minutes', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    symlinkSync('1..aa@elsewhere', lock);
    await fileStorage.touch(lock, Date.now());
    await expect(withLock(lock, tools(), { longest: 100 }, () => Promise.resolve('in'))).rejects.toThrow(
      'on elsewhere',
    );
    lutimesSync(lock, Date.now() / 1000 - 180, Date.now() / 1000 - 180);
    expect(await withLock(lock, tools(), { longest: 100 }, () => Promise.resolve('in'))).toBe('in');
  });

  it('gives a sign of life on itself, so that other machines know of it', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    symlinkSync('1..aa@elsewhere', lock);
    await fileStorage.touch(lock, Date.now() - 180_000);
    expect(await withLock(lock, tools(), { longest: 100 }, () => Promise.resolve('in'))).toBe('in');
  });

  it.each(['short', 'a-machine-with-a-long-name-0123456789.in.some.data-centre.example.com'])(
    'fits into the link itself, and is known as ours, on a machine called %s',
    async (host) => {
      const lock = join(temporaryFolder(), 'some.lock');
      const there = {
        ...tools(),
        processes: { ...tools().processes, host, birth: () => Promise.resolve('123456789012') },
      };
      let text = '';
      await withLock(lock, there, { longest: 0 }, () => Promise.resolve((text = readlinkSync(lock))));
      expect(Buffer.byteLength(text)).toBeLessThan(60);
      symlinkSync(text.replace(String(process.pid), '4194305'), lock);
      expect(await withLock(lock, there, { longest: 0 }, () => Promise.resolve('in')), 'its holder is dead').toBe('in');
    },
  );

  it('is not taken where a file is in its place', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    writeFileSync(lock, '');
    await expect(withLock(lock, tools(), { longest: 0 }, () => Promise.resolve('in'))).rejects.toThrow(
      `${lock} isn't a Halfpast lock. Delete it if no publish is running`,
    );
  });
});
