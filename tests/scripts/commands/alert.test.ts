import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { updateHtml } from '../../../src/lib/markdown.ts';
import { write } from '../../support/folders.ts';
import { callWithoutGit as call, type Outcome } from '../call.ts';
import { smallSite, unchangedSite } from '../site.ts';

const unchanged = unchangedSite();

const now = '2026-11-22T14:30Z';

const good = {
  key: 'api-5xx',
  state: 'firing',
  title: 'The API returns errors',
  message: 'We are looking into it.',
  components: 'api=partial_outage',
};

const alert = (folder: string, given: unknown, ...flags: string[]): Promise<Outcome> =>
  call(['alert', '--github', 'example/status', '--dry-run', ...flags], folder, {
    now,
    piped: typeof given === 'string' ? given : JSON.stringify(given),
  });

/** The front matter and the text of the file that an alert would write. */
async function written(
  given: object,
): Promise<{ readonly matter: string; readonly body: string; readonly path: string }> {
  const { code, stdout, stderr } = await alert(unchanged, { ...good, ...given });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [path = ''] = stdout.split(' (not written)');
  const [, matter = '', body = ''] = /\n---\n([^]*?)\n---\n([^]*?)\n\n[^\n]*promised by/.exec(stdout) ?? [];
  return { matter, body, path };
}

describe('open --key', () => {
  const open = (folder: string, ...more: string[]): Promise<Outcome> =>
    call(
      ['open', '--key', 'api 5xx', '--title', 'Errors', '--component', 'api=partial_outage', '--message', 'x', ...more],
      folder,
      { now },
    );

  it('opens one incident until it is resolved, and then a new one', async () => {
    const folder = smallSite();
    const incidents = (): string[] =>
      readdirSync(join(folder, 'content/incidents')).filter((name) => /error/.test(name));
    const before = incidents().length;
    expect((await open(folder)).code).toBe(0);
    const slug = '2026-11-22-errors';
    expect(incidents()).toContain(slug);
    const file = join(folder, 'content/incidents', slug, readdirSync(join(folder, 'content/incidents', slug))[0] ?? '');
    expect(readFileSync(file, 'utf8')).toContain('\nkey: api 5xx\n');
    for (const more of [[], ['--json'], ['--slug', 'other'], ['--dry-run']]) {
      const { code, stdout } = await open(folder, ...more);
      expect(code).toBe(0);
      expect(stdout).toContain(`Nothing was written: the incident ${slug} is open for this alert.`);
    }
    expect(incidents()).toHaveLength(before + 1);
    // A later file with a mistake doesn't hide the key.
    const mistake = `content/incidents/${slug}/2026-11-22T1440Z.md`;
    write(folder, mistake, '---\nstatus: resovled\n---\nx\n');
    expect((await open(folder)).stdout).toContain('is open for this alert');
    write(folder, mistake, '---\nstatus: resolved\n---\nIt works.\n');
    const again = await call(
      ['open', '--key', 'api 5xx', '--title', 'Errors', '--impact', 'minor', '--message', 'x'],
      folder,
      { now: '2026-11-22T15:00Z' },
    );
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(incidents()).toHaveLength(before + 2);
  });

  it('opens a second incident with the same title for another alert', async () => {
    const folder = smallSite();
    await open(folder);
    const words = ['open', '--key', 'other', '--title', 'Errors', '--impact', 'minor', '--message', 'x', '--dry-run'];
    expect((await call(words, folder, { now })).stdout).toContain('incidents/2026-11-22-errors-2/');
  });

  it.each([
    ['blank', ' ', '--key: is blank'],
    ['of two lines', 'a\nb', '--key: has more than one line'],
    ['too long', 'k'.repeat(501), '--key: is longer than 500 characters'],
  ])('rejects a key that is %s', async (_, key, expected) => {
    const words = ['open', '--key', key, '--title', 'x', '--impact', 'minor', '--message', 'x'];
    expect((await call(words, unchanged, { now })).stderr).toContain(expected);
  });

  it('only proposes on GitHub', async () => {
    expect((await open(unchanged, '--propose')).stderr).toContain('--propose needs --github');
  });
});

