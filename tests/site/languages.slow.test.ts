import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteFeedProblems } from '../support/feed-rules.ts';
import { filesBelow, sampleContent, write } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { brokenLinks } from '../support/links.ts';
import { troubled, troubledNow } from '../support/page-types.ts';

const base = '/status';
const address = `https://example.github.io${base}`;
const folder = mkdtempSync(join(tmpdir(), 'halfpast-languages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [content, out] = [join(folder, 'content'), join(folder, 'out')];
const read = (path: string): string => readFileSync(join(out, path), 'utf8');
const of = (language: string, kind: RegExp): string[] =>
  filesBelow(join(out, language)).filter((path) => kind.test(path));

/** Paths that all languages share. */
const shared = /^(?:\/(?:ar|de))?\/(?:api|compose|icons|images)\/|^\/(?:embed|feed)\.js$/;
const gift = 'incidents/2026-11-20-gift-cards/2026-11-20T1700Z';

beforeAll(async () => {
  sampleContent(folder);
  troubled(content);
  const settings = readFileSync(join(content, 'site.yml'), 'utf8')
    .replace(/^url:.*$/m, `url: ${address}`)
    .replace(/^locale:.*$/m, 'locales: [en-GB, de, ar]')
    .replace(
      /^support:.*$/m,
      '$&\nfooter: Example Ltd\ntranslations:\n  de:\n    name: Beispiel\n    footer: Beispiel GmbH',
    )
    .replace('  - label: Website', '$&\n    translations:\n      de: { label: Startseite }');
  write(content, 'site.yml', settings);
  const components = readFileSync(join(content, 'components.yml'), 'utf8')
    .replace(
      'name: Checkout',
      '$&\n        translations:\n          de: { name: Kasse, description: Warenkorb und Bestellung }',
    )
    .replace('  - name: Payments', '$&\n    translations:\n      de: { name: Bezahlen }');
  write(content, 'components.yml', components);
  write(
    content,
    `${gift}.de.md`,
    `---\ntitle: Geschenkkarten ausverkauft\n---\nSiehe [Verlauf](${base}/history/) und [Hilfe](../../help/).\n`,
  );
  write(content, 'pages/help.ar.md', '---\ntitle: المساعدة\n---\nاكتب إلينا.\n');
  await succeed(['build', '--content', content, '--out', out, '--cache', join(folder, 'cache'), '--now', troubledNow]);
});

describe('a site in three languages', () => {
  it('has the same pages in each, without broken links', () => {
    expect(of('de', /./)).toEqual(of('ar', /./));
    const first = filesBelow(out).filter((path) => !/^(?:de|ar)\//.test(path));
    const missing = first.filter((path) => !existsSync(join(out, 'de', path)));
    expect(missing.filter((path) => !shared.test(`/${path}`))).toEqual([
      '404.html',
      '_headers',
      'release.json',
      'robots.txt',
      'sitemap.xml',
    ]);
    // The form's script contains text that looks like links.
    expect(brokenLinks(out, address).filter((line) => !line.startsWith('compose/'))).toEqual([]);
  });

  it.each(['de', 'ar'])('stays in /%s/, except for the switcher', (language) => {
    const leaving = of(language, /\.html$/).flatMap((path) => {
      const html = read(`${language}/${path}`).replaceAll(/<[^>]* hreflang=[^>]*>/g, '');
      return [
        ...html.matchAll(/(?:href|src|content|data-incidents)="(?:https:\/\/example\.github\.io)?\/status(\/[^"#]*)/g),
      ]
        .map(([, target = '']) => target)
        .filter((target) => !target.startsWith(`/${language}/`) && !shared.test(target));
    });
    expect(leaving).toEqual([]);
  });

  it('names the other languages of each page for search engines, and links to them', () => {
    for (const path of of('de', /\.html$/).filter(
      (one) => !/^(?:api|components|incidents|maintenance)\/index/.test(one),
    )) {
      const page = path.replace(/index\.html$/, '');
      const alternates = [
        ['en', page],
        ['de', `de/${page}`],
        ['ar', `ar/${page}`],
        ['x-default', page],
      ].map(([tag, at]) => `<link rel="alternate" hreflang="${tag ?? ''}" href="${address}/${at ?? ''}">`);
      for (const prefix of ['', 'de/', 'ar/']) {
        const html = read(`${prefix}${path}`);
        expect(html.match(/<link rel="alternate" hreflang=[^>]*>/g), prefix + path).toEqual(alternates);
        expect(html).toContain(`<link rel="canonical" href="${address}/${prefix}${page}">`);
        if (!path.startsWith('embed')) expect(html).toContain(`<a href="${base}/ar/${page}" lang="ar" hreflang="ar"`);
      }
    }
    const lost = read('404.html');
    expect(lost).not.toContain('rel="alternate" hreflang');
    expect(lost).toContain(`<a href="${base}/de/" lang="de" hreflang="de">`);
    expect(read('sitemap.xml')).toContain(`<loc>${address}/ar/history/</loc>`);
  });

  it('marks the language of each text', () => {
    const [german, arabic] = ['de', 'ar'].map((language) =>
      read(`${language}/incidents/2026-11-20-gift-cards/index.html`),
    );
    expect(german).toContain('<html lang="de">');
    expect(german).toContain('<h1 dir="auto">Geschenkkarten ausverkauft</h1>');
    expect(german).toContain(`href="${address}/de/history/"`);
    expect(german).toContain(`href="${address}/de/help/"`);
    expect(arabic).toContain('<html lang="ar" dir="rtl">');
    expect(arabic).toContain('<h1 dir="auto" lang="en-GB">Gift cards cannot be bought</h1>');
    expect(arabic).toMatch(/<div class="body" lang="en-GB"><p dir="ltr">We are looking into it/);
    expect(read('ar/help/index.html')).toContain('<h1 dir="auto">المساعدة</h1>');
    expect(read('de/help/index.html')).toContain(
      '<article class="article" lang="en-GB"><h1 dir="auto">Getting help</h1>',
    );
  });

  it('has translated names, links and footer in each, as far as there are translations', () => {
    const [english, german, arabic] = ['', 'de/', 'ar/'].map((language) => read(`${language}index.html`));
    for (const text of [
      'Beispiel Status',
      'Beispiel GmbH',
      'Startseite',
      'Kasse',
      'Warenkorb und Bestellung',
      'Bezahlen',
    ]) {
      expect(german).toContain(text);
      expect(english).not.toContain(text);
      expect(arabic).not.toContain(text);
    }
    for (const text of ['Example Ltd', 'Website', 'Checkout', 'Payments']) expect(arabic).toContain(text);
    expect(read('de/components/checkout/index.html')).toContain('<h1 dir="auto">Kasse</h1>');
    expect(read('de/components/checkout/rss.xml')).toContain('<title>Beispiel Status: Kasse</title>');
    expect(read('components/checkout/rss.xml')).toContain('<title>Example status: Checkout</title>');
    expect(read('api/v2/summary.json')).not.toContain('Kasse');
  });

  it('is right to left on every page in Arabic', () => {
    const pages = of('ar', /\.html$/);
    expect(pages.length).toBeGreaterThan(40);
    expect(pages.filter((path) => !/<html lang="ar" dir="rtl"/.test(read(`ar/${path}`)))).toEqual([]);
  });

  it('has the same items in the feeds of each, under the same guids', async () => {
    const found = (path: string, id: RegExp): string[] => [...read(path).matchAll(id)].map(([, guid = '']) => guid);
    for (const [path, id] of [
      ['rss.xml', /<guid isPermaLink="true">(.*?)<\/guid>/g],
      ['history.rss', /<guid isPermaLink="true">(.*?)<\/guid>/g],
      ['postmortems/rss.xml', /<guid isPermaLink="true">(.*?)<\/guid>/g],
      ['atom.xml', /<entry>\s*<id>(.*?)<\/id>/g],
      ['history.atom', /<entry>\s*<id>(.*?)<\/id>/g],
      ['feed.json', /"id":"(.*?)"/g],
      ['maintenance.ics', /^UID:(.*)$/gm],
    ] as const) {
      const guids = found(path, id);
      expect(guids.length, path).toBeGreaterThan(0);
      expect(found(`de/${path}`, id), path).toEqual(guids);
    }
    expect(read('de/rss.xml')).toContain(
      '<title>Wird untersucht: Geschenkkarten ausverkauft (20.11.2026, 17:00 UTC)</title>',
    );
    expect(read('de/rss.xml')).toContain(`<link>${address}/de/${gift.replace(/\/([^/]*)$/, '/#$1')}</link>`);
    expect(await siteFeedProblems(out, address)).toEqual([]);
  });
});
