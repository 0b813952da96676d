import { describe, expect, it } from 'vitest';
import { temporaryFolder, write } from '../../support/folders.ts';
import { releaseOf } from '../../support/release.ts';
import { call } from '../call.ts';

const commit = '0123456789012345678901234567890123456789';
const github = ['--github', 'dana/status'];

describe('a wrong argument is told before a missing token', () => {
  it.each([
    [['tell'], '--github is missing'],
    [['tell', '--github', 'dana'], '"dana" is not a repository'],
    [['tell', ...github], '--commit is missing'],
    [['tell', ...github, '--commit', 'abc'], '"abc" is not the id of a commit'],
    [
      ['tell', ...github, '--commit', commit, '--step', 'chek'],
      '--step: "chek" is not a step that can be reported. Did you mean "check"?',
    ],
    [
      ['tell', ...github, '--commit', commit, '--step', 'lunch'],
      'Use one of: check, build, guard, deploy, verify, verify-again, notify.',
    ],
    [
      ['tell', ...github, '--commit', commit, '--built', 'yesterday'],
      '--built: "yesterday" is not a time in the format',
    ],
    [['tick', '--github', 'dana'], '"dana" is not a repository'],
    [['tick', ...github, '--url', 'status.example.com'], '--url: "status.example.com" is not the address of a site'],
    [['tick', ...github, '--url', 'https://status.example.com/?a'], 'is not the address of a site'],
    [['releases', 'list', '--github', 'dana'], '"dana" is not a repository'],
    [['releases', 'may', ...github, '--url', 'example'], '--url: "example" is not the address of a site'],
    [['releases', 'back', ...github, '--url', 'example'], '--url: "example" is not the address of a site'],
    [['releases', 'back', ...github, '--of', 'abc'], '--of: "abc" is not the id of a commit'],
    [['releases', 'back', ...github, '--to', 'last'], '--to: "last" is not the id of a commit'],
    [['releases', 'back', ...github, '--built', '14:05'], '--built: "14:05" is not a time in the format'],
    [['releases', 'record', ...github, '--look-again', 'it'], '--look-again: "it" is not a workflow run id'],
    [['preview', 'post', ...github, '--number', 'x'], '--number is not a pull request number'],
    [['preview', '--url', 'https://status.example.com/#x'], 'is not the address of a site'],
    [['remind', '--github', 'dana'], '"dana" is not a repository'],
  ])('%j', async (args, expected) => {
    const { code, stderr } = await call(args, temporaryFolder());
    expect(stderr).toContain(expected);
    expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, lines: 1 });
  });

  it.each([['may'], ['record']])('releases %s asks for the built site before the token', async (name) => {
    const { code, stderr } = await call(['releases', name, ...github], temporaryFolder());
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'halfpast: dist has no site built by this version of Halfpast. Build it: npx halfpast build --out dist\n',
    });
  });
});

it('the preview says as the guard does that there is nothing live to compare with', async () => {
  const folder = temporaryFolder();
  write(folder, 'dist/release.json', JSON.stringify(releaseOf()));
  const { code, stdout } = await call('preview --live nowhere', folder);
  expect(code).toBe(0);
  expect(stdout).toContain('first publish: nowhere has no Halfpast site, so there is nothing to compare with');
  const closed = await call('preview --url http://127.0.0.1:1', folder);
  expect(closed.stdout).toContain(
    "first publish: http://127.0.0.1:1 doesn't respond (bad port), so there is nothing to compare with",
  );
});
