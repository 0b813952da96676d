import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../scripts/cli/system.ts';
import { put, smallSite } from '../site.ts';
import { call as callWithGit, callWithoutGit as call } from '../call.ts';

const slug = '2026-11-22-checkout-errors';
const [first, newest] = [`incidents/${slug}/2026-11-22T1405Z`, `incidents/${slug}/2026-11-22T1430Z`] as const;
const maintenance = 'maintenance/2026-12-01-upgrade/2026-11-21T0900Z';

const opening = `---\ntitle: Checkout errors\nstatus: investigating # since five past\nimpact: major\nlead: Dana\ncomms: Priya\n---\nSome payments fial.\n`;

function site(): string {
  const folder = smallSite();
  put(folder, `${first}.md`, opening);
  put(folder, `${newest}.md`, '---\nstatus: identified\nedited: 2026-11-22T14:40Z\n---\nWe know wyh.\n');
  put(
    folder,
    `${maintenance}.md`,
    '---\ntitle: Upgrade\nstatus: scheduled\nscheduled_for: 2026-12-01T22:00Z\nscheduled_until: 2026-12-02T00:00Z\n---\nOrders wait.\n',
  );
  return folder;
}

const read = (folder: string, path: string): string => readFileSync(join(folder, 'content', `${path}.md`), 'utf8');

describe('edit', () => {
  it.each([
    ['edit', newest, '---\nstatus: identified\nedited: 2026-11-22T15:00Z\n---\nFixed.\n'],
    ['edit checkout-errors', newest, '---\nstatus: identified\nedited: 2026-11-22T15:00Z\n---\nFixed.\n'],
    [
      `edit ${slug}/2026-11-22T1405Z`,
      first,
      opening.replace('---\nSome payments fial.', 'edited: 2026-11-22T15:00Z\n---\nFixed.'),
    ],
    [
      `edit content/${first}.md`,
      first,
      opening.replace('---\nSome payments fial.', 'edited: 2026-11-22T15:00Z\n---\nFixed.'),
    ],
    [
      'edit 2026-11-22T1405Z',
      first,
      opening.replace('---\nSome payments fial.', 'edited: 2026-11-22T15:00Z\n---\nFixed.'),
    ],
    [`edit ${maintenance}`, maintenance, null],
  ])('%s writes the corrected text with the time of the edit, and keeps the rest', async (line, path, text) => {
    const folder = site();
    const { code, stderr } = await call(`${line} --message Fixed.`, folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(read(folder, path)).toEqual(text ?? expect.stringContaining('edited: 2026-11-22T15:00Z\n---\nFixed.\n'));
    expect(await call('check', folder)).toMatchObject({ code: 0, stderr: '' });
  });

  it('marks another edit in the same minute later than the first, and never before the update itself', async () => {
    const folder = site();
    await call('edit --message One.', folder);
    await call('edit --message Two.', folder);
    expect(read(folder, newest)).toContain('edited: 2026-11-22T15:00:30Z\n---\nTwo.');
    const latest = `incidents/${slug}/2026-11-22T150010Z`;
    put(folder, `${latest}.md`, '---\nstatus: monitoring\n---\nFxied.\n');
    await call('edit --message Fixed.', folder);
    expect(read(folder, latest)).toContain('edited: 2026-11-22T15:00:30Z');
  });

  it('marks an edit in the same minute as the update later than the update', async () => {
    const folder = site();
    put(folder, `${newest}.md`, '---\nstatus: identified\nposted: 2026-11-22T15:00:20Z\n---\nFxied.\n');
    expect(await call('edit --message Fixed.', folder)).toMatchObject({ code: 0, stderr: '' });
    expect(read(folder, newest)).toContain('edited: 2026-11-22T15:00:30Z');
  });

  it.each([
    ['edit', 'halfpast: --message is missing. Type the corrected text, such as --message "…"\n'],
    ['edit --message "We know wyh."', 'halfpast: nothing was changed, so nothing was written\n'],
    ['edit 2026-11-22T0101Z --message x', 'halfpast: no update in content is named 2026-11-22T0101Z\n'],
    [
      `edit ${slug}/2026-11-22T0101Z --message x`,
      `halfpast: ${slug} has no update "2026-11-22T0101Z". Its updates: 2026-11-22T1405Z, 2026-11-22T1430Z\n`,
    ],
    ['edit nothing-here --message x', 'halfpast: nothing in content has "nothing-here" in its name.'],
  ])('%s: one line, and nothing is written', async (line, error) => {
    const folder = site();
    const { code, stderr } = await call(line, folder);
    expect(code).not.toBe(0);
    expect(stderr).toContain(error);
    expect([read(folder, first), read(folder, newest)].join('')).not.toContain('15:00');
  });

  it('opens the whole file in $EDITOR, and shows the update that was edited', async () => {
    const folder = site();
    const shown: string[] = [];
    const edit = (change: (text: string) => string) => ({
      shown,
      answers: ['write'],
      context: {
        env: { EDITOR: 'code --wait', TMPDIR: folder },
        runInTerminal: (file: string, args: readonly string[]) => {
          expect([file, ...args.slice(0, 2)]).toEqual(['sh', '-c', 'code --wait "$1"']);
          const path = args.at(-1) ?? '';
          writeFileSync(path, change(readFileSync(path, 'utf8')));
          return Promise.resolve(0);
        },
      },
    });
    const { code, stdout } = await call(
      `edit ${first}`,
      folder,
      edit((text) => text.replace('fial', 'fail')),
    );
    expect(code, stdout).toBe(0);
    expect(read(folder, first)).toBe(
      opening.replace('---\nSome payments fial', 'edited: 2026-11-22T15:00Z\n---\nSome payments fail'),
    );
    expect(shown[0]).toContain('Some payments fail.');
    expect(stdout).not.toContain('Halfpast-Allow');
    const other = await call(
      'edit',
      folder,
      edit((text) => text.replace('identified', 'monitoring')),
    );
    expect(other.stdout).toContain(`needs this line: Halfpast-Allow: edit ${slug}/2026-11-22T1430Z`);
    const same = await call(
      'edit',
      folder,
      edit((text) => text),
    );
    expect(same.stderr).toBe('halfpast: nothing was changed, so nothing was written\n');
  });

  it('doesn’t repeat the title of an alert in the commit message, where it could be an instruction', async () => {
    const folder = smallSite();
    put(folder, `${first}.md`, opening.replace('Checkout errors', '"[skip ci]"').replace('lead: Dana', 'key: alert-1'));
    await runProgram('git', ['init', '--quiet', '--template='], folder);
    // Without a commit, it prints the command for one.
    const { stdout } = await callWithGit('edit --message Fixed.', folder);
    expect(stdout).toContain(`git add content/${first}.md && git commit -m "Edit: ${slug}"\n`);
    expect(stdout).not.toContain('Earlier updates');
  });

  it('asks for the text if no editor is set, and writes nothing that check would reject', async () => {
    const folder = site();
    const answers = ['See ![x](missing.png)', 'We know why.', 'write'];
    const { stdout } = await call('edit', folder, { answers });
    expect(stdout).toContain('It would not pass check: the text');
    expect(read(folder, newest)).toContain('15:00Z\n---\nWe know why.\n');
  });
});
