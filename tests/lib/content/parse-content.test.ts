import { expect, it } from 'vitest';
import { parseContent } from '../../../src/lib/content/check-content.ts';

const now = Date.parse('2026-11-20T12:00Z');
const site = 'name: Acme\nurl: https://status.example.com\ntime_zone: UTC\n';

function parse(texts: Readonly<Record<string, string>>, folders: readonly string[] = []) {
  const all: Readonly<Record<string, string>> = {
    'site.yml': site,
    'components.yml': 'components:\n  - id: a\n    name: A\n',
    ...texts,
  };
  return parseContent(
    {
      files: Object.entries(all).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
      folders,
      others: [],
    },
    now,
  );
}

const incident = (slug: string, time: string): Record<string, string> => ({
  [`incidents/${slug}/${time}.md`]:
    '---\ntitle: One\nstatus: resolved\nimpact: minor\ncustomer_data: unaffected\n---\nText.\n',
});
const work = (slug: string, from: string): Record<string, string> => ({
  [`maintenance/${slug}/2026-11-01T1000Z.md`]: `---\ntitle: Work\nstatus: scheduled\nscheduled_for: ${from}\nscheduled_until: 2026-12-31T10:00Z\n---\nText.\n`,
});
const post = (slug: string, when: string): Record<string, string> => ({
  [`postmortems/${slug}.md`]: `---\ntitle: Post\n${when}\nauthors: [Dana]\nsummary: Short.\ncustomer_data: unaffected\n---\nText.\n`,
});

it('the newest comes first, and for equal times, the last name', () => {
  const parsed = parse({
    ...incident('b', '2026-11-02T1000Z'),
    ...incident('a', '2026-11-02T1000Z'),
    ...incident('c', '2026-11-02T1000Z'),
    ...incident('old', '2026-11-01T1000Z'),
    ...incident('new', '2026-11-03T1000Z'),
    ...work('b', '2026-12-02T10:00Z'),
    ...work('a', '2026-12-02T10:00Z'),
    ...work('c', '2026-12-02T10:00Z'),
    ...work('old', '2026-12-01T10:00Z'),
    ...work('new', '2026-12-03T10:00Z'),
    ...post('b', 'published: 2026-11-12T10:00Z'),
    ...post('a', 'published: 2026-11-12T10:00Z'),
    ...post('c', 'published: 2026-11-12T10:00Z'),
    ...post('old', 'published: 2026-11-11T10:00Z'),
    ...post('new', 'published: 2026-11-13T10:00Z'),
  });
  const inOrder = ['new', 'c', 'b', 'a', 'old'].map((slug) => ({ slug }));
  expect(parsed).toMatchObject({
    site: { incidents: inOrder, maintenances: inOrder, postmortems: inOrder },
    drafts: [],
  });
});

it("a draft is listed, but isn't part of the site", () => {
  const parsed = parse({
    ...incident('a', '2026-11-01T1000Z'),
    ...incident('b', '2026-11-02T1000Z'),
    ...post('a', 'draft: true'),
    ...post('b', 'published: 2026-11-12T10:00Z'),
  });
  expect(parsed).toMatchObject({ site: { postmortems: [{ slug: 'b' }] }, drafts: ['a'] });
});

it("an image isn't reported while it may be the logo; stray files are reported with what belongs there", () => {
  const told = (texts: Readonly<Record<string, string>>): string[] => {
    const parsed = parse(texts);
    return 'problems' in parsed ? parsed.problems.map(({ file, message }) => `${file} ${message}`) : [];
  };
  expect(told({ 'site.yml': `${site}colour: red\n`, 'logo.svg': '<svg/>' })).toEqual([
    expect.stringMatching(/^site\.yml /),
  ]);
  expect(told({ 'logo.svg': '<svg/>' })).toEqual([expect.stringContaining('add logo: logo.svg to site.yml')]);
  const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"/>\n';
  expect(told({ 'site.yml': `${site}logo: logo.svg\n`, 'logo.svg': logo }), 'the logo').toEqual([]);
  expect(told({ 'site.yml': `${site}colour: red\n`, 'xyz.txt': 'x' }), 'what is no picture').toHaveLength(2);
  expect(told({ 'xyz.txt': 'x' })).toEqual([
    'xyz.txt does not belong in the content folder. Move it elsewhere: the folder has only site.yml, components.yml, theme.css, incidents, maintenance, postmortems, announcements, pages, templates',
  ]);
});

it('empty folders are ignored: git has none, and a program that was stopped may leave one', () => {
  const folders = [
    'incidents',
    'incidents/b',
    'incidents/empty',
    'incidents/b/deep',
    'maintenance/empty',
    'templates/a',
  ];
  const parsed = parse(incident('b', '2026-11-02T1000Z'), folders);
  expect('site' in parsed && parsed.site.incidents.map(({ slug }) => slug)).toEqual(['b']);
});
