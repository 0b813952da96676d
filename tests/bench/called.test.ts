import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, temporaryFolder, write } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';
import { requireWritable } from './options.ts';

/** Calls it as npm does; nothing here comes as far as to measure. */
function called(...words: string[]): { code: number | null; stdout: string; stderr: string } {
  const {
    status: code,
    stdout,
    stderr,
  } = spawnSync(process.execPath, [join(root, 'tests/bench/main.ts'), ...words], {
    encoding: 'utf8',
    cwd: root,
    timeout: 30_000,
  });
  return { code, stdout, stderr };
}

describe('npm run bench', () => {
  it('explains itself', () => {
    expect(called('--help')).toEqual({
      code: 0,
      stdout: expect.stringContaining('Usage: npm run bench -- [flags]\n'),
      stderr: '',
    });
  });

  it('ends a wrong call with 2 and one line', () => {
    expect(called('--runs', '0')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'halfpast: --runs: "0" is not a number from 1 to 60. Type --runs 5\n',
    });
  });

  it('says before anything is measured that there is no folder for the results', () => {
    const folder = join(temporaryFolder(), 'none');
    expect(called('--json', join(folder, 'bench.json'))).toEqual({
      code: 1,
      stdout: '',
      stderr: `halfpast: --json: the folder ${folder} is not there. Make it, or name another\n`,
    });
  });

  it.each([
    ['{', /^halfpast: \S+\/github-incidents-2020-2024\.json is not JSON .+\n$/],
    [
      JSON.stringify({ page: { name: 'Acme', url: 'https://status.acme.example' }, incidents: [] }),
      /^halfpast: \S+\/github-incidents-2020-2024\.json has no incidents to repeat\. .+\n$/,
    ],
  ])('says in one line what is wrong with a history that is %s', (text, told) => {
    const folder = temporaryFolder();
    write(folder, 'github-incidents-2020-2024.json', text);
    write(folder, 'github-components.json', '{ "components": [] }');
    expect(called('--data', folder)).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(told) });
  });

  it('says in one line that another generator could not prepare its content', () => {
    const { code, stderr } = called(
      '--sizes',
      '1',
      '--data',
      temporaryFolder(),
      '--prepare',
      'echo no paper >&2; exit 7',
      '--other',
      'true',
    );
    expect(code).toBe(1);
    expect(stderr.split('\n').slice(1)).toEqual([
      'halfpast: the line behind --prepare ended with 7. It said: no paper',
      '',
    ]);
  });
});

describe('the file for the results', () => {
  it('is tried, and left as it was', async () => {
    const folder = temporaryFolder();
    write(folder, 'old.json', 'old');
    await requireWritable(join(folder, 'old.json'));
    await requireWritable(join(folder, 'new.json'));
    expect(filesBelow(folder)).toEqual(['old.json']);
    expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('old');
  });

  it('may not be a folder, nor lie below a file', async () => {
    const folder = temporaryFolder();
    write(folder, 'file', '');
    await expect(requireWritable(folder)).rejects.toMatchObject({ code: 'EISDIR', path: folder });
    await expect(requireWritable(join(folder, 'file/bench.json'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
