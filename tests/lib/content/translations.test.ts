import { describe, expect, it } from 'vitest';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { siteIn, titleLanguage } from '../../../src/lib/domain/site-language.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { textLanguage } from '../../../src/lib/domain/translation.ts';
import { updateRecords } from '../../../src/lib/api/history.ts';
import { fixtureNow, goodSite } from './fixture.ts';

const tree = await readTree(goodSite);
const settings = 'name: Example\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n';
const folder = 'incidents/2026-11-22-a';
const original = {
  [`${folder}/2026-11-22T1000Z.md`]:
    '---\ntitle: Errors\nstatus: investigating\nimpact: minor\nremedy: No charge.\n---\nIt fails.\n',
  [`${folder}/2026-11-22T1030Z.md`]: '---\nstatus: identified\n---\nWe know why.\n',
};

async function check(texts: Readonly<Record<string, string>>, languages = 'locales: [en, de, pt-BR]') {
  const given = { ...original, 'site.yml': `${settings}${languages}\n`, ...texts };
  const files = Object.entries(given).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const kept = tree.files.filter(({ path }) => !(path in given) && !/^(?:incidents|postmortems|templates)/.test(path));
  return checkContent({ ...tree, files: [...kept, ...files] }, fixtureNow);
}

async function site(texts: Readonly<Record<string, string>>, languages?: string): Promise<Site> {
  const checked = await check(texts, languages);
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.site;
}

const names = {
  'components.yml': `components:
  - id: checkout
    name: Checkout
    description: Basket and payment
    translations:
      de:
        name: Kasse
groups:
  - name: Partners
    translations:
      de:
        name: Partner
      pt-BR:
        name: Parceiros
    components:
      - id: api
        name: API
        description: For programs
        translations:
          de:
            description: Für Programme
      - id: website
        name: Website
`,
  'site.yml': `${settings}locales: [en, de, pt-BR]
support: https://www.example.com/support
footer: Example Ltd
links:
  - label: Imprint
    url: https://www.example.com/imprint
    translations:
      de:
        label: Impressum
        url: https://www.example.com/de/impressum
translations:
  de:
    name: Beispiel
    support: https://www.example.com/de/hilfe
    footer: Beispiel GmbH
`,
};

const german = '---\ntitle: Fehler\nremedy: Kostenlos.\n---\nEs geht nicht.\n';

