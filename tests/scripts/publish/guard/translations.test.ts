import { expect, it } from 'vitest';
import { compare } from '../../../../scripts/publish/guard/compare.ts';
import type { Files } from './pushes.ts';
import { siteOf, snapshotOf } from './snapshot-of.ts';

const now = Date.parse('2026-11-22T15:00Z');
const update = 'incidents/2026-11-22-a/2026-11-22T1000Z';
const english = '---\ntitle: Errors\nstatus: investigating\nimpact: minor\n---\nIt fails.\n';
const german = '---\ntitle: Fehler\n---\nEs geht nicht.\n';
const edited = english.replace('impact', 'edited: 2026-11-22T11:00Z\nimpact');

const content = (texts: Readonly<Record<string, string>>, languages = 'locales: [en, de]'): Files =>
  new Map([
    ['site.yml', `name: Example\nurl: https://status.example.com\ntime_zone: UTC\n${languages}\n`],
    ['components.yml', 'components:\n  - id: checkout\n    name: Checkout\n'],
    ...Object.entries(texts),
  ]);

async function snapshot(files: Files) {
  const site = siteOf(files, now);
  if (site === null) throw new Error('not faultless');
  const made = await snapshotOf(site);
  // As in a built site, each language has an index and its postmortems.
  const indexes = site.settings.languages.flatMap(({ folder }) => [
    [`${folder}/`, 1000],
    ...site.postmortems.map(({ slug }) => [`${folder}/postmortems/${slug}/`, 1000]),
  ]);
  return { ...made, pages: { ...made.pages, ...Object.fromEntries(indexes) } };
}

const holidays =
  '---\ntitle: Holidays\nfrom: 2026-11-22T09:00Z\nuntil: 2026-12-02T09:00Z\n---\nNobody answers until Monday.\n';
const ferien = '---\ntitle: Ferien\n---\nBis Montag antwortet niemand.\n';
const announced = { 'announcements/holidays.md': holidays, 'announcements/holidays.de.md': ferien };
const over = {
  'incidents/2026-11-20-a/2026-11-20T1000Z.md':
    '---\ntitle: Errors\nstatus: investigating\nimpact: minor\n---\nIt fails.\n',
  'incidents/2026-11-20-a/2026-11-20T1100Z.md': '---\nstatus: resolved\n---\nIt works.\n',
};
const long = 'Wir haben viel gelernt. '.repeat(20);
const postmortem = 'postmortems/2026-11-20-a';
const account = {
  ...over,
  [`${postmortem}.md`]: `---\ntitle: A\npublished: 2026-11-21T09:00Z\nnotify: true\nauthors: [Dana]\nsummary: S\ncustomer_data: unaffected\n---\n${'We learned much. '.repeat(20)}\n`,
};
const bericht = (summary: string, body: string) => ({
  ...account,
  [`${postmortem}.de.md`]: `---\ntitle: A auf Deutsch\nsummary: ${summary}\n---\n${body}\n`,
});

const live = { [`${update}.md`]: english, [`${update}.de.md`]: german };
const changed = { ...live, [`${update}.de.md`]: german.replace('nicht', 'nicht mehr') };
const without = { [`${update}.md`]: english };

it.each<[string, Files, Files, string | null]>([
  ['nothing about the same', content(live), content(live), null],
  ['nothing about a new translation', content(without), content(live), null],
  ['a changed text', content(live), content(changed), 'is live with different text in de'],
  [
    'a changed title',
    content(live),
    content({ ...live, [`${update}.de.md`]: german.replace('Fehler', 'Störung') }),
    'is live with different text in de',
  ],
  ['a removed translation', content(live), content(without), 'is live with different text in de'],
  [
    'a changed text that is marked, which nothing has to allow',
    content(live),
    content({ ...changed, [`${update}.md`]: edited }),
    'marked',
  ],
  [
    'nothing about a new translation of an announcement',
    content({ 'announcements/holidays.md': holidays }),
    content(announced),
    null,
  ],
  [
    'a changed translation of an announcement',
    content(announced),
    content({ ...announced, 'announcements/holidays.de.md': ferien.replace('Montag', 'Dienstag') }),
    'is live with different text in de: feed readers in that language would show it again',
  ],
  [
    'a removed translation of an announcement',
    content(announced),
    content({ 'announcements/holidays.md': holidays }),
    'is live with different text in de: feed readers in that language would show it again',
  ],
  ['nothing about a new translation of a postmortem', content(account), content(bericht('Z', 'Kurz.')), null],
  [
    'a changed summary in the translation of a postmortem',
    content(bericht('Z', long)),
    content(bericht('Y', long)),
    'is live with different text in de: feed readers in that language would show it again',
  ],
  [
    'nothing about a corrected text in the translation of a postmortem',
    content(bericht('Z', long)),
    content(bericht('Z', long.replace('viel', 'sehr viel'))),
    null,
  ],
  [
    'a translation of a postmortem that lost most of its text',
    content(bericht('Z', long)),
    content(bericht('Z', 'Wir.')),
    expect.stringMatching(
      /^the page \/de\/postmortems\/2026-11-20-a\/ has \d+ characters, down from \d+ on the live site$/,
    ) as string,
  ],
  [
    'a removed language once',
    content(live),
    content(without, 'locale: en'),
    '/de/ is live, but the language is missing from locales: in site.yml',
  ],
])('the guard finds %s', async (_, before, after, expected) => {
  const found = compare(await snapshot(after), await snapshot(before));
  expect(found.map(({ what, marked }) => (marked === true ? 'marked' : what))).toEqual(
    expected === null ? [] : [expected],
  );
});
