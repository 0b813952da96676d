import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../scripts/cli/errors.ts';
import { fileStorage, realDisk, type ReleaseStorage } from '../../../../scripts/cli/system.ts';
import type { Host } from '../../../../scripts/publish/hosts/host.ts';
import { folderHost, requireFolder, requireReleaseFolder } from '../../../../scripts/publish/hosts/folder.ts';
import {
  emptyLog,
  findRelease,
  logText,
  type LoggedRelease,
  parseLog,
} from '../../../../scripts/publish/hosts/release-log.ts';
import { hour, minute } from '../../../../src/lib/domain/calendar.ts';
import { releaseOf } from '../../../support/release.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { lockTools } from './small-page.ts';

const now = '2026-11-22T15:00:00.000Z';

function entry(id: string, rest: Partial<LoggedRelease> = {}): LoggedRelease {
  const { commit, content, version, newestUpdate } = releaseOf({});
  return {
    id,
    commit,
    now: '2026-11-22T15:00:00.000Z',
    content,
    version,
    newestUpdate,
    state: 'live',
    verifiedAt: null,
    rolledBack: null,
    news: [],
    ...rest,
  };
}

/** A folder with these releases, and the host of it. */
function folderWith(ids: readonly string[], storage: ReleaseStorage = fileStorage): { folder: string; host: Host } {
  const folder = temporaryFolder();
  for (const id of ids) write(folder, `releases/${id}/release.json`, JSON.stringify(releaseOf({})));
  const tools = { ...lockTools(storage), clock: () => Date.parse(now) };
  return { folder, host: folderHost(folder, 'our/site', tools, realDisk) };
}

const writeLog = (folder: string, releases: readonly LoggedRelease[], rest: object = {}): void =>
  write(folder, 'publish.json', logText({ ...emptyLog, releases, ...rest }));

const logIn = (folder: string) => parseLog(readFileSync(join(folder, 'publish.json'), 'utf8'));

const rolledBack = { at: now, by: 'person', reason: 'wrong' } as const;

describe('the log of a folder', () => {
  it('has each release that is kept, newest first, when it was deleted', async () => {
    const { folder, host } = folderWith(['R1', 'R3', 'R2']);
    write(folder, 'releases/not-whole/index.html', '');
    write(folder, 'releases/strange/release.json', '{}');
    expect(await host.log()).toEqual({ ...emptyLog, releases: ['R3', 'R2', 'R1'].map((id) => entry(id)) });
  });

  it('only keeps entries of missing releases that were rolled back or are being deployed', async () => {
    const { folder, host } = folderWith(['R2', 'R4']);
    const gone = [
      entry('R5', { state: 'deploying' }),
      entry('R3', { rolledBack }),
      entry('R1', { state: 'failed' }),
      entry('R0'),
    ];
    writeLog(folder, [...gone, entry('R2', { verifiedAt: now }), entry('R6', { state: 'deploying', rolledBack })]);
    expect((await host.log()).releases).toEqual([
      entry('R6', { state: 'deploying', rolledBack, lost: 'removed' }),
      entry('R5', { state: 'deploying' }),
      entry('R4'),
      entry('R3', { rolledBack, lost: 'removed' }),
      entry('R2', { verifiedAt: now }),
    ]);
    write(folder, 'releases/R3/release.json', JSON.stringify(releaseOf({})));
    await host.begin('build');
    expect(findRelease(await host.log(), 'R3'), 'its files are back').toEqual(entry('R3', { rolledBack }));
  });

  it.each(['', '{}', '\0\0\0'])('keeps the entry of a release whose release.json is damaged: %j', async (text) => {
    const { folder, host } = folderWith(['R1', 'R2', 'R3']);
    for (const id of ['R2', 'R3', 'R4']) write(folder, `releases/${id}/release.json`, text);
    const [verified, damaged] = [{ verifiedAt: now }, { verifiedAt: now, lost: 'damaged' }] as const;
    writeLog(folder, [entry('R3', verified), entry('R2', verified), entry('R1', verified)]);
    symlinkSync('releases/R3', join(folder, 'current'));
    const { releases } = await host.log();
    expect(releases).toEqual([entry('R3', damaged), entry('R2', damaged), entry('R1', verified)]);
    await expect(host.restore(entry('R2'), 'R3')).rejects.toThrow(
      new UserError("the files of R2 on our/site are damaged: release.json can't be read. Go back to another release"),
    );
    await host.restore(entry('R1'), 'R3');
    expect(readlinkSync(join(folder, 'current'))).toBe('releases/R1');
    await host.begin('build');
    expect(logIn(folder)?.releases, 'it may be repaired').toEqual([3, 2, 1].map((id) => entry(`R${id}`, verified)));
  });

  it('of a version before 1.0 keeps which releases were verified or rolled back', async () => {
    const { folder, host } = folderWith(['R1', 'R2', 'R3']);
    const first = { form: 1, verified: ['R1', 'R9'], bad: [{ release: 'R3', at: '2026-11-22T14:00:00.000Z' }] };
    write(folder, 'publish.json', JSON.stringify(first));
    expect(await host.log()).toEqual({
      ...emptyLog,
      releases: [
        entry('R3', { rolledBack: { at: '2026-11-22T14:00:00.000Z', by: 'verification', reason: 'unknown' } }),
        entry('R2'),
        entry('R1', { verifiedAt: now }),
      ],
    });
  });

  it.each(['', '[]', '{"form":3}', '{"form":1,"verified":[],"bad":[{"release":"R1","at":"yesterday"}]}'])(
    'that can’t be understood is never replaced: %s',
    async (text) => {
      const { folder, host } = folderWith(['R1']);
      write(folder, 'publish.json', text);
      const message = `${folder}/publish.json can't be read. Delete it: Halfpast then only forgets which releases were verified or rolled back`;
      for (const act of [() => host.log(), () => host.tidy(), () => host.begin('build'), () => host.remove(1)])
        await expect(act()).rejects.toThrow(new UserError(message));
      expect(readFileSync(join(folder, 'publish.json'), 'utf8')).toBe(text);
    },
  );

  it('gets the step that begins, with its time', async () => {
    const { folder, host } = folderWith(['R1']);
    await host.begin('guard');
    expect(logIn(folder)).toEqual({
      ...emptyLog,
      releases: [entry('R1')],
      run: { step: 'guard', startedAt: now },
    });
    expect(readdirSync(folder).sort()).toEqual(['publish.json', 'releases']);
  });

  it('is changed based on its current state, without naming a version', async () => {
    const { host } = folderWith(['R1', 'R2']);
    const { log, version } = await host.changeLog('any', (found) => ({ ...found, releases: found.releases.slice(1) }));
    expect({ log, version }).toEqual({ log: { ...emptyLog, releases: [entry('R1')] }, version: '' });
  });
});

