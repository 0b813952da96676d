import { describe, expect, it } from 'vitest';
import { readItems } from '../../../../scripts/live/snapshot.ts';
import { folderReader, NoAnswer, type SiteReader } from '../../../../scripts/live/site-reader.ts';
import {
  compareSites,
  composePreview,
  newUpdates,
  pageChanges,
  type Preview,
} from '../../../../scripts/publish/pull-request-preview.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { releaseOf } from '../../../support/release.ts';
import { actingHtml, addressesIn } from '../../../support/markdown.ts';

const preview: Preview = {
  problems: null,
  first: null,
  guard: 'Nothing live is removed or rewritten',
  updates: [],
  pages: { added: [], removed: [], changed: [], byLength: 0 },
};
const evil = '@everyone ``` </details> ![x](https://evil.example/x.png) [a](javascript:x) <!-- halfpast:preview -->';

describe('the preview of a pull request', () => {
  const updates = [
    { id: '/incidents/x/#2', title: 'Resolved: Checkout', text: 'It works.' },
    { id: '/incidents/x/#1', title: 'Investigating: Checkout', text: null },
  ];
  const end = `

**The guard says:**

\`\`\`text
Nothing live is removed or rewritten
\`\`\``;
  const list = (summary: string, ...paths: readonly string[]): string => `<details><summary>${summary}</summary>

\`\`\`text
${paths.join('\n')}
\`\`\`

</details>`;
  const paths = (amount: number): string[] => Array.from({ length: amount }, (_, index) => `/${index}/`);
  const noNews = '### What this would publish\n\nNo new update.';

  it.each<[string, Partial<Preview>, string]>([
    ['nothing new', {}, `${noNews}\n\nNo page changes.${end}`],
    ['nothing that the guard says', { guard: null }, `${noNews}\n\nNo page changes.`],
    ['pages that are not known', { pages: null }, `${noNews}\n\nWhich pages change is not known.${end}`],
    [
      'a first publish',
      { first: 'first publish', pages: null },
      `${noNews}\n\n\`\`\`text\nfirst publish\n\`\`\`${end}`,
    ],
    ['problems', { problems: 'a.md:1:1 x' }, '### This would not be published\n\n```text\na.md:1:1 x\n```'],
    [
      'two updates, and pages of every kind',
      { updates, pages: { added: ['/incidents/x/'], removed: ['/a/', '/b/'], changed: ['/'], byLength: 3 } },
      `### What this would publish

**2 new updates**, as readers would get them:

#### \`Resolved: Checkout\`

\`/incidents/x/#2\`

\`\`\`text
It works.
\`\`\`

#### \`Investigating: Checkout\`

\`/incidents/x/#1\`

It is older than everything in the feed.

${list('1 page changed', '/')}

${list('1 page added', '/incidents/x/')}

${list('2 pages removed', '/a/', '/b/')}

3 pages of the same length as live were not read.${end}`,
    ],
    [
      'one update, and a page that was not read',
      { guard: null, updates: updates.slice(0, 1), pages: { added: [], removed: [], changed: [], byLength: 1 } },
      `### What this would publish

**1 new update**, as readers would get it:

#### \`Resolved: Checkout\`

\`/incidents/x/#2\`

\`\`\`text
It works.
\`\`\`

No page changes.

1 page of the same length as live was not read.`,
    ],
    [
      'as many pages as are listed, and one more',
      { guard: null, pages: { added: paths(20), removed: [], changed: paths(21), byLength: 0 } },
      `${noNews}\n\n${list('21 pages changed', ...paths(20), '… and 1 more')}\n\n${list('20 pages added', ...paths(20))}`,
    ],
  ])('shows %s', (_, given, expected) => {
    expect(composePreview({ ...preview, ...given })).toBe(expected);
  });

  it('lists ten updates, and counts the others', () => {
    const many = (amount: number) => paths(amount).map((id) => ({ id, title: `Title ${id}`, text: 'x' }));
    expect(composePreview({ ...preview, updates: many(10) })).toMatch(/#### `Title \/9\/`(?!.* more\.)/s);
    expect(composePreview({ ...preview, updates: many(11) })).toMatch(/And 1 more\.(?!.*Title)/s);
  });

  it('shows untrusted text as plain text', () => {
    const updates = [{ id: evil, title: evil, text: `${evil}\n${'`'.repeat(8)}\n${evil}` }];
    const text = composePreview({
      ...preview,
      guard: evil,
      updates,
      pages: { added: [evil], removed: [evil], changed: [evil], byLength: 0 },
    });
    for (const comment of [text, composePreview({ ...preview, problems: evil })]) {
      expect(addressesIn(comment)).toEqual([]);
      expect(actingHtml(comment)).not.toMatch(/@everyone|evil\.example|javascript:|<!--|<img/);
    }
  });

  it('fits into a comment, and closes every fence', () => {
    const updates = Array.from({ length: 50 }, (_, index) => ({
      id: `/${index}`,
      title: 't'.repeat(9000),
      text: 'x'.repeat(90_000),
    }));
    const text = composePreview({ ...preview, guard: 'g'.repeat(90_000), updates });
    expect(text.length).toBeLessThan(61_000);
    expect(text.match(/^`{3,}/gm)?.length ?? 1).toSatisfy((fences: number) => fences % 2 === 0);
    expect(text).toContain('And 40 more.');
    expect(text).toMatch(/\n\nThe rest is too long for a comment\. See the site in the artifact\.$/);
  });
});

it.each([
  ['nothing', 'release.json', "first publish: live doesn't respond, so there is nothing to compare with"],
  ['its release', 'rss.xml', "live/rss.xml doesn't respond, so it can't be compared"],
])('a live site that answers with %s isn’t compared', async (_, silent, first) => {
  const folder = temporaryFolder();
  write(folder, 'release.json', JSON.stringify(releaseOf()));
  const { read } = folderReader(folder, 'live');
  const live: SiteReader = {
    name: 'live',
    read: (path) => (path === silent ? Promise.reject(new NoAnswer("doesn't respond", path)) : read(path)),
  };
  expect(await compareSites(folderReader(folder, 'built'), live)).toEqual({ updates: [], first, pages: null });
});

it("a new update has the text of its feed item; a live update isn't new", () => {
  const told = (update: string) => ({
    id: `/incidents/x/#${update}`,
    kind: 'incident' as const,
    slug: 'x',
    update,
    at: `2026-11-22T${update}Z`,
    status: 'investigating',
    title: 'X',
    hash: '',
    edited: null,
  });
  const items = readItems(
    '<rss><channel><item><guid isPermaLink="true">https://status.example.com/incidents/x/#15:00</guid><title>Identified: X &amp; Y</title><description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two &amp;amp; three.&lt;/p&gt;</description></item></channel></rss>',
  );
  expect(newUpdates([told('14:00'), told('15:00'), told('15:30')], [told('14:00')], items)).toEqual([
    { id: '/incidents/x/#15:30', title: 'investigating: X (2026-11-22T15:30Z)', text: null },
    { id: '/incidents/x/#15:00', title: 'Identified: X & Y', text: 'One.\n\nTwo & three.' },
  ]);
});

it('pages are compared by their content, not their layout', async () => {
  const folder = temporaryFolder();
  const page = (text: string, frame: string) => `<html>${frame}<main>${text}</main></html>`;
  for (const [site, frame, x] of [
    ['built', 'new', 'same size B'],
    ['live', 'old', 'same size A'],
  ] as const) {
    write(folder, `${site}/index.html`, page('hello', frame));
    write(folder, `${site}/x/index.html`, page(x, frame));
    write(folder, `${site}/longer/index.html`, page(site, frame));
  }
  const reader = (name: string) => folderReader(`${folder}/${name}`, name);
  const changes = await pageChanges(reader('built'), { '/': 5, '/x/': 11, '/new/': 1, '/longer/': 3 }, reader('live'), {
    '/': 5,
    '/x/': 11,
    '/gone/': 1,
    '/longer/': 2,
  });
  expect(changes).toEqual({ added: ['/new/'], removed: ['/gone/'], changed: ['/longer/', '/x/'], byLength: 0 });
});
