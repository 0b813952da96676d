import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, temporaryFolder, write } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';
import { baseOf } from './bench.ts';
import { requireWritable } from './options.ts';

describe('npm run bench', () => {
  it('reports an error in one line, before it measures', () => {
    const folder = join(temporaryFolder(), 'none');
    const args = [join(root, 'tests/bench/main.ts'), '--json', join(folder, 'bench.json')];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: root });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `halfpast: --json: the folder ${folder} does not exist. Create it, or choose another\n`,
    });
  });

  it.each([
    ['{', /\/github-incidents-2020-2024\.json is not JSON .+$/],
    [
      JSON.stringify({ page: { name: 'Acme', url: 'https://status.acme.example' }, incidents: [] }),
      /\/github-incidents-2020-2024\.json has no incidents to repeat\. .+$/,
    ],
  ])('refuses a history that is %s', async (text, message) => {
    const folder = temporaryFolder();
    write(folder, 'github-incidents-2020-2024.json', text);
    write(folder, 'github-components.json', '{ "components": [] }');
    await expect(baseOf(folder)).rejects.toThrow(message);
  });
});

describe('the results file', () => {
  it("is opened to check that it's writable, and left unchanged", async () => {
    const folder = temporaryFolder();
    write(folder, 'old.json', 'old');
    await requireWritable(join(folder, 'old.json'));
    await requireWritable(join(folder, 'new.json'));
    expect(filesBelow(folder)).toEqual(['old.json']);
    expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('old');
  });

  it('can’t be a folder or below a file', async () => {
    const folder = temporaryFolder();
    write(folder, 'file', '');
    await expect(requireWritable(folder)).rejects.toMatchObject({ code: 'EISDIR', path: folder });
    await expect(requireWritable(join(folder, 'file/bench.json'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
