import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { awaitPages } from '../../../scripts/publish/doctor.ts';
import type { GitHubPort, PagesSettings } from '../../../scripts/github/port.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { callWithoutGit as call, hostileEnvironment, type Outcome } from '../call.ts';

const whole = {
  name: 'Acme',
  address: '',
  time_zone: 'Europe/Berlin',
  components: 'Website, checkout=Checkout and payments',
  support: '',
  accent: '',
};

function copy(): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true });
  return folder;
}

/** Nothing is asked of GitHub: a wrong form ends before. */
function setUp(folder: string, form: object, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return call('set-up --github dana/status', folder, {
    piped: JSON.stringify(form),
    context: { env: { ...hostileEnvironment, GITHUB_TOKEN: 'x', GITHUB_API_URL: 'http://127.0.0.1:9', ...env } },
  });
}

describe('the form', () => {
  it.each([
    [{ name: ' ' }, 'name is missing. Enter it, such as Acme'],
    [{ time_zone: '' }, 'time_zone is missing. Enter it, such as Europe/Berlin'],
    [{ time_zone: 'Europe/Berln' }, /^time_zone: "Europe\/Berln" is not .*"Europe\/Berlin"/],
    [{ components: ' , ' }, /^components is missing/],
    [{ components: '' }, /^components is missing/],
    [{ components: 'Website, website=The site' }, /^components: two components have the id "website"/],
    [{ components: 'Ünï=x' }, /^components: .* has no id that fits/],
    [{ components: 'checkout=' }, /^components: "checkout=" has no name/],
    [{ accent: 'greenish' }, /^accent: /],
    [{ support: 'call us' }, /^support: /],
    [{ address: 'not an address' }, /^address: /],
    [{ adress: 'x' }, '"adress" is not a field of the form. Did you mean "address"?'],
  ])('with %o ends with one line that names the field', async (wrong, expected) => {
    const { code, stdout, stderr } = await setUp(copy(), { ...whole, ...wrong });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    const line = stderr.replace(/^halfpast: /, '').trimEnd();
    if (typeof expected === 'string') expect(line).toBe(expected);
    else expect(line).toMatch(expected);
  });

  it('needs an address if GitHub Pages is elsewhere', async () => {
    const { stderr } = await setUp(copy(), whole, { GITHUB_SERVER_URL: 'https://github.acme.example' });
    expect(stderr).toBe('halfpast: address is missing. Enter the address that Settings, Pages shows\n');
  });

  it('doesn’t change a page that isn’t the example', async () => {
    const folder = copy();
    writeFileSync(join(folder, 'content/site.yml'), 'name: Mine\nurl: https://a.example\ntime_zone: UTC\n');
    expect(await setUp(folder, whole)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'halfpast: nothing was changed: content is already the page of "Mine". To change it, edit content/site.yml\n',
    });
  });
});

describe('waiting for GitHub Pages', () => {
  const url = 'https://status.acme.example';
  const page = 'https://github.com/dana/status';
  const on = { source: 'workflow', url: `${url}/` };

  /** How it ends, when GitHub answers with these settings, the last one from then on. */
  async function ended(...answers: readonly (PagesSettings | null)[]): Promise<{ lines: string[]; seconds: number }> {
    const left = [...answers];
    const port = { pages: () => Promise.resolve((left.length > 1 ? left.shift() : left[0]) ?? null) };
    const lines: string[] = [];
    let now = 0;
    const machine = {
      clock: () => now,
      sleep: (time: number) => Promise.resolve(void (now += time)),
      stdout: (text: string) => void lines.push(text),
    };
    await awaitPages(port as unknown as GitHubPort, { url, page }, machine).catch((error: unknown) =>
      lines.push(String(error)),
    );
    return { lines, seconds: now / 1000 };
  }

  const off = `Pages is off. Select GitHub Actions as the source: ${page}/settings/pages`;

  it('continues after the setting is changed, and says once what it’s waiting for', async () => {
    expect(await ended(on)).toEqual({ lines: [], seconds: 0 });
    expect(await ended(null, null, on)).toEqual({ lines: [`Waiting: ${off}\n`], seconds: 10 });
  });

  it.each([
    [
      'a branch as the source',
      { source: 'legacy', url: null },
      'the source of Pages is a branch. Select GitHub Actions:',
    ],
    ['another address', { source: 'workflow', url: 'https://dana.github.io/status' }, 'but Pages serves'],
  ])('also waits with %s', async (_, settings, expected) => {
    const { lines, seconds } = await ended(null, settings, on);
    expect({ seconds, lines: lines.length }).toEqual({ seconds: 10, lines: 2 });
    expect(lines[1]).toContain(expected);
  });

  it('ends after eight minutes, and says what’s missing', async () => {
    expect(await ended(null)).toEqual({
      lines: [
        `Waiting: ${off}\n`,
        `Error: nothing was published: ${off}. Then go to Actions, Publish, and select Run workflow`,
      ],
      seconds: 480,
    });
  });
});