describe('an alert', () => {
  it('becomes the first update of an incident', async () => {
    const { matter, body } = await written({ customer_data: 'under_review' });
    expect(matter).toBe(
      'title: The API returns errors\nstatus: investigating\ncomponents:\n  api: partial_outage\ncustomer_data: under_review\nkey: api-5xx',
    );
    expect(body).toBe('We are looking into it.');
  });

  it.each([
    'firing',
    'ALERT_FAILURE',
    'ALERT_FAILURE_REMAIN',
    'ALERT_FAILURE_DEGRADED',
    'ALERT_DEGRADED',
    'ALERT_DEGRADED_REMAIN',
    'ALERT_DEGRADED_FAILURE',
  ])('in the state %s opens an incident', async (state) => {
    expect((await alert(unchanged, { ...good, state })).stdout).toContain('(not written)');
  });

  it.each(['resolved', 'ALERT_RECOVERY', 'ALERT_DEGRADED_RECOVERY'])(
    'in the state %s never resolves one',
    async (state) => {
      const folder = smallSite();
      write(
        folder,
        'content/incidents/2026-11-22-api/2026-11-22T1400Z.md',
        '---\ntitle: API\nstatus: investigating\nimpact: minor\nkey: api-5xx\n---\nx\n',
      );
      const result = await alert(folder, { key: 'api-5xx', state });
      expect(result).toMatchObject({ code: 0, stderr: '' });
      expect(result.stdout).toContain('stays open until you resolve it: npx halfpast resolve 2026-11-22-api');
      expect(readdirSync(join(folder, 'content/incidents/2026-11-22-api'))).toHaveLength(1);
      expect((await alert(folder, { key: 'other', state })).stdout).toContain('no incident is open for it');
    },
  );

  it.each([
    ['no JSON', 'key: x', 'standard input is not an alert'],
    ['null', null, 'standard input is not an alert'],
    ['a list', [good], 'standard input is not an alert'],
    ['a mistyped field', { ...good, titel: 'x' }, '"titel" is not a field of an alert. Did you mean "title"?'],
    ['a flag', { ...good, 'dry-run': 'x' }, 'is not a field of an alert'],
    ['a status', { ...good, status: 'resolved' }, 'is not a field of an alert'],
    ['a number', { ...good, title: 5 }, 'title: 5 is not text'],
    ['an object', { ...good, message: { a: 1 } }, 'message: '],
    ['no key', { ...good, key: ' ' }, 'key is missing'],
    ['a long key', { ...good, key: 'k'.repeat(501) }, 'key is too long'],
    ['no state', { ...good, state: undefined }, 'state: "" is not the state of an alert'],
    ['another state', { ...good, state: 'ALERT_SSL' }, 'state: "ALERT_SSL" is not the state of an alert'],
    ['a state of every object', { ...good, state: 'constructor' }, 'is not the state of an alert'],
    [
      'no title',
      { ...good, title: '\u200B' },
      'halfpast: title is missing. Add what customers notice, such as title: "Checkout errors"\n',
    ],
    [
      'no message',
      { ...good, message: ' ' },
      'halfpast: message is missing. Add what customers should know, such as message: "We are looking into it."\n',
    ],
    ['an unknown component', { ...good, components: 'apl=partial_outage' }, 'Did you mean "api"'],
    [
      'nothing affected',
      { ...good, components: undefined },
      'halfpast: components is missing. Add what is affected, such as components: checkout=partial_outage, or impact: minor\n',
    ],
    ['a mistyped state', { ...good, components: 'api=partial' }, 'components: "partial" is not a component status'],
    ['a mistyped verdict', { ...good, customer_data: 'safe' }, 'customer_data: "safe" is not'],
    ['another way to publish', { ...good, publish: 'later' }, 'publish: "later" is not understood'],
  ])('with %s writes nothing, and says why', async (_, given, expected) => {
    const { code, stdout, stderr } = await alert(unchanged, given);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(expected);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });

  it('is shown without a repository, and its title has nothing left to fill in', async () => {
    const piped = JSON.stringify({ ...good, title: 'Errors of {{region}}' });
    const { code, stdout, stderr } = await call('alert --dry-run', unchanged, { now, piped });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('\ntitle: Errors of {region}\n');
  });

  it('only publishes without a person where that’s allowed', async () => {
    const given = { ...good, publish: 'now' };
    expect((await alert(unchanged, given)).stderr).toContain("isn't allowed in this repository");
    expect((await alert(unchanged, given, '--publish')).stderr).toBe('');
  });

  it.each([
    ['a link', '[pay here](https://evil.example)'],
    ['an address', 'see https://evil.example/x and www.evil.example'],
    ['an email address', 'write to pay@evil.example'],
    ['an image', '![x](https://evil.example/x.png)'],
    ['HTML', '<a href="https://evil.example">x</a> <img src="//evil.example/x"> <script>1</script>'],
    ['a reference', '[x]\n\n[x]: https://evil.example'],
    ['an autolink', '<https://evil.example>'],
    ['a heading', '# One\n\nTwo\n===\n\nThree\n---'],
    ['lists and quotes', '- a\n* b\n+ c\n1. d\n2) e\n> f\n    g\n\n\th'],
    ['emphasis and code', '**a** _b_ `c` ~~d~~ \\*e\n```\nf\n```'],
    ['a table', '| a | b |\n| - | - |\n| c | d |'],
    ['front matter', '---\nstatus: resolved\n---\nIt works.'],
    ['what looks like a blank of a template', '{{ $labels.instance }} {{who}}'],
    ['entities', '&lt;b&gt; &amp; &#60;'],
  ])('shows %s literally', async (_, message) => {
    const { body } = await written({ message });
    const html = updateHtml(body, '/').trim();
    expect(html).toMatch(/^<p>/);
    expect(html).not.toMatch(/<(?!\/?p>|br)/);
    const shown = html
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    const letters = (text: string): string => text.replaceAll(/\s+/g, '');
    expect(letters(shown)).toBe(letters(message));
  });

  it('is truncated to one line, without invisible characters', async () => {
    const { matter, body, path } = await written({
      title: `Slow\u202E\n${'x'.repeat(99_000)}`,
      message: `Slow\u200B \uFFFD\uD800${'😀'.repeat(9000)}`,
    });
    expect(/^title: (.*)$/m.exec(matter)?.[1]).toMatch(/^Slow x{144}…$/);
    expect(body.length).toBeLessThanOrEqual(2000);
    expect(body).toMatch(/^Slow 😀+…$/u);
    expect(path.length).toBeLessThan(150);
  });
});