describe('what check reports about translations', () => {
  const first = `${folder}/2026-11-22T1000Z`;
  it.each<[string, Record<string, string>, string | undefined, readonly string[]]>([
    [
      'nothing',
      { [`${first}.de.md`]: german, [`${folder}/2026-11-22T1030Z.de.md`]: '---\n---\nText.\n' },
      undefined,
      [],
    ],
    [
      'that the original is missing',
      { [`${folder}/2026-11-22T1100Z.de.md`]: german },
      undefined,
      [
        '2026-11-22T1100Z.de.md:1 translates 2026-11-22T1100Z.md, which does not exist. Did you mean 2026-11-22T1000Z.md?',
      ],
    ],
    [
      'that the whole incident is missing',
      { 'incidents/2026-11-22-b/2026-11-22T1100Z.de.md': german },
      undefined,
      [
        '2026-11-22T1100Z.de.md:1 translates 2026-11-22T1100Z.md, which does not exist. Write that first, or delete this file',
      ],
    ],
    [
      'that the site lacks the language',
      { [`${first}.ja.md`]: german },
      undefined,
      [
        '2026-11-22T1000Z.ja.md:1 is in "ja", which is not a language of this site (en, de, pt-BR). Add ja to locales: in site.yml, such as locales: [en, de, pt-BR, ja], or move it elsewhere',
      ],
    ],
    [
      'that a site with one language lacks it',
      { [`${first}.de.md`]: german },
      'locale: en-GB',
      [
        '2026-11-22T1000Z.de.md:1 is in "de", which is not the language of this site (en). Add de to locales: in site.yml, such as locales: [en-GB, de], or move it elsewhere',
      ],
    ],
    [
      'that there is no such language',
      { [`${first}.la.md`]: german },
      undefined,
      [
        '2026-11-22T1000Z.la.md:1 is in "la", which is not a language of this site (en, de, pt-BR). Delete it, or move it elsewhere',
      ],
    ],
    ...['DE', 'de-AT', 'pt', 'pt-br'].map((tag): [string, Record<string, string>, undefined, string[]] => {
      const right = tag.startsWith('pt') ? 'pt-BR' : 'de';
      return [
        `how to write ${tag}`,
        { [`${first}.${tag}.md`]: german },
        undefined,
        [`2026-11-22T1000Z.${tag}.md:1 has "${tag}" in its name. Rename it to 2026-11-22T1000Z.${right}.md`],
      ];
    }),
    [
      'which fields only the original has, and which are unknown',
      { [`${first}.de.md`]: '---\ntitel: Fehler\nstatus: identified\nedited: 2026-11-22T12:00Z\n---\nText.\n' },
      undefined,
      [
        '2026-11-22T1000Z.de.md:2 is not a known field. Did you mean "title"?',
        '2026-11-22T1000Z.de.md:3 is the same in every language, and comes from the original. Delete this line',
        '2026-11-22T1000Z.de.md:4 is the same in every language, and comes from the original. Delete this line',
      ],
    ],
    [
      'that there is no text, or one of a template',
      { [`${first}.de.md`]: '---\ntitle: Fehler\n---\n', [`${first}.pt-BR.md`]: '---\ntitle: Erros\n---\n{{texto}}\n' },
      undefined,
      [
        '2026-11-22T1000Z.de.md:3 has no text. Below the second "---", write what customers should know',
        '2026-11-22T1000Z.pt-BR.md:4 still has the template placeholder "{{texto}}". Fill it in or delete it; if you mean the braces, put them in backticks',
      ],
    ],
    [
      'what announcements and pages need',
      {
        'announcements/a.md': '---\ntitle: A\nfrom: 2026-11-20T08:00Z\nuntil: 2026-12-20T08:00Z\n---\nText.\n',
        'announcements/a.de.md': '---\nfrom: 2026-11-20T08:00Z\n---\nText.\n',
        'pages/help.md': '---\ntitle: Help\n---\nText.\n',
        'pages/help.de.md': '---\ntitle: Hilfe\nnavigation: 1\n---\nText.\n',
        'pages/about.de.md': '---\ntitle: Wir\n---\nText.\n',
      },
      undefined,
      [
        'a.de.md:2 is missing. Add title: Fehler beim Bezahlen',
        'a.de.md:2 is the same in every language, and comes from the original. Delete this line',
        'about.de.md:1 translates about.md, which does not exist. Write that first, or delete this file',
        'help.de.md:3 is the same in every language, and comes from the original. Delete this line',
      ],
    ],
  ])('%s', async (_, texts, languages, expected) => {
    const checked = await check(texts, languages);
    const problems = 'problems' in checked ? checked.problems : [];
    const lines = problems.map(({ file, line, message }) => `${file.split('/').at(-1) ?? ''}:${line} ${message}`);
    expect(lines.toSorted()).toEqual(expected.toSorted());
  });

  it('includes a missing title, as a warning', async () => {
    const checked = await check({ [`${first}.de.md`]: '---\n---\nEs geht nicht.\n' });
    expect(checked.warnings.map(({ file, message }) => `${file} ${message}`)).toContain(
      `${first}.de.md has no title, so readers of this language see "Errors". Add title: and its translation`,
    );
  });

  describe('with a field that the original lacks', () => {
    const only = (name: string, original: string): string =>
      `is only in this language, because ${original} has no ${name}:. Add it there too, or delete this line`;
    const second = `${folder}/2026-11-22T1030Z`;
    const bare = { [`${first}.md`]: '---\ntitle: Errors\nstatus: investigating\nimpact: minor\n---\nIt fails.\n' };
    const translated = { [`${first}.de.md`]: german };
    const renamed = { [`${second}.de.md`]: '---\ntitle: Ganz anders\n---\nText.\n' };
    const work = 'maintenance/2026-12-01-database-upgrade';
    const postmortem = 'postmortems/2026-11-22-a';
    const fields = 'title: A\nsummary: S.\n';
    const original = `---\n${fields}published: 2026-11-22T12:00Z\nnotify: false\nauthors: [Dana]\ncustomer_data: unaffected\n---\nText.\n`;
    const about = (lines: string) => ({
      [`${postmortem}.md`]: original,
      [`${postmortem}.de.md`]: `---\n${fields}${lines}\n---\nText.\n`,
    });

    it.each<[string, 'problem' | 'warning' | 'nothing', Record<string, string>, string?]>([
      ['a remedy', 'problem', { ...bare, ...translated }, `1000Z.de.md:3 ${only('remedy', '2026-11-22T1000Z.md')}`],
      [
        'a remedy, in the first language',
        'warning',
        { ...bare, [`${first}.en.md`]: german },
        `1000Z.en.md:3 ${only('remedy', '2026-11-22T1000Z.md')}`,
      ],
      [
        'another remedy than before',
        'warning',
        { ...translated, [`${second}.de.md`]: '---\nremedy: Geld zurück.\n---\nText.\n' },
        `1030Z.de.md:2 ${only('remedy', '2026-11-22T1030Z.md')}`,
      ],
      [
        'the same remedy as before',
        'nothing',
        { ...translated, [`${second}.de.md`]: '---\nremedy: Kostenlos.\n---\nText.\n' },
      ],
      [
        'a new title',
        'warning',
        { ...translated, ...renamed },
        `1030Z.de.md:2 ${only('title', '2026-11-22T1030Z.md')}`,
      ],
      [
        'a new title, though the first one has no translation',
        'warning',
        renamed,
        `1030Z.de.md:2 ${only('title', '2026-11-22T1030Z.md')}`,
      ],
      [
        'the same title as before',
        'nothing',
        { ...translated, [`${second}.de.md`]: '---\ntitle: Fehler\n---\nText.\n' },
      ],
      [
        'a new title of maintenance',
        'warning',
        {
          [`${work}/2026-11-22T1000Z.md`]: '---\nstatus: scheduled\n---\nText.\n',
          [`${work}/2026-11-22T1000Z.de.md`]: '---\ntitle: Neu\n---\nText.\n',
        },
        `1000Z.de.md:2 ${only('title', '2026-11-22T1000Z.md')}`,
      ],
      [
        'a remedy in a postmortem that its incident lacks, too',
        'problem',
        { ...bare, ...about('remedy: Kostenlos.') },
        `a.de.md:4 ${only('remedy', '2026-11-22-a.md')}`,
      ],
      [
        'a remedy in a postmortem that its incident has',
        'warning',
        about('remedy: Kostenlos.'),
        `a.de.md:4 ${only('remedy', '2026-11-22-a.md')}`,
      ],
      [
        'lessons in a postmortem',
        'warning',
        about('lessons:\n  - Eine.'),
        `a.de.md:5 ${only('lessons', '2026-11-22-a.md')}`,
      ],
    ])('such as %s (%s)', async (_, kind, texts, expected) => {
      const checked = await check(texts, 'locales: [en, de]');
      const problems = 'problems' in checked ? checked.problems : [];
      const lines = (found: typeof problems): string[] =>
        found
          .filter(({ message }) => message.includes('only in this language'))
          .map(({ file, line, message }) => `${file.replace(/^.*T(?=1)|^.*-/, '')}:${line} ${message}`);
      expect({ problems: lines(problems), warnings: lines(checked.warnings) }).toEqual({
        problems: kind === 'problem' ? [expected] : [],
        warnings: kind === 'warning' ? [expected] : [],
      });
    });
  });

  it.each([
    [
      'locale: en\nlocales: [en, de]',
      ['locale: is set, and so is locales:. Keep locales: for several languages, or locale: for one'],
    ],
    ['locales: [en-GB, de, en-US]', ['locales.3: is the same language as en-GB. Keep one of them']],
    ['locales: []', ['locales: is an empty list. Add a locale, or delete it']],
    ['locales: de', ['locales: "de" is not a list. Put each item on its own line, like "  - en-GB"']],
    ['locales: [en, la]', [expect.stringMatching(/^locales\.2: "la" has no translation yet/)]],
  ])('of the setting %j', async (languages, expected) => {
    const checked = await check({}, languages);
    const problems = 'problems' in checked ? checked.problems : [];
    expect(problems.map(({ field, message }) => `${field ?? ''}: ${message}`)).toEqual(expected);
  });
});

