import { join } from 'node:path';
import { expect, it } from 'vitest';
import { feedFiles } from '../support/feed-rules.ts';
import { temporaryFolder } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { atomGrammar, wellFormed } from '../support/xml-checkers.ts';
import { historyFlags } from './data.ts';

// site.test.ts checks the same feeds against the rules of their formats.
it('the feeds of four years of real history are well-formed, and valid Atom by the grammar of RFC 4287', async () => {
  const folder = temporaryFolder();
  const [content, site] = [join(folder, 'content'), join(folder, 'site')];
  await succeed(['import', 'statuspage', ...historyFlags(), '--content', content]);
  await succeed([
    'build',
    '--content',
    content,
    '--out',
    site,
    '--cache',
    join(folder, 'cache'),
    '--now',
    '2026-11-20T18:00:00Z',
  ]);
  const feeds = feedFiles(site)
    .filter((path) => path !== 'feed.json')
    .map((path) => join(site, path));
  expect(feeds.length).toBeGreaterThan(8);
  expect(wellFormed(...feeds)).toEqual({ status: 0, said: '' });
  expect(atomGrammar(join(site, 'atom.xml'), join(site, 'history.atom'))).toEqual({ status: 0, said: '' });
});
