import { describe, expect, it } from 'vitest';
import { fakes } from '../../support/fake-secrets.ts';
import { filesBelow } from '../../support/folders.ts';
import { put, smallSite } from '../site.ts';
import { callWithoutGit as call } from '../call.ts';

const open = 'incidents/2026-11-22-checkout-errors/2026-11-22T1405Z.md';

describe('commands that write', () => {
  it.each([
    ['open', ['--title', 'Odd', '--impact', 'minor']],
    ['update', ['checkout-errors', '--status', 'identified']],
    ['resolve', ['checkout-errors', '--customer-data', 'unaffected']],
    ['schedule', ['--title', 'Upgrade', '--for', '2026-12-24T22:00Z', '--until', '2026-12-24T23:00Z']],
  ])('%s refuses a credential before it writes, and doesn’t repeat it', async (command, flags) => {
    const folder = smallSite();
    const before = filesBelow(folder);
    for (const json of [[], ['--json']]) {
      const { code, stdout, stderr } = await call(
        [command, ...flags, '--message', `We use ${fakes.github}.`, ...json],
        folder,
      );
      expect(code, stderr).toBe(1);
      expect(`${stdout}${stderr}`).toMatch(
        /nothing was written.*line \d+ of the new file {2}has what looks like a credential \(GitHub Token\)/s,
      );
      expect(`${stdout}${stderr}`).not.toContain(fakes.github.slice(6, 16));
    }
    expect(filesBelow(folder)).toEqual(before);
  });

  it('a title with a credential isn’t repeated, not even as the name of a folder', async () => {
    const { code, stdout, stderr } = await call(
      ['open', '--title', `Rotate ${fakes.github}`, '--impact', 'minor', '--message', 'x'],
      smallSite(),
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.toLowerCase()).toContain('looks like a credential');
    expect(stderr.toLowerCase().replaceAll(/[^a-z0-9]/g, '')).not.toContain(fakes.github.slice(6, 16).toLowerCase());
  });

  it('warn about what probably shouldn’t be public, but write it', async () => {
    const folder = smallSite();
    const { code, stdout } = await call(
      'update checkout-errors --status identified --message "It is db1.shop.internal."',
      folder,
    );
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Warning: line 4 has the internal host name db1\.shop\.internal\./),
    });
  });

  it('build and remind refuse what’s already there', async () => {
    const folder = smallSite();
    put(folder, open, `---\ntitle: Checkout errors\nstatus: investigating\nimpact: minor\n---\n${fakes.aws}\n`);
    expect(await call('remind --dry-run --github dana/status', folder)).not.toMatchObject({ code: 0 });
    const { code, stderr } = await call('build --out site', folder);
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/AWS Access Key ID[\s\S]*nothing was built/),
    });
    expect(stderr).not.toContain(fakes.aws);
  });
});

it('check separates warnings from problems: they stop nothing, and are hidden while there are problems', async () => {
  const folder = smallSite();
  put(folder, open, '---\ntitle: Checkout errors\nstatus: investigating\nimpact: minor\n---\nOn 10.0.0.1.\n');
  expect(await call('check', folder)).toEqual({
    code: 0,
    stdout: '2 incidents, 1 maintenance window, 1 postmortem: no problems, 1 warning\n',
    stderr: `content/${open}:6:4  warning: has the private address 10.0.0.1, which customers cannot reach. Remove it, or add "10.0.0.1" to "allow:" in site.yml\n`,
  });
  expect(JSON.parse((await call('check --json', folder)).stdout)).toMatchObject({
    ok: true,
    problems: [],
    warnings: [{ file: open, line: 6, column: 4 }],
  });
  put(folder, 'stray.txt', 'x');
  const both = await call('check', folder);
  expect(both).toMatchObject({ code: 1, stdout: '' });
  expect(both.stderr).not.toContain('warning');
  expect(JSON.parse((await call('check --json', folder)).stdout)).toMatchObject({
    ok: false,
    problems: [{ file: 'stray.txt' }],
    warnings: [{ file: open }],
  });
});
