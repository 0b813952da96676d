import { spawn } from 'node:child_process';
import { existsSync, lutimesSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { UserError } from '../../../../scripts/cli/errors.ts';
import { type ReleaseStorage, fileStorage } from '../../../../scripts/cli/system.ts';
import { withLock } from '../../../../scripts/publish/hosts/lock.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { lockTools as tools } from './small-page.ts';

const script = join(import.meta.dirname, 'count-under-lock.ts');

const start = (...args: string[]): Promise<number | null> =>
  new Promise((resolve) => spawn(process.execPath, [script, ...args], { stdio: 'inherit' }).on('close', resolve));

describe('the lock', () => {
  it('lets one process in at a time, and goes on when holders are killed', async () => {
    const folder = temporaryFolder();
    const [lock, file] = [join(folder, 'some.lock'), join(folder, 'number')];
    writeFileSync(file, '0');
    // Two die with the lock in their hands, each after its last count; two others live.
    await Promise.all(['dies', '', 'dies', ''].map((end) => start(lock, file, '10', end)));
    expect(readFileSync(file, 'utf8')).toBe('40');
    await start(lock, file, '1');
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual(['number']);
  });

  it('of a dead process isn’t removed by a process that saw it before another one took it', async () => {
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

  it('that another process took in the meantime stays with that process', async () => {
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

  it('isn’t taken from a running process, which is named', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    await withLock(lock, tools(), { longest: 0 }, async () => {
      await expect(withLock(lock, tools(), { longest: 100 }, () => Promise.resolve())).rejects.toThrow(
        `is held by process ${process.pid}`,
      );
    });
    expect(readdirSync(dirname(lock))).toEqual([]);
  });

  it('is taken from an earlier process with the same number', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    const { host } = tools().processes;
    symlinkSync(`${process.pid}.1.aa@${host}`, lock);
    expect(await withLock(lock, tools(), { longest: 100 }, () => Promise.resolve('in'))).toBe('in');
  });

  it('is only taken from another machine after that has been silent for minutes', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    symlinkSync('1..aa@elsewhere', lock);
    await fileStorage.touch(lock, Date.now());
    await expect(withLock(lock, tools(), { longest: 100 }, () => Promise.resolve('in'))).rejects.toThrow(
      'on elsewhere',
    );
    lutimesSync(lock, Date.now() / 1000 - 180, Date.now() / 1000 - 180);
    expect(await withLock(lock, tools(), { longest: 100 }, () => Promise.resolve('in'))).toBe('in');
  });

  it('shows a sign of life, so that other machines know that it’s held', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    symlinkSync('1..aa@elsewhere', lock);
    await fileStorage.touch(lock, Date.now() - 180_000);
    expect(await withLock(lock, tools(), { longest: 100 }, () => Promise.resolve('in'))).toBe('in');
  });

  it.each(['short', 'a-machine-with-a-long-name-0123456789.in.some.data-centre.example.com'])(
    'fits into the link itself, and is recognized as ours, on a machine called %s',
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

  it('isn’t taken if a file is in its place', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    writeFileSync(lock, '');
    await expect(withLock(lock, tools(), { longest: 0 }, () => Promise.resolve('in'))).rejects.toThrow(
      `${lock} isn't a Halfpast lock. Delete it if no publish is running`,
    );
  });

  it('waits as long as allowed, names the holder once, and says which process to stop', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    symlinkSync(`${process.pid}..aa@${tools().processes.host}`, lock);
    const [pauses, told]: [number[], number[]] = [[], []];
    let time = 0;
    const here = {
      ...tools(),
      clock: () => time,
      sleep: (pause: number) => Promise.resolve((pauses.push(pause), (time += pause))),
    };
    const patience = { longest: 100, onWait: (pid: number) => told.push(pid) };
    await expect(withLock(lock, here, patience, () => Promise.resolve('in'))).rejects.toThrow(
      new UserError(
        `${lock} is held by process ${process.pid} on ${tools().processes.host}. Try again later, or end that process. If it no longer exists, delete the file`,
      ),
    );
    expect({ pauses, told }).toEqual({ pauses: [50, 50, 50], told: [process.pid] });
  });

  const alive = { birth: '7', isAlive: true };
  it.each<[string, { readonly birth: string | null; readonly isAlive: boolean }, 'taken' | 'held']>([
    ['4..aa@here', alive, 'held'],
    ['4.7.aa@here', alive, 'held'],
    ['4.7.aa@here', { ...alive, birth: null }, 'held'],
    ['4.6.aa@here', alive, 'taken'],
    ['4.7.aa@here', { ...alive, isAlive: false }, 'taken'],
    ['4..aa@here', { birth: null, isAlive: false }, 'taken'],
  ])('with %s, whose process is %j, is %s', async (text, { birth, isAlive }, expected) => {
    const lock = join(temporaryFolder(), 'some.lock');
    symlinkSync(text, lock);
    const processes = { pid: 9, host: 'here', birth: () => Promise.resolve(birth), isAlive: () => isAlive };
    const taken = withLock(lock, { ...tools(), processes }, { longest: -1 }, () => Promise.resolve('taken'));
    expect(await taken.catch(() => 'held')).toBe(expected);
    expect(existsSync(lock) || readdirSync(dirname(lock)).length > 0).toBe(expected === 'held');
  });

  it.each([
    [0, 'held'],
    [1, 'taken'],
  ])('of another machine that was silent for two minutes and %i ms is %s', async (more, expected) => {
    const lock = join(temporaryFolder(), 'some.lock');
    const touched = Date.parse('2026-11-22T15:00Z');
    symlinkSync('4..aa@elsewhere', lock);
    await fileStorage.touch(lock, touched);
    const there = { ...tools(), clock: () => touched + 120_000 + more };
    const taken = withLock(lock, there, { longest: -1 }, () => Promise.resolve('taken'));
    expect(await taken.catch(() => 'held')).toBe(expected);
  });

  it.each(['4..aa', 'x4..aa@here', '4..zz@here', '4.x.aa@here', '4.aa@here', ' 4..aa@here', '..aa@here'])(
    'is not a Halfpast lock if it links to %s',
    async (text) => {
      const lock = join(temporaryFolder(), 'some.lock');
      symlinkSync(text, lock);
      await expect(withLock(lock, tools(), { longest: 0 }, () => Promise.resolve())).rejects.toThrow(
        new UserError(`${lock} isn't a Halfpast lock. Delete it if no publish is running`),
      );
      expect(readlinkSync(lock)).toBe(text);
    },
  );

  it.each([
    ['here', '7', /^9\.7\.[0-9a-f]{12}@here$/],
    ['here', null, /^9\.\.[0-9a-f]{12}@here$/],
    ['two\nlines', '7', /^9\.7\.[0-9a-f]{12}@two\nlines$/],
    ['x'.repeat(24), '7', /@x{24}$/],
    ['0123456789abcdefghijklmno', '7', /@0123456789abcde~d3cc908a$/],
    ['Zürich-Zürich-Zürich-Zürich', '7', /@Zrich-Zrich-Zri~[0-9a-f]{8}$/],
  ])('says who holds it, on %s with birth %s', async (host, birth, expected) => {
    const lock = join(temporaryFolder(), 'some.lock');
    const processes = { pid: 9, host, birth: () => Promise.resolve(birth), isAlive: () => true };
    const there = { ...tools(), processes };
    await withLock(lock, there, { longest: 0 }, async () => {
      expect(readlinkSync(lock)).toMatch(expected);
      // It is known as ours again.
      await expect(withLock(lock, there, { longest: -1 }, () => Promise.resolve())).rejects.toThrow('process 9 on');
    });
  });

  it('is touched every ten seconds, even after a failure, until the work is done', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const touched: [string, number][] = [];
    const touch = (path: string, now: number): Promise<void> => {
      touched.push([path, now]);
      return Promise.reject(new Error('no disk'));
    };
    const here = { ...tools({ ...fileStorage, touch }), clock: () => 5 };
    await withLock(lock, here, { longest: 0 }, () => {
      vi.advanceTimersByTime(9_999);
      expect(touched).toEqual([]);
      vi.advanceTimersByTime(10_001);
      return Promise.resolve();
    });
    vi.advanceTimersByTime(60_000);
    expect(touched).toEqual([
      [lock, 5],
      [lock, 5],
    ]);
  });

  it('is released if the work fails', async () => {
    const lock = join(temporaryFolder(), 'some.lock');
    const failed = withLock(lock, tools(), { longest: 0 }, () => Promise.reject(new Error('it failed')));
    await expect(failed).rejects.toThrow('it failed');
    expect(readdirSync(dirname(lock))).toEqual([]);
  });
});

describe('the processes of this machine', () => {
  const { birth, isAlive } = tools().processes;

  it('are alive until they end, with the time they began', async () => {
    const { stdout } = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 3'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [zombie] = (await stdout.setEncoding('utf8').take(1).toArray()) as [string];
    const state = (): string => readFileSync(`/proc/${zombie.trim()}/status`, 'utf8');
    while (!state().includes('zombie')) await setTimeout(10);
    expect(isAlive(Number(zombie)), 'it has ended, and nobody has asked about it').toBe(false);
    expect([process.pid, process.ppid, 4_194_305].map(isAlive)).toEqual([true, true, false]);
    const stat = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ');
    expect(await birth(process.pid)).toBe(stat?.[19]);
    expect(await birth(4_194_305)).toBeNull();
  });
});
