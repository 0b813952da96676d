import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../scripts/cli/text.ts';
import { notLive } from '../../scripts/live/live-update.ts';
import { temporaryFolder, write } from '../support/folders.ts';
import { plainEnvironment, root } from '../support/halfpast.ts';
import { blocks } from './documents.ts';

const script =
  blocks.find(({ path, text }) => path === 'docs/publishing.md' && text.startsWith('#!/bin/sh'))?.text ?? '';

type Server = {
  /** A folder that comes first in PATH. */
  readonly path: string;
  readonly git: (...args: string[]) => string;
  readonly clone: string;
  readonly bare: string;
  readonly checkout: string;
  /** Commits a file, or its removal, and pushes; returns git's output. */
  readonly push: (path: string, text: string | null) => string;
  /** Runs the hook without a push; returns its output. */
  readonly run: () => string;
  /** The arguments of each call to the program, one call per line. */
  readonly calls: () => string[];
};

/** A bare repository with the hook from the docs, which calls a stand-in for the program by its path. */
function server(program = 'exit 0'): Server {
  const home = temporaryFolder();
  const [clone, bare, checkout, halfpast, calls] = ['clone', 'status.git', 'checkout', 'halfpast', 'calls'].map(
    (name) => join(home, name),
  ) as [string, string, string, string, string];
  const places = { halfpast, bare, checkout, served: join(home, 'served') };
  const hook = Object.entries(places).reduce(
    (text, [name, value]) => text.replace(new RegExp(`\\b${name}=\\S+`), `${name}=${value}`),
    script,
  );
  // Neither npx nor npm works here.
  for (const name of ['npx', 'npm']) write(home, `path/${name}`, '#!/bin/sh\necho "npx was used"; exit 99\n');
  write(halfpast, 'bin/halfpast', `#!/bin/sh\necho "$*" >> ${calls}\n${program}\n`);
  for (const path of [join(home, 'path/npx'), join(home, 'path/npm'), join(halfpast, 'bin/halfpast')])
    chmodSync(path, 0o755);
  const env = { ...plainEnvironment, PATH: `${join(home, 'path')}:${plainEnvironment['PATH'] ?? ''}` };
  const git = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: clone, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout + stderr;
  };
  mkdirSync(clone);
  git('init', '--quiet', '--template=', '--initial-branch=main');
  git('init', '--quiet', '--template=', '--bare', '--initial-branch=main', bare);
  git('remote', 'add', 'origin', bare);
  write(bare, 'hooks/post-receive', hook);
  chmodSync(join(bare, 'hooks/post-receive'), 0o755);
  return {
    path: join(home, 'path'),
    git,
    clone,
    bare,
    checkout,
    push: (path, text) => {
      if (text === null) rmSync(join(clone, path));
      else write(clone, path, text);
      const steps = 'git add --all && git commit --quiet --allow-empty -m Change && git push --quiet origin main';
      const { status, stdout, stderr } = spawnSync('sh', ['-c', steps], { cwd: clone, env, encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      return stdout + stderr;
    },
    run: () => {
      const { stdout, stderr } = spawnSync(join(bare, 'hooks/post-receive'), { cwd: home, env, encoding: 'utf8' });
      return stdout + stderr;
    },
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
  };
}

describe('the hook of docs/publishing.md', () => {
  it("publishes the newest commit, using the program's path", () => {
    const { bare, checkout, clone, push, calls } = server();
    push('content/a.md', 'one');
    push('content/b.md', 'two');
    expect(push('content/a.md', null)).toBe('');
    const head = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: clone, encoding: 'utf8' }).trim();
    expect(calls()).toHaveLength(3);
    expect(calls().at(-1)).toMatch(
      new RegExp(
        `^publish --content ${checkout}/content --to \\S+ --url \\S+ --commit-id ${head} --repository ${bare}$`,
      ),
    );
    expect([existsSync(join(checkout, 'content/a.md')), readFileSync(join(checkout, 'content/b.md'), 'utf8')]).toEqual([
      false,
      'two',
    ]);
  });

  it('publishes and records the commit that it checked out, even if another push lands meanwhile', () => {
    const { bare, path, push, git, clone, run, calls } = server('echo "published: $(cat "$3/a.md")"');
    push('content/a.md', 'one');
    const one = git('rev-parse', 'HEAD').trim();
    write(clone, 'content/a.md', 'two');
    git('commit', '--quiet', '--all', '-m', 'two');
    git('push', '--quiet', 'origin', 'main:next');
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    const lands = `${real} --git-dir=${bare} update-ref refs/heads/main next`;
    write(path, 'git', `#!/bin/sh\n${real} "$@" || exit\ncase "$*" in *--work-tree*) ${lands} ;; esac\n`);
    chmodSync(join(path, 'git'), 0o755);
    const ran = (): unknown => [run(), calls().at(-1), git('--git-dir', bare, 'rev-parse', 'HALFPAST_HEAD').trim()];
    const published = (text: string, commit: string): unknown => [
      `published: ${text}\n`,
      expect.stringContaining(` --commit-id ${commit} `),
      commit,
    ];
    expect(ran()).toEqual(published('one', one));
    expect(ran(), 'the hook of the other push').toEqual(published('two', git('rev-parse', 'HEAD').trim()));
    expect(git('--git-dir', bare, 'symbolic-ref', 'HEAD').trim(), 'clones follow the branch').toBe('refs/heads/main');
  });

  const failures: readonly [left: string, fail: (place: Server) => void][] = [
    ['an index.lock', ({ bare }) => writeFileSync(join(bare, 'index.lock'), '')],
    ['an empty index', ({ bare }) => writeFileSync(join(bare, 'index'), '')],
    [
      'an index and its lock that are cut off',
      ({ bare }) => ['index', 'index.lock'].forEach((name) => writeFileSync(join(bare, name), 'DIRC')),
    ],
    [
      'a record of its commit that is cut off, and its lock',
      ({ bare }) => ['HALFPAST_HEAD', 'HALFPAST_HEAD.lock'].forEach((name) => writeFileSync(join(bare, name), '')),
    ],
    ['no index', ({ bare }) => rmSync(join(bare, 'index'))],
    ['a file that was cut off', ({ checkout }) => writeFileSync(join(checkout, 'content/kept.md'), '')],
    ['the lock of a run that was killed', ({ bare }) => writeFileSync(join(bare, 'publish.lock'), '')],
  ];

  it('publishes whatever a power failure left', () => {
    const place = server();
    place.push('content/kept.md', 'kept');
    place.push('content/0.md', 'one');
    failures.forEach(([left, fail], index) => {
      fail(place);
      rmSync(join(place.clone, `content/${index}.md`));
      expect(place.push(`content/${index + 1}.md`, 'one'), left).not.toContain(notLive);
      expect(place.calls(), left).toHaveLength(index + 3);
      expect(place.git('--git-dir', place.bare, 'rev-parse', 'HALFPAST_HEAD', 'main'), left).toMatch(/^(\S+)\n\1\n$/);
      expect(readdirSync(join(place.checkout, 'content')).sort(), left).toEqual([`${index + 1}.md`, 'kept.md']);
      expect(readFileSync(join(place.checkout, 'content/kept.md'), 'utf8'), left).toBe('kept');
    });
  });

  it('reports NOT LIVE when it cannot begin, because git ignores its exit code', () => {
    const place = server();
    const { bare, checkout } = place;
    const [index, lock] = [join(bare, 'index.lock'), join(bare, 'publish.lock')];
    place.push('content/a.md', 'one');
    rmSync(lock);
    const fails = (text: string, expected: string): void => {
      expect(place.push('content/a.md', text)).toMatch(
        new RegExp(`^remote: ${notLive}: .*${expected}.* run: ${bare}/hooks/post-receive`, 'm'),
      );
      expect(place.calls()).toHaveLength(1);
    };
    mkdirSync(join(index, 'x'), { recursive: true });
    fails('two', "git can't check out main");
    rmSync(index, { recursive: true });
    rmSync(lock);
    mkdirSync(lock);
    fails('three', "publish.lock can't be locked");
    rmSync(lock, { recursive: true });
    rmSync(checkout, { recursive: true });
    symlinkSync('/nowhere/at/all', checkout);
    fails('four', "can't be created");
  });

  it('reports NOT LIVE when only another branch was pushed', () => {
    const { bare, git, run, calls } = server();
    git('commit', '--quiet', '--allow-empty', '-m', 'one');
    expect(git('push', '--quiet', 'origin', 'main:other')).toContain(`${notLive}: ${bare} has no branch main.`);
    expect([run(), calls()]).toEqual([expect.stringContaining(notLive), []]);
  });
});

it('bin/halfpast runs from any folder, through a symlink, without npm', () => {
  const folder = temporaryFolder();
  symlinkSync(join(root, 'bin/halfpast'), join(folder, 'hp'));
  const run = (...args: string[]) =>
    spawnSync(join(folder, 'hp'), args, { cwd: folder, encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } });
  // Its suggestion works where npx doesn't.
  expect(run('check')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(`or make one with: ${join(folder, 'hp')} init`) as string,
  });
  const byNode = spawnSync(process.execPath, [join(root, 'bin/halfpast.js'), 'check'], {
    cwd: folder,
    encoding: 'utf8',
    env: {},
  });
  expect(byNode.stderr).toContain(`or make one with: node ${shellWord(join(root, 'bin/halfpast.js'))} init`);
});
