import { spawn } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, temporaryFolder } from '../../support/folders.ts';
import { halfpast, root } from '../../support/halfpast.ts';
import { smallSite } from '../site.ts';

/** Runs a program with something on its standard input. */
function withInput(
  file: string,
  args: readonly string[],
  cwd: string,
  input: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(file, [...args], { cwd });
  return new Promise((resolve) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

describe('the program itself', () => {
  it('uses the right exit code, and keeps stdout and stderr apart', async () => {
    const folder = smallSite();
    expect(await halfpast(['check', '--now', '2026-11-22T15:00Z'], folder)).toEqual({
      code: 0,
      stdout: '2 incidents, 1 maintenance window, 1 postmortem: no problems\n',
      stderr: '',
    });
  });

  it('says in one line that its output can’t be written, and still does its work', async () => {
    const folder = smallSite();
    const ended = await new Promise<{ code: number | null; stderr: string }>((resolve) => {
      const full = openSync('/dev/full', 'w');
      const child = spawn(
        process.execPath,
        [join(root, 'scripts/halfpast.ts'), 'update', '--message', 'x', '--now', '2026-11-22T15:00Z'],
        { cwd: folder, stdio: ['ignore', full, 'pipe'] },
      );
      closeSync(full);
      let stderr = '';
      child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('close', (code) => resolve({ code, stderr }));
    });
    expect(ended).toEqual({ code: 1, stderr: 'halfpast: standard output could not be written: the disk is full\n' });
    expect(filesBelow(folder)).toContain('content/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md');
  });

  it('continues silently when the reader closes the pipe', async () => {
    const script = join(root, 'scripts/halfpast.ts');
    const { stderr } = await withInput(
      'sh',
      ['-c', '"$0" "$1" rollback --help | true', process.execPath, script],
      root,
      '',
    );
    expect(stderr).toBe('');
  });

  it('doesn’t wait for text if nothing is piped in', async () => {
    expect(await halfpast(['update', '--now', '2026-11-22T15:00Z'], smallSite())).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--message is missing'),
    });
  });

  it('reads a text from a pipe, and leaves nothing but the file behind', async () => {
    const folder = smallSite();
    const before = filesBelow(folder);
    const path = 'content/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md';
    const { code } = await withInput(
      process.execPath,
      [join(root, 'scripts/halfpast.ts'), 'update', '--now', '2026-11-22T15:00Z'],
      folder,
      'Ünd still 🔥.\n',
    );
    expect(code).toBe(0);
    expect(readFileSync(join(folder, path), 'utf8')).toBe('---\nstatus: investigating\n---\nÜnd still 🔥.\n');
    expect(filesBelow(folder).filter((one) => !before.includes(one))).toEqual([path]);
  });

  it('starts from the shim that npm links', async () => {
    const { code, stdout } = await withInput(
      process.execPath,
      [join(root, 'bin/halfpast.js'), '--version'],
      smallSite(),
      '',
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('says which Node it needs when this one is too old', async () => {
    const old = [
      '--import',
      "data:text/javascript,Object.defineProperty(process.features, 'typescript', { value: false })",
    ];
    const { code, stdout, stderr } = await withInput(
      process.execPath,
      [...old, join(root, 'bin/halfpast.js'), 'check'],
      smallSite(),
      '',
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^halfpast: this is Node \S+, and Halfpast needs 22\.18 or newer\. .+\n$/),
    });
  });

  it('says in one line that it can’t run below node_modules, where packages are installed', async () => {
    const folder = temporaryFolder();
    const installed = join(folder, 'node_modules/halfpast');
    for (const path of ['package.json', 'bin', 'scripts/halfpast.ts'])
      cpSync(join(root, path), join(installed, path), { recursive: true });
    const ended = await withInput(process.execPath, [join(installed, 'bin/halfpast.js'), 'check'], folder, '');
    expect(ended).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^halfpast: .+ below node_modules, .+ Clone its repository .+ docs\/publishing\.md\n$/,
      ),
    });
  });

  it('says in one line that its working folder was removed', async () => {
    const folder = join(temporaryFolder(), 'gone');
    mkdirSync(folder);
    const { code, stdout, stderr } = await withInput(
      'sh',
      ['-c', 'rmdir "$PWD"; exec "$0" "$@"', process.execPath, join(root, 'bin/halfpast.js'), 'check', '--json'],
      folder,
      '',
    );
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'halfpast: the working folder was removed. Change to another folder with cd, and try again\n',
    });
    expect(JSON.parse(stdout)).toEqual({ ok: false, error: stderr.slice('halfpast: '.length, -1) });
  });
});
