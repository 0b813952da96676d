import { expect, it } from 'vitest';
import { correct } from '../../../src/components/compose/edit.ts';
import { composeData } from '../../../src/lib/views/compose-page.ts';
import { put, smallSite } from '../../scripts/site.ts';
import { call } from '../../scripts/call.ts';
import { loadContent } from '../../support/load-content.ts';

const now = '2026-11-22T15:00:30Z';
const file = 'incidents/2026-11-22-checkout-errors/2026-11-22T1455Z.md';

async function formOf(text: string) {
  const folder = smallSite();
  put(folder, file, text);
  const parsed = await loadContent(`${folder}/content`, Date.parse(now));
  if (!('site' in parsed)) throw new Error('the content has problems');
  const repository = { name: 'example/status', branch: 'release/live', folder: 'content' };
  const settings = { ...parsed.site.settings, repository, compose: true };
  const data = composeData({ ...parsed.site, settings });
  const newest = data?.editable[0];
  if (data === null || newest === undefined) throw new Error('nothing to edit');
  return { folder, newest, fix: (message: string) => correct(newest, message, data, Date.parse(now)) };
}

it('opens the file on GitHub, with the corrected text and the edit time ready to paste', async () => {
  const { folder, newest, fix } = await formOf('---\nstatus: identified\nimpact: major\n---\nWe know wyh.\n');
  expect(newest).toMatchObject({ path: file, body: 'We know wyh.' });
  const { address, text, whole, trouble } = fix('We know why.  ');
  expect(address).toBe(`https://github.com/example/status/edit/release/live/content/${file}`);
  expect({ text, whole, trouble }).toEqual({
    text: '---\nstatus: identified\nimpact: major\nedited: 2026-11-22T15:00:30Z\n---\nWe know why.\n',
    whole: true,
    trouble: null,
  });
  put(folder, file, text);
  expect(await call('check', folder, { now })).toMatchObject({ code: 0, stderr: '' });
});

it('replaces the time of an earlier edit with a later one', async () => {
  const { fix } = await formOf('---\nstatus: identified\nedited: 2026-11-22T15:00:30Z\n---\nWe know wyh.\n');
  expect(fix('We know why.').text).toBe('---\nstatus: identified\nedited: 2026-11-22T15:00:31Z\n---\nWe know why.\n');
});

it('never dates an edit before the update was posted, even if the browser’s clock is behind', async () => {
  const { fix } = await formOf('---\nstatus: identified\nposted: 2026-11-22T15:00:50Z\n---\nWe know wyh.\n');
  expect(fix('We know why.').text).toContain('edited: 2026-11-22T15:00:50Z\n');
});

it.each([
  ['', 'Write the corrected text.'],
  [' We know wyh. ', 'The text is the same as before. Correct it first.'],
])('rejects %j', async (message, trouble) => {
  expect((await formOf('---\nstatus: identified\n---\nWe know wyh.\n')).fix(message).trouble).toBe(trouble);
});

it.each(['lead: Dana', 'comms: Priya', '# ask Dana first', 'impact: major # or worse'])(
  'doesn’t publish a file with %j, and copies only the line to paste',
  async (line) => {
    const { newest, fix } = await formOf(`---\nstatus: identified\n${line}\n---\nWe know wyh.\n`);
    expect(newest.text).toBeNull();
    expect(JSON.stringify(newest)).not.toMatch(/Dana|Priya|worse/);
    expect(fix('')).toMatchObject({ text: 'edited: 2026-11-22T15:00:30Z', whole: false, trouble: null });
  },
);