describe('what check reports about translated names', () => {
  const components = (translations: string): Record<string, string> => ({
    'components.yml': `components:\n  - id: checkout\n    name: Checkout\n    translations:\n      ${translations}\n`,
  });
  const settingsWith = (lines: string): Record<string, string> => ({
    'site.yml': `${settings}locales: [en, de, pt-BR]\n${lines}\n`,
  });
  it.each<[string, Record<string, string>, string | undefined, readonly string[]]>([
    ['nothing', names, undefined, []],
    [
      'that the site lacks the language',
      components('fr: { name: Caisse }'),
      undefined,
      [
        'components.yml:5:7 components.1.translations.fr "fr" is not a language of this site (en, de, pt-BR). Add fr to locales: in site.yml, such as locales: [en, de, pt-BR, fr], or delete this translation',
      ],
    ],
    [
      'that a site with one language lacks it',
      components('de: { name: Kasse }'),
      'locale: en-GB',
      [
        'components.yml:5:7 components.1.translations.de "de" is not the language of this site (en). Add de to locales: in site.yml, such as locales: [en-GB, de], or delete this translation',
      ],
    ],
    [
      'that there is no such language',
      components('la: { name: Cassa }'),
      undefined,
      [
        'components.yml:5:7 components.1.translations.la "la" is not a language of this site (en, de, pt-BR). Delete this translation',
      ],
    ],
    [
      'how to write a language',
      components('pt-br: { name: Caixa }'),
      undefined,
      ['components.yml:5:7 components.1.translations.pt-br "pt-br" is not a language of this site. Write it as pt-BR'],
    ],
    [
      'that the first language needs none',
      components('en: { name: Checkout }'),
      undefined,
      [
        'components.yml:5:7 components.1.translations.en "en" is the first language of this site, whose texts are the fields themselves. Write them there, and delete this translation',
      ],
    ],
    [
      'which fields are unknown',
      components('de: { nmae: Kasse, id: kasse }'),
      undefined,
      [
        'components.yml:5:13 components.1.translations.de.nmae is not a known field. Did you mean "name"?',
        'components.yml:5:26 components.1.translations.de.id is not a known field. Use one of: name, description.',
      ],
    ],
    [
      'how to write a translation',
      components('de: Kasse'),
      undefined,
      ['components.yml:5:11 components.1.translations.de "Kasse" is not a translation. Write "name: Kasse" below it'],
    ],
    [
      'the same in site.yml',
      settingsWith(
        'links:\n  - label: Imprint\n    url: https://example.com\n    translations: { ja: { label: x } }\ntranslations:\n  fr: { name: Exemple }',
      ),
      undefined,
      [
        'site.yml:8:21 links.1.translations.ja "ja" is not a language of this site (en, de, pt-BR). Add ja to locales: in site.yml, such as locales: [en, de, pt-BR, ja], or delete this translation',
        'site.yml:10:3 translations.fr "fr" is not a language of this site (en, de, pt-BR). Add fr to locales: in site.yml, such as locales: [en, de, pt-BR, fr], or delete this translation',
      ],
    ],
    [
      'what a footer must not have',
      settingsWith(`translations:\n  de: { footer: "${'> '.repeat(40)}x" }`),
      undefined,
      [expect.stringMatching(/^site\.yml:6:17 translations\.de\.footer nests quotes or lists/)],
    ],
  ])('%s', async (_, texts, languages, expected) => {
    const checked = await check(texts, languages);
    const problems = 'problems' in checked ? checked.problems : [];
    expect(
      problems.map(({ file, line, column, field, message }) => `${file}:${line}:${column} ${field ?? ''} ${message}`),
    ).toEqual(expected);
  });
});