describe('what a folder serves', () => {
  it.each([
    ['releases/R1', 'R1'],
    ['releases/R1/deep', null],
    ['elsewhere/releases/R1', null],
    ['releases/', null],
  ])('by a link to %s: %s', async (target, expected) => {
    const { folder, host } = folderWith(['R1']);
    expect(await host.served(emptyLog)).toBeNull();
    symlinkSync(target, join(folder, 'current'));
    expect(await host.served(emptyLog)).toBe(expected);
  });

  it('is not known where the link is a folder', async () => {
    const { folder, host } = folderWith(['R1']);
    mkdirSync(join(folder, 'current'));
    await expect(host.served(emptyLog)).rejects.toThrow(
      new UserError(
        `${folder}/current is not a link to a release. Move it away: mv ${folder}/current ${folder}/current.old`,
      ),
    );
  });

  it('is read through the link, or from the newest release where the link is lost', async () => {
    const { folder, host } = folderWith(['R1', 'R2']);
    write(folder, 'releases/R1/index.html', 'one');
    write(folder, 'releases/R2/index.html', 'two');
    symlinkSync('releases/R1', join(folder, 'current'));
    expect(await host.live(null).read('index.html')).toBe('one');
    expect(await host.live('R2').read('index.html')).toBe('two');
    expect(host.name).toBe('our/site');
    expect(host.restores).toBe('served');
    expect(host.work).toEqual({ site: join(folder, 'staging/site'), cache: join(folder, 'cache') });
  });

  it('only becomes another release in place of the one that was compared', async () => {
    const { folder, host } = folderWith(['R1', 'R2', 'R3']);
    symlinkSync('releases/R2', join(folder, 'current'));
    await expect(host.restore(entry('R1'), 'R3')).rejects.toThrow(
      new UserError('our/site now serves another release. Run the command again to go back from that one'),
    );
    expect(readlinkSync(join(folder, 'current'))).toBe('releases/R2');
    await host.restore(entry('R1'), 'R2');
    expect(readlinkSync(join(folder, 'current'))).toBe('releases/R1');
    expect(readdirSync(folder).sort()).toEqual(['current', 'releases']);
  });

  it('never becomes a release whose files were removed', async () => {
    const { folder, host } = folderWith(['R2']);
    symlinkSync('releases/R2', join(folder, 'current'));
    await expect(host.restore(entry('R1'), 'R2')).rejects.toThrow(
      new UserError('the files of R1 were removed from our/site. Go back to a release that rollback --list shows'),
    );
    expect(readlinkSync(join(folder, 'current'))).toBe('releases/R2');
  });

  it('becomes a new release, and that of a run that was overtaken is discarded', async () => {
    const { folder, host } = folderWith([]);
    const deploy = async (id: string, replaces: string | null) => {
      write(folder, 'staging/site/index.html', id);
      return host.deploy({ release: entry(id), site: host.work.site, version: '', replaces });
    };
    expect(await deploy('R1', null)).toEqual({ site: join(folder, 'releases/R1') });
    expect(await deploy('R2', null)).toBe('overtaken');
    expect(readdirSync(join(folder, 'releases'))).toEqual(['R1']);
    expect(readdirSync(join(folder, 'staging'))).toEqual(['old-R2']);
    expect(readlinkSync(join(folder, 'current'))).toBe('releases/R1');
    expect(readFileSync(join(folder, 'current/index.html'), 'utf8')).toBe('R1');
  });
});

