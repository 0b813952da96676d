import { existsSync, symlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileErrorMessage, isDiskFull, withPath, addPath } from '../../../scripts/cli/errors.ts';
import { realDisk, fileStorage } from '../../../scripts/cli/system.ts';
import { temporaryFolder } from '../../support/folders.ts';

const thrownBy = (step: () => Promise<unknown>): Promise<unknown> =>
  step().then(
    () => null,
    (error: unknown) => error,
  );

/** As Node throws it when an open file cannot be written on: without a path. */
const refused = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`${code}: no, write`), { code, syscall: 'write', ...more });

describe('an error of the system is one line', () => {
  it.each([
    ['ENOSPC', 'a file could not be written: the disk is full'],
    ['EDQUOT', "a file could not be written: this user's disk quota is used up"],
    ['EROFS', 'a file could not be written: the disk is read-only'],
    ['EIO', 'a file could not be read or written: the disk itself failed (EIO)'],
    ['EMFILE', 'a file could not be opened: too many files are open'],
    ['ENFILE', 'a file could not be opened: too many files are open on this machine'],
  ])('%s, also when no file is named', (code, line) => {
    expect(fileErrorMessage(refused(code))).toBe(line);
    expect(fileErrorMessage(new Error('The build failed', { cause: refused(code) }))).toBe(line);
    expect(fileErrorMessage(refused(code, { path: '/a' }))).toBe(line.replace('a file', '/a'));
    expect(fileErrorMessage(refused(code, { path: '/from', dest: '/to' })), 'a copy runs short where it goes').toBe(
      line.replace('a file', '/to'),
    );
  });

  it('a name that is too long, and a link in a circle', async () => {
    const folder = temporaryFolder();
    const long = join(folder, 'a'.repeat(300));
    expect(fileErrorMessage(await thrownBy(() => writeFile(long, 'x')))).toBe(
      `${long} has a name that is too long for the disk. Use a shorter one`,
    );
    symlinkSync('circle', join(folder, 'circle'));
    expect(fileErrorMessage(await thrownBy(() => writeFile(join(folder, 'circle'), 'x')))).toBe(
      `${join(folder, 'circle')} is a circular link. Use the folder itself`,
    );
  });

  it('of a full disk, where the write names no file, has the intended file', async () => {
    const folder = temporaryFolder();
    symlinkSync('/dev/full', join(folder, '.note.md.part'));
    const nameless = await thrownBy(() => writeFile('/dev/full', 'x'));
    expect(nameless).not.toHaveProperty('path');
    expect(fileErrorMessage(nameless)).toBe('a file could not be written: the disk is full');
    expect(fileErrorMessage(await thrownBy(() => fileStorage.write('/dev/full', 'x')))).toBe(
      '/dev/full could not be written: the disk is full',
    );
    expect(fileErrorMessage(await thrownBy(() => realDisk.create(join(folder, 'note.md'), 'x')))).toBe(
      `${folder}/note.md could not be written: the disk is full`,
    );
  });

  it('and leaves no empty folder behind', async () => {
    const folder = temporaryFolder();
    const tooLong = 'a'.repeat(255);
    expect(await thrownBy(() => realDisk.create(join(folder, 'new', tooLong), 'x'))).not.toBeNull();
    expect(existsSync(join(folder, 'new'))).toBe(false);
    expect(await thrownBy(() => realDisk.create(join(folder, tooLong), 'x'))).not.toBeNull();
    expect(existsSync(folder), 'one that was there').toBe(true);
  });

  it('with the likely place, if a library doesn’t say', () => {
    expect(
      fileErrorMessage(addPath(new Error('The build failed', { cause: refused('ENOSPC') }), 'a file in /a or /b')),
    ).toBe('a file in /a or /b could not be written: the disk is full');
    expect(fileErrorMessage(addPath(refused('ENOSPC', { path: '/c' }), '/a'))).toBe(
      '/c could not be written: the disk is full',
    );
  });

  it('but a bug isn’t', () => {
    expect(fileErrorMessage(refused('ENOENT'))).toBeNull();
    expect(fileErrorMessage(refused('ERR_ASSERTION', { path: '/a' }))).toBeNull();
    expect(fileErrorMessage('ENOSPC')).toBeNull();
  });
});

describe('a full disk', () => {
  it('is distinguished from other errors', async () => {
    expect(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'].filter((code) => isDiskFull(refused(code)))).toEqual([
      'ENOSPC',
      'EDQUOT',
    ]);
    expect(isDiskFull(await thrownBy(() => withPath('/a', () => Promise.reject(refused('ENOSPC')))))).toBe(true);
    expect(isDiskFull(new Error('a bug'))).toBe(false);
  });
});
