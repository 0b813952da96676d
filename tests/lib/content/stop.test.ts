import { describe, expect, it } from 'vitest';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import { stopReason } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { fixtureNow, goodSite } from './fixture.ts';

const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });

describe('the stop switch', () => {
  it.each([
    ['stop.md', 'The deploy of 14:05 broke the page.\n', 'The deploy of 14:05 broke the page.'],
    ['STOP', '---\n---\n\nWait for Dana.', 'Wait for Dana.'],
    ['Stop.txt', '', 'Stop.txt is in the content folder'],
    ['stop.md', '# \n', 'stop.md is in the content folder'],
  ])('%j that says %j', (path, text, reason) => {
    expect(stopReason([file('site.yml', 'name: Example'), file(path, text)])).toBe(reason);
  });

  it.each(['stopped.md', 'incidents/stop.md', 'stop.yml', 'non-stop.md'])('isn’t %s', (path) => {
    expect(stopReason([file(path, 'x')])).toBeNull();
  });

  it('isn’t a problem in the content', async () => {
    const tree = await readTree(goodSite);
    expect(parseContent({ ...tree, files: [...tree.files, file('STOP', '')] }, fixtureNow)).not.toHaveProperty(
      'problems',
    );
    expect(parseContent({ ...tree, folders: [...tree.folders, 'stop'] }, fixtureNow)).toHaveProperty('problems');
  });
});
