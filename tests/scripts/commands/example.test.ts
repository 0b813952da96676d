import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree } from '../../../src/lib/content/disk.ts';
import { exampleTime } from '../../../src/lib/content/example.ts';
import { sampleContent, temporaryFolder, write } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { call as callWithGit, callWithoutGit as call, hostileEnvironment } from '../call.ts';

const inAYear = { now: '2027-12-24T18:00:00Z' };

function example(): { readonly folder: string; readonly content: string } {
  const folder = temporaryFolder();
  return { folder, content: sampleContent(folder, { isExample: true }) };
}

const open = 'open --title "Checkout errors" --component checkout=partial_outage --message "We are looking into it."';

describe('the included example', () => {
  it('continues from its newest update, even a year later, with every command', async () => {
    const { folder, content } = example();
    const opened = await call(open, folder, inAYear);
    expect(opened.stderr).toBe(
      'This is the included example, so the time is 2026-11-18T11:31Z, a minute after its newest update. For your own page: npx halfpast init\n',
    );
    expect(readdirSync(join(content, 'incidents/2026-11-18-checkout-errors'))).toEqual(['2026-11-18T1131Z.md']);
    await call('update --status identified --message "Found it."', folder, inAYear);
    await call('resolve --customer-data unaffected --message "Fixed."', folder, inAYear);
    expect(readdirSync(join(content, 'incidents/2026-11-18-checkout-errors'))).toEqual([
      '2026-11-18T1131Z.md',
      '2026-11-18T1132Z.md',
      '2026-11-18T1133Z.md',
    ]);
    const status = await call('status', folder, inAYear);
    expect(status.stdout).not.toContain('overdue');
    expect((await call('check', folder, inAYear)).code).toBe(0);
  });

  it.each([
    ['--now', ['--now', '2026-11-22T15:00Z'], {}],
    ['HALFPAST_NOW', [], { HALFPAST_NOW: '2026-11-22T15:00Z' }],
    ['--now before HALFPAST_NOW', ['--now', '2026-11-22T15:00Z'], { HALFPAST_NOW: '2026-11-30T15:00Z' }],
  ])('uses %s instead, if given', async (_, flags, env) => {
    const { folder, content } = example();
    const words = ['open', '--title', 'Slow', '--impact', 'minor', '--message', 'It is slow.', ...flags];
    const { code, stderr } = await call(words, folder, {
      ...inAYear,
      context: { env: { ...hostileEnvironment, ...env } },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(join(content, 'incidents/2026-11-22-slow'))).toEqual(['2026-11-22T1500Z.md']);
  });

  it('refuses a HALFPAST_NOW that isn’t a time', async () => {
    const { folder } = example();
    const { code, stderr } = await call('status', folder, { context: { env: { HALFPAST_NOW: 'noon' } } });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^halfpast: HALFPAST_NOW: "noon" is/) });
  });

  it('isn’t published on GitHub by any command', async () => {
    const { folder } = example();
    execFileSync('git', ['init', '--quiet', '--template='], { cwd: folder });
    for (const command of ['publish prepare', 'watch', 'watch --once']) {
      const { code, stderr } = await callWithGit(`${command} --github dana/status`, folder, {
        context: { env: { ...hostileEnvironment, GITHUB_TOKEN: 'x', GITHUB_API_URL: 'http://127.0.0.1:9' } },
      });
      expect({ command, code, stderr }).toEqual({
        command,
        code: 3,
        stderr:
          'nothing to publish yet: the content is the included example. For your own page, go to Actions, Set up, and select Run workflow; or, in a clone, run: npx halfpast init. Then commit and push\n',
      });
    }
  });

  it('ends with init, whose page begins today', async () => {
    const { folder, content } = example();
    const own = 'init --name Acme --url https://status.acme.example --time-zone UTC --component API';
    expect((await call(own, folder, inAYear)).stderr).toBe('');
    expect(readFileSync(join(content, 'components.yml'), 'utf8')).toContain('since: 2027-12-24');
    expect((await call(open.replace('checkout', 'api'), folder, inAYear)).stderr).toBe('');
    expect(readdirSync(join(content, 'incidents/2027-12-24-checkout-errors'))).toEqual(['2027-12-24T1800Z.md']);
  });
});

describe('the time of the example', () => {
  const at = async (content: string): Promise<string | null> => {
    const time = exampleTime(await readTree(content));
    return time === null ? null : new Date(time).toISOString();
  };

  it('is that of the newest update, entry posted later, or published postmortem', async () => {
    const { content } = example();
    expect(await at(content)).toBe('2026-11-18T11:31:00.000Z');
    write(content, 'maintenance/2026-12-01-checkout-database/2026-11-19T090030Z.md', '---\n---\nStill planned.\n');
    expect(await at(content)).toBe('2026-11-19T09:01:00.000Z');
    write(
      content,
      'incidents/2026-11-01-late/2026-11-01T1000Z.md',
      '---\ntitle: Late\nstatus: resolved\nposted: 2026-11-20T08:00Z\n---\nIt was slow.\n',
    );
    expect(await at(content)).toBe('2026-11-20T08:01:00.000Z');
    const postmortem = join(content, 'postmortems/2026-11-18-card-payments-one-bank.md');
    const text = readFileSync(postmortem, 'utf8');
    writeFileSync(postmortem, text.replace('draft: true', 'published: 2026-11-25T10:00Z'));
    expect(await at(content)).toBe('2026-11-25T10:01:00.000Z');
  });

  it('doesn’t exist for other content, without updates, or if the settings can’t be read', async () => {
    expect(await at(join(root, 'tests/fixtures/good/small'))).toBeNull();
    const { content } = example();
    for (const name of ['incidents', 'maintenance', 'postmortems']) rmSync(join(content, name), { recursive: true });
    expect(await at(content)).toBeNull();
    const broken = example().content;
    write(broken, 'site.yml', 'example: true\nname: [\n');
    expect(await at(broken)).toBeNull();
  });
});
