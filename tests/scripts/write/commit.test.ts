import { expect, it } from 'vitest';
import type { Context } from '../../../scripts/cli/context.ts';
import type { ContentFolder } from '../../../scripts/cli/content.ts';
import { UserError } from '../../../scripts/cli/errors.ts';
import type { FilesChange, GitHubPort } from '../../../scripts/github/port.ts';
import { postToGitHub } from '../../../scripts/write/commit.ts';
import type { FileDraft } from '../../../scripts/write/draft.ts';

const [first, second, third] = ['a', 'b', 'c'].map((name) => ({ path: `maintenance/${name}/1.md`, text: name }));
const draft = { file: first, more: [second, third], commitMessage: 'Three windows' } as unknown as FileDraft;
const content = { folder: 'content', path: '/r/content' } as ContentFolder;
const context = { cwd: '/r', clock: () => 0 } as unknown as Context;

/** Posts three windows to a repository with these files, whose branch changes so often during the first attempts. */
async function post(stored: Readonly<Record<string, string>>, conflicts = 0) {
  const written: FilesChange[] = [];
  const started: string[] = [];
  let left = conflicts;
  const port = {
    readFile: (path: string) => Promise.resolve(path in stored ? { text: stored[path], version: '1' } : null),
    writeFiles: (change: FilesChange) => {
      left -= 1;
      if (left >= 0) return Promise.resolve(null);
      written.push(change);
      return Promise.resolve('c0ffee000');
    },
    startWorkflow: (file: string) => Promise.resolve(started.push(file)),
  } as unknown as GitHubPort;
  const posted = await postToGitHub('example/status', port, draft, content, context).catch((error: unknown) => error);
  return { posted, written: written.map(({ write }) => write.map(({ path }) => path)), started };
}

const path = (name: string): string => `content/maintenance/${name}/1.md`;

it.each([
  ['all of them', {}, 0, ['a', 'b', 'c']],
  ['all of them, when others commit at the same time', {}, 5, ['a', 'b', 'c']],
  ['those that are missing', { [path('a')]: 'a' }, 0, ['b', 'c']],
])('several windows are written to GitHub in one commit: %s', async (_, stored, conflicts, names) => {
  const { posted, written, started } = await post(stored, conflicts);
  expect(posted).toMatchObject({
    commit: 'c0ffee000',
    note: 'Committed on GitHub as c0ffee0, and publishing has started.',
  });
  expect({ written, started }).toEqual({ written: [names.map(path)], started: ['publish.yml'] });
});

it.each([
  [
    'one of them exists with another text',
    { [path('c')]: 'x' },
    0,
    `${path('c')} already exists with different text. Post the update again in a minute`,
  ],
  [
    'the branch changed during each attempt',
    {},
    6,
    'nothing was written: the branch changed during every attempt. Run the command again',
  ],
])('no window is written to GitHub if %s', async (_, stored, conflicts, message) => {
  expect(await post(stored, conflicts)).toEqual({ posted: new UserError(message), written: [], started: [] });
});

it('windows that are already on GitHub are only published', async () => {
  const { posted, written, started } = await post({ [path('a')]: 'a', [path('b')]: 'b', [path('c')]: 'c' });
  expect(posted).toMatchObject({ commit: null, note: 'Already on GitHub, and publishing has started.' });
  expect({ written, started }).toEqual({ written: [], started: ['publish.yml'] });
});
