import { describe, expect, it } from 'vitest';
import { temporaryFolder, write } from '../../support/folders.ts';
import { releaseOf } from '../../support/release.ts';
import { call } from '../call.ts';

const github = ['--github', 'dana/status'];

describe('a wrong argument is reported before a missing token', () => {
  it.each([
    [['publish', 'prepare'], '--github is missing'],
    [['publish', 'prepare', '--github', 'dana'], '"dana" is not a repository'],
    [['publish', 'prepare', ...github, '--url', 'example.com'], '--url: "example.com" is not the address of a site'],
    [['publish', 'prepare', ...github, '--url', 'https://example.com/?a'], 'is not the address of a site'],
    [['publish', 'deploy'], '--github is missing'],
    [['publish', 'deploy', ...github, '--artifact', 'x'], '--artifact is not the id of an artifact'],
    [['rollback'], 'choose one: --to /srv/status, or --github example/status'],
    [['rollback', ...github, '--to', 'there'], 'choose one: --to /srv/status, or --github example/status'],
    [['rollback', '--github', 'dana'], '"dana" is not a repository'],
    [['rollback', ...github, ' '], 'the release is blank'],
    [['rollback', ...github, '--list', 'last'], 'Leave out last'],
    [['watch', '--once', '--github', 'dana'], '"dana" is not a repository'],
    [['watch'], 'choose one: --to /srv/status, or --github example/status'],
    [['watch', ...github, '--to', 'there'], 'choose one'],
    [['watch', '--once', ...github, '--url', 'example'], '--url: "example" is not the address of a site'],
    [['preview', 'post', ...github], '--head is missing'],
    [['preview', 'post', ...github, '--head', 'abc'], '"abc" is not the id of a commit'],
    [['publish', 'prepare', ...github, '--pull-request', '7;id'], '--pull-request is not the number of a pull request'],
    [['preview', '--url', 'https://status.example.com/#x'], 'is not the address of a site'],
    [['remind', '--github', 'dana'], '"dana" is not a repository'],
  ])('%j', async (args, expected) => {
    const { code, stderr } = await call(args, temporaryFolder());
    expect(stderr).toContain(expected);
    expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, lines: 1 });
  });
});

it.each([['guard'], ['publish', '--to', 'there']])(
  'flags that exclude each other are reported before a hold or an unknown commit: %s',
  async (...args) => {
    const flags = ['--hold', 'Wait', '--range', 'nowhere..HEAD', '--message', 'x'];
    expect(await call([...args, ...flags], temporaryFolder())).toEqual({
      code: 2,
      stdout: '',
      stderr: "halfpast: --range and --message can't be combined. Use one of them\n",
    });
  },
);

it("the preview says, like the guard, that there's nothing live to compare with", async () => {
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
