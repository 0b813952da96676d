import { describe, expect, it } from 'vitest';
import { readItems } from '../../../../scripts/live/snapshot.ts';
import { folderReader } from '../../../../scripts/live/site-reader.ts';
import {
  composePreview,
  newUpdates,
  pageChanges,
  type Preview,
} from '../../../../scripts/publish/pull-request-preview.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
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
  it('shows new updates as readers would get them, changed pages and the guard', () => {
    const updates = [{ id: '/incidents/x/#1', title: 'Investigating: Checkout', text: 'It fails.' }];
    const text = composePreview({
      ...preview,
      updates,
      pages: { added: ['/incidents/x/'], removed: [], changed: ['/'], byLength: 3 },
    });
    for (const part of [
      '**1 new update**',
      '`Investigating: Checkout`',
      'It fails.',
      '1 page changed',
      '1 page added',
      '3 pages of the same length',
      'Nothing live',
    ])
      expect(text).toContain(part);
  });

  it('shows text from outside and does nothing with it', () => {
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

  it('fits into a comment, whole fences only', () => {
    const updates = Array.from({ length: 50 }, (_, index) => ({
      id: `/${index}`,
      title: 't'.repeat(9000),
      text: 'x'.repeat(90_000),
    }));
    const text = composePreview({ ...preview, guard: 'g'.repeat(90_000), updates });
    expect(text.length).toBeLessThan(61_000);
    expect(text.match(/^`{3,}/gm)?.length ?? 1).toSatisfy((fences: number) => fences % 2 === 0);
    expect(text).toContain('And 40 more.');
  });
});

it('a new update has the words of its feed item; one that is live is none', () => {
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

it('pages are compared by what they say, not by their frame', async () => {
  const folder = temporaryFolder();
  const page = (text: string, frame: string) => `<html>${frame}<main>${text}</main></html>`;
  for (const [site, frame, x] of [
    ['built', 'new', 'same size B'],
    ['live', 'old', 'same size A'],
  ] as const) {
    write(folder, `${site}/index.html`, page('hello', frame));
    write(folder, `${site}/x/index.html`, page(x, frame));
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