describe('releases beyond the limit', () => {
  it('are removed with their entries, unless they were rolled back', async () => {
    const { folder, host } = folderWith(['R1', 'R2', 'R3']);
    symlinkSync('releases/R3', join(folder, 'current'));
    const releases = [entry('R3'), entry('R2', { content: '2', rolledBack }), entry('R1', { content: '1' })];
    writeLog(folder, releases);
    await host.remove(3);
    expect(readdirSync(join(folder, 'releases')), 'there are no others').toEqual(['R1', 'R2', 'R3']);
    await host.remove(1);
    expect(readdirSync(join(folder, 'releases'))).toEqual(['R3']);
    expect(logIn(folder)?.releases).toEqual(releases.slice(0, 2));
  });
});

describe('after a run that was killed', () => {
  it.each(['check', 'build', 'deploy'] as const)('during %s, its leftovers are removed', async (step) => {
    const { folder, host } = folderWith(['R1', 'R2', 'R3']);
    const deploying = { state: 'deploying' } as const;
    writeLog(folder, [entry('R3', deploying), entry('R2', deploying), entry('R1')], { run: { step, startedAt: now } });
    symlinkSync('releases/R2', join(folder, 'current'));
    const locks = ['publish.lock-a', 'state.lock-a', 'deliveries.json.lock-a', 'reminders.json.lock-a'];
    const leftOver = ['.current-1', ...locks, '.publish.lock-a', '.state.lock-a', 'x.part'];
    // The build that a killed run began may still be writing to the cache.
    const others = [
      'cache',
      '.htaccess',
      'a.current-1',
      'apublish.lock-a',
      'x.parts',
      'STOP',
      'deliveries.json',
      'deliveries.json.lock',
    ];
    for (const path of ['staging/site/a', ...leftOver, ...others]) write(folder, path, '');
    expect(await host.tidy()).toBe(step);
    expect(readdirSync(folder).sort()).toEqual([...others, 'current', 'publish.json', 'releases', 'staging'].sort());
    expect(readdirSync(join(folder, 'staging'))).toEqual(['old-R3']);
    expect(logIn(folder)).toEqual({
      ...emptyLog,
      releases: [entry('R3', { state: 'failed' }), entry('R2'), entry('R1')],
    });
    expect(await host.tidy(), 'there is nothing to do any more').toBeNull();
    expect(existsSync(join(folder, 'staging'))).toBe(false);
  });
});

describe('after a container was killed', () => {
  const start = Date.parse(now);
  it.each<[string, Readonly<Record<string, number>>]>([
    ['its lock', { 'state.lock': start }],
    ['its lock on the lock of another that was killed', { 'state.lock': start - hour, 'state.lock-aa': start }],
  ])('%s delays a rollback only until the container counts as dead', async (_, touched) => {
    const { folder } = folderWith(['R1', 'R2']);
    symlinkSync('releases/R2', join(folder, 'current'));
    for (const [lock, at] of Object.entries(touched)) {
      symlinkSync('1..aa@elsewhere', join(folder, lock));
      await fileStorage.touch(join(folder, lock), at);
    }
    let time = start;
    const sleep = (length: number): Promise<unknown> => Promise.resolve((time += length));
    const host = folderHost(folder, 'our/site', { ...lockTools(), clock: () => time, sleep }, realDisk);
    await host.restore(entry('R1'), 'R2');
    expect(readlinkSync(join(folder, 'current'))).toBe('releases/R1');
    expect(time - start).toBeLessThan(2.1 * minute);
    expect(readdirSync(folder).sort()).toEqual(['current', 'releases']);
  });
});