const facts = ({ incidents: [incident], settings: shown }: Site) => ({
  title: incident?.title,
  titleIn: incident === undefined ? null : titleLanguage(incident, shown),
  remedy: incident?.remedy,
  bodies: incident?.updates.map(({ record }) => [textLanguage(record, shown), record.body]),
});

describe('a site shows', () => {
  const translated = { [`${folder}/2026-11-22T1000Z.de.md`]: german };
  const inGerman = (shown: Site) => siteIn(shown, { locale: 'de', language: 'de', folder: '/de' });

  it("the translation in its language, or the original if there's none", async () => {
    const english = await site(translated);
    const bodies = (first: string, second: string) => [
      [null, first],
      [second === 'en' ? 'en' : null, 'We know why.'],
    ];
    expect(facts(english)).toEqual({
      title: 'Errors',
      titleIn: null,
      remedy: 'No charge.',
      bodies: bodies('It fails.', ''),
    });
    expect(facts(inGerman(english))).toEqual({
      title: 'Fehler',
      titleIn: null,
      remedy: 'Kostenlos.',
      bodies: bodies('Es geht nicht.', 'en'),
    });
    const brazilian = siteIn(english, { locale: 'pt-BR', language: 'pt-BR', folder: '/pt-br' });
    expect(facts(brazilian).bodies).toEqual([
      ['en', 'It fails.'],
      ['en', 'We know why.'],
    ]);
    expect(siteIn(english, english.settings.languages[0])).toBe(english);
    expect(inGerman(english), 'made once').toBe(inGerman(english));
  });

  it('translated names and links, or the originals if there are none', async () => {
    const english = await site(names);
    const shown = ({ groups, settings: { name, support, footer, links, locale, folder: at } }: Site) => ({
      groups: groups.map(({ name: heading, components }) => [
        heading,
        components.map((component) => [component.name, component.description]),
      ]),
      site: [name, support, footer, locale, at],
      links: links.map(({ label, url, header }) => [label, url, header]),
    });
    const originals = {
      groups: [
        [null, [['Checkout', 'Basket and payment']]],
        [
          'Partners',
          [
            ['API', 'For programs'],
            ['Website', null],
          ],
        ],
      ],
      site: ['Example', 'https://www.example.com/support', 'Example Ltd', 'en', ''],
      links: [['Imprint', 'https://www.example.com/imprint', false]],
    };
    expect(shown(english)).toEqual(originals);
    expect(shown(inGerman(english))).toEqual({
      groups: [
        [null, [['Kasse', 'Basket and payment']]],
        [
          'Partner',
          [
            ['API', 'Für Programme'],
            ['Website', null],
          ],
        ],
      ],
      site: ['Beispiel', 'https://www.example.com/de/hilfe', 'Beispiel GmbH', 'de', '/de'],
      links: [['Impressum', 'https://www.example.com/de/impressum', false]],
    });
    const brazilian = siteIn(english, { locale: 'pt-BR', language: 'pt-BR', folder: '/pt-br' });
    expect(shown(brazilian).groups[1]?.[0]).toBe('Parceiros');
    expect(shown(brazilian).links).toEqual(originals.links);
  });

  it('a newer title without a translation', async () => {
    const renamed = '---\ntitle: Errors everywhere\nstatus: identified\n---\nWe know why.\n';
    const shown = inGerman(await site({ ...translated, [`${folder}/2026-11-22T1030Z.md`]: renamed }));
    expect(facts(shown)).toMatchObject({ title: 'Errors everywhere', titleIn: 'en' });
  });

  it('the translation into its first language instead of the original, which other languages show', async () => {
    const only = await site(translated, 'locale: de-AT');
    expect(facts(only)).toMatchObject({ title: 'Fehler', titleIn: null, remedy: 'Kostenlos.' });
    const both = await site(translated, 'locales: [de, en]');
    expect(facts(both).title).toBe('Fehler');
    const english = siteIn(both, { locale: 'en', language: 'en', folder: '/en' });
    // Nothing says whether the original is in English.
    expect(facts(english)).toMatchObject({ title: 'Errors', titleIn: '', remedy: 'No charge.' });
    expect(facts(english).bodies?.[0]).toEqual(['', 'It fails.']);
  });

  it('no trace of translations if there are none', async () => {
    const [plain, withGerman] = [await site({}), await site(translated)];
    expect(updateRecords(plain).some((record) => 'translations' in record)).toBe(false);
    expect(updateRecords(withGerman).map(({ hash }) => hash)).toEqual(updateRecords(plain).map(({ hash }) => hash));
    expect(updateRecords(withGerman).find(({ translations }) => translations)?.translations).toEqual({
      de: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });
});