describe('a publish to a folder', () => {
  it('says which process it waits for, and removes what it built even if it fails', async () => {
    const { folder, host } = folderWith([]);
    rmSync(folder, { recursive: true });
    const said: string[] = [];
    const work = host.exclusively(
      0,
      (line) => said.push(line),
      async () => {
        write(folder, 'staging/site/a', '');
        await expect(
          host.exclusively(
            -1,
            (line) => said.push(line),
            () => Promise.resolve(),
          ),
        ).rejects.toThrow(/\/publish\.lock is held by process/);
        throw new Error('it failed');
      },
    );
    await expect(work).rejects.toThrow('it failed');
    expect(said).toEqual([`waiting for another publish (process ${process.pid})`]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a folder to publish to', () => {
  const tools = lockTools();
  const failing = (code: string) => ({
    storage: { ...fileStorage, makeFolder: () => Promise.reject(Object.assign(new Error(`it is ${code}`), { code })) },
  });

  it('must exist for everything but a publish', async () => {
    const folder = temporaryFolder();
    await requireFolder(folder, 'our/site', tools);
    await expect(requireFolder(join(folder, 'no'), 'our/site', tools)).rejects.toThrow(
      new UserError("--to: our/site doesn't exist. Correct the path, or publish to it first"),
    );
  });

  it.each([
    ['EEXIST', 'is a file. Name a folder'],
    ['ENOTDIR', 'is below a file. Name another folder'],
    ['ENOENT', "can't be created there. Name another folder"],
    ['ENOSPC', "can't be written: the disk is full"],
    ['EROFS', "can't be written: the disk is read-only"],
    ['EACCES', "can't be written by this user. Check its owner, or name another folder"],
    ['EPERM', "can't be written by this user. Check its owner, or name another folder"],
  ])('is refused for %s in one line', async (code, said) => {
    await expect(requireReleaseFolder('/x', 'our/site', failing(code))).rejects.toThrow(
      new UserError(`--to: our/site ${said}`),
    );
  });

  it('isn’t explained if it fails in another way', async () => {
    await expect(requireReleaseFolder('/x', 'our/site', failing('EIO'))).rejects.toThrow(/^it is EIO$/);
  });

  it.each([
    [],
    ['STOP', '.git', 'cache', 'deliveries.json', 'reminders.json', 'staging', 'publish.lock', 'state.lock'],
    ['releases', 'anything'],
    ['publish.json', 'anything'],
  ])('may have %j', async (...names) => {
    const folder = temporaryFolder();
    for (const name of names) write(folder, name === 'releases' ? 'releases/R1/a' : name, '');
    await requireReleaseFolder(join(folder), 'our/site', tools);
    await requireReleaseFolder(join(folder, 'releases/new/deep'), 'our/site', tools);
    expect(readdirSync(folder).sort()).toEqual([...new Set([...names, 'releases'])].sort());
  });

  it.each(['thesis.doc', 'current.old', 'publish.json.part'])('can’t only contain %s', async (name) => {
    const folder = temporaryFolder();
    write(folder, name, '');
    await expect(requireReleaseFolder(folder, 'our/site', tools)).rejects.toThrow(
      new UserError(
        `our/site contains something other than releases: ${name}. Name a new or empty folder with --to DIR`,
      ),
    );
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('can’t serve a missing release, because there’d be nothing to compare with', async () => {
    const folder = temporaryFolder();
    symlinkSync('releases/R9', join(folder, 'current'));
    const refused = (way: string) => new UserError(`our site/current leads to releases/R9, which isn't there. ${way}`);
    await expect(requireReleaseFolder(folder, 'our site', tools)).rejects.toThrow(
      refused(`Delete it: rm ${folder}/current`),
    );
    for (const id of ['R1', 'R2']) write(folder, `releases/${id}/a`, '');
    await expect(requireReleaseFolder(folder, 'our site', tools)).rejects.toThrow(
      refused('Serve one that is: npx halfpast rollback --to "our site" R2'),
    );
    write(folder, 'releases/R9/a', '');
    await requireReleaseFolder(folder, 'our site', tools);
    for (const target of ['elsewhere/releases/R8', 'releases/R8/deep']) {
      rmSync(join(folder, 'current'));
      symlinkSync(target, join(folder, 'current'));
      await requireReleaseFolder(folder, 'our site', tools);
    }
  });
});
