import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashes, temporaryFolder, write } from '../support/folders.ts';
import { plainEnvironment, root } from '../support/halfpast.ts';
import { blocks } from './documents.ts';

/** The commands in a block of docs/upgrading.md. */
function commands(beginning: string): string {
  const found = blocks.find(({ path, text }) => path === 'docs/upgrading.md' && text.startsWith(beginning));
  if (found === undefined) throw new Error(`docs/upgrading.md has no block that begins with ${beginning}`);
  return found.text;
}

const merging = commands('git fetch halfpast v1');
// npm would need a registry. examples.slow.test.ts runs these lines as they are.
const publishing = commands('npm ci').replaceAll(/^(?:npm|npx) .*\n/gm, '');

type Ran = { readonly code: number | null; readonly printed: string };

type Copy = {
  readonly upstream: string;
  readonly mine: string;
  readonly run: (lines: string, cwd: string) => Ran;
  /** Commits everything. */
  readonly commit: (cwd: string) => void;
  readonly read: (path: string) => string;
  /** The next release of Halfpast. */
  readonly release: (changes?: (upstream: string) => void) => void;
};

const edit = (folder: string, path: string, from: string | RegExp, to: string): void => {
  const text = readFileSync(join(folder, path), 'utf8');
  expect(text, `${path} should have ${from}`).toMatch(from);
  write(folder, path, text.replace(from, to));
};

/** The parts of Halfpast needed to test an upgrade. */
const halfpastFiles = [
  ...['astro.config.mjs', 'package.json', 'package-lock.json', 'LICENSE', 'content/site.yml'],
  ...['src/pages/index.astro', 'src/pages/subscribe.astro'],
];

/** What users add and change outside their content. */
const theirFiles: Readonly<Record<string, string>> = {
  'src/pages/team.astro': '<h1>Our team</h1>\n',
  'public/team.png': 'not really a picture\n',
  'netlify.toml': '[build]\ncommand = "npm run build"\npublish = "dist"\n',
  '.github/workflows/ours.yml': 'on: push\n',
};

const homes: Partial<Record<'clone' | 'template', string>> = {};

/** A copy made by following the README, with the user's own content and files. `clone` is how it was copied. */
function copy(clone: 'clone' | 'template' = 'clone'): Copy {
  const first = (homes[clone] ??= firstHome(clone));
  const home = temporaryFolder();
  cpSync(first, home, { recursive: true });
  const config = join(home, 'mine/.git/config');
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll(first, home));
  const place = placesIn(home);
  const release = (changes: (upstream: string) => void = () => undefined): void => {
    const { upstream } = place;
    // It adds, changes and deletes files, including some that users have deleted or changed in their content.
    write(upstream, 'src/pages/new.astro', '<h1>New</h1>\n');
    write(upstream, 'content/templates/newer.md', '---\nlabel: Newer\n---\nText.\n');
    rmSync(join(upstream, '.github/workflows/rollback.yml'), { force: true });
    edit(upstream, 'LICENSE', /$/, 'Newer.\n');
    edit(upstream, 'content/site.yml', /^name: .*/m, 'name: Other');
    edit(upstream, 'content/incidents/2026-11-20-sample/2026-11-20T1000Z.md', /$/, 'Newer.\n');
    edit(upstream, 'package.json', /"version": "[^"]*"/, '"version": "1.2.3"');
    changes(upstream);
    place.commit(upstream);
    place.run('git tag --force --annotate --message v1 v1', upstream);
  };
  return { ...place, read: (path) => readFileSync(join(place.mine, path), 'utf8'), release };
}

function placesIn(home: string) {
  const [upstream, mine, yours] = ['upstream', 'mine', 'yours.git'].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  write(
    home,
    'gitconfig',
    '[user]\n  name = Dana\n  email = dana@example.com\n[init]\n  defaultBranch = main\n[maintenance]\n  auto = false\n',
  );
  // The test looks for English output from git.
  const env = { ...plainEnvironment, GIT_CONFIG_GLOBAL: join(home, 'gitconfig'), LC_ALL: 'C' };
  const run = (lines: string, cwd: string): Ran => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', lines], { cwd, env, encoding: 'utf8' });
    return { code: status, printed: `${stdout}${stderr}` };
  };
  const commit = (cwd: string): void => {
    const { code, printed } = run('git add --all && git commit --quiet --message Changes', cwd);
    if (code !== 0) throw new Error(printed);
  };
  return { upstream, mine, yours, run, commit };
}

function firstHome(clone: 'clone' | 'template'): string {
  const home = mkdtempSync(join(tmpdir(), 'halfpast-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  const { upstream, mine, yours, run, commit } = placesIn(home);
  mkdirSync(upstream);
  for (const path of halfpastFiles) cpSync(join(root, path), join(upstream, path));
  write(upstream, 'content/incidents/2026-11-20-sample/2026-11-20T1000Z.md', 'A sample.\n');
  write(upstream, '.github/workflows/rollback.yml', 'name: Roll back\n');
  run('git init --quiet --template=', upstream);
  commit(upstream);
  run(`git init --quiet --template= --bare ${yours}`, home);
  if (clone === 'clone') {
    run(`git clone --quiet --template= ${upstream} ${mine} && git -C ${mine} remote rename origin halfpast`, home);
  } else {
    cpSync(upstream, mine, { recursive: true, filter: (path) => !path.endsWith('/.git') });
    run('git init --quiet --template=', mine);
    commit(mine);
    run(`git remote add halfpast ${upstream}`, mine);
  }
  run(`git remote add origin ${yours}`, mine);
  rmSync(join(mine, 'content/incidents'), { recursive: true });
  write(mine, 'content/site.yml', 'name: Acme\nurl: https://status.acme.example\ntime_zone: UTC\n');
  write(
    mine,
    'content/incidents/2026-11-22-slow/2026-11-22T1405Z.md',
    '---\ntitle: Slow\nstatus: investigating\nimpact: minor\n---\nIt is slow.\n',
  );
  for (const [path, text] of Object.entries(theirFiles)) write(mine, path, text);
  edit(mine, 'astro.config.mjs', /integrations: \[/, "integrations: [{ name: 'ours', hooks: {} }, ");
  edit(mine, 'package.json', /"dependencies": \{\n/, '"dependencies": {\n    "@acme/integration": "1.0.0",\n');
  commit(mine);
  run('git push --quiet --set-upstream origin HEAD:main', mine);
  return home;
}

const kept = ({ read }: Copy): void => {
  for (const [path, text] of Object.entries(theirFiles)) expect(read(path), path).toBe(text);
  expect(read('astro.config.mjs')).toContain("integrations: [{ name: 'ours', hooks: {} }, ");
  expect(read('package.json')).toContain('"@acme/integration": "1.0.0"');
};

const upgraded = (place: Copy): void => {
  kept(place);
  const { mine, read } = place;
  expect(read('LICENSE')).toMatch(/Newer\.\n$/);
  expect(read('package.json')).toContain('"version": "1.2.3"');
  expect(existsSync(join(mine, 'src/pages/new.astro'))).toBe(true);
  expect(existsSync(join(mine, '.github/workflows/rollback.yml'))).toBe(false);
};

describe('upgrading a copy with the commands in docs/upgrading.md', () => {
  it("changes Halfpast's files, and no others", () => {
    const place = copy();
    const { mine, run } = place;
    const content = hashes(join(mine, 'content'));
    for (let version = 1; version <= 2; version += 1) {
      place.release((upstream) => write(upstream, `src/pages/version-${version}.astro`, '<h1>New</h1>\n'));
      const { printed } = run(merging, mine);
      expect(printed).not.toMatch(/^(?:[DAU]U|U[DA]|AA|DD) /m);
      expect(run(publishing, mine).code, printed).toBe(0);
      upgraded(place);
      expect(existsSync(join(mine, `src/pages/version-${version}.astro`))).toBe(true);
      expect(hashes(join(mine, 'content'))).toEqual(content);
      expect(run('git status --porcelain', mine).printed).toBe('');
    }
    expect(run('git log -1 --format=%s origin/main', mine).printed).toBe('A newer Halfpast\n');
    // There's no newer version now.
    const before = run('git rev-parse HEAD', mine).printed;
    expect(run(`${merging}git rev-parse HEAD`, mine).printed).toContain(before);
    expect(hashes(join(mine, 'content'))).toEqual(content);
  });

  it('keeps uncommitted changes, including those in the content', () => {
    const place = copy();
    const { mine, run, read, release } = place;
    release();
    const update = 'content/incidents/2026-11-22-slow/2026-11-22T1430Z.md';
    write(mine, update, '---\nstatus: resolved\n---\nIt is fast.\n');
    edit(mine, 'content/site.yml', 'Acme', 'Acme Inc.');
    for (const lines of [merging, 'git commit --quiet --message "A newer Halfpast"', merging]) {
      run(lines, mine);
      if (lines === merging) continue;
      expect(read('content/site.yml')).toContain('name: Acme Inc.');
      expect(read(update)).toContain('It is fast.');
    }
    upgraded(place);
    expect(read('content/site.yml')).toContain('name: Acme Inc.');
    expect(run('git status --porcelain', mine).printed.split('\n').filter(Boolean).sort()).toEqual([
      ' M content/site.yml',
      `?? ${update}`,
    ]);
  });

  it('reports conflicts, and overwrites nothing', () => {
    const place = copy();
    const { mine, run, commit, read, release } = place;
    edit(mine, 'LICENSE', /^.*\n/, 'Ours\n');
    edit(mine, 'src/pages/index.astro', /$/, '<!-- ours -->\n');
    rmSync(join(mine, 'src/pages/subscribe.astro'));
    commit(mine);
    const before = run('git rev-parse HEAD', mine).printed;
    release((upstream) => {
      edit(upstream, 'LICENSE', /^.*\n/, 'Theirs\n');
      rmSync(join(upstream, 'src/pages/index.astro'));
      edit(upstream, 'src/pages/subscribe.astro', /$/, '<!-- newer -->\n');
      write(upstream, 'netlify.toml', '[build]\n');
    });
    const { printed } = run(merging, mine);
    expect(printed.match(/^(?:[DAU]U|U[DA]|AA|DD) .*$/gm)).toEqual([
      'UU LICENSE',
      'AA netlify.toml',
      'UD src/pages/index.astro',
      'DU src/pages/subscribe.astro',
    ]);
    expect(run(publishing, mine).printed).toMatch(/unmerged files/);
    expect(run('git rev-parse HEAD', mine).printed).toBe(before);
    expect(run('git merge --abort && git status --porcelain', mine)).toEqual({ code: 0, printed: '' });
    kept(place);
    expect(read('src/pages/index.astro')).toMatch(/<!-- ours -->\n$/);
  });

  it('doesn’t start while an untracked file is in the way', () => {
    const { mine, run, release, read } = copy();
    write(mine, 'src/pages/new.astro', 'Ours\n');
    release();
    expect(run(merging, mine).printed).toMatch(/untracked working tree files would be overwritten/);
    expect(read('src/pages/new.astro')).toBe('Ours\n');
    expect(run('git status --porcelain', mine).printed).toBe('?? src/pages/new.astro\n');
  });

  it.each(['without a common history', 'after an upgrade with git restore'])('works %s', (how) => {
    const place = copy(how.includes('restore') ? 'clone' : 'template');
    const { upstream, mine, run, release, commit } = place;
    if (how.includes('restore')) {
      release();
      run(
        'git fetch halfpast && git restore --source=halfpast/main --worktree -- LICENSE src/pages/new.astro package.json .github',
        mine,
      );
      for (const [path, text] of Object.entries(theirFiles)) write(mine, path, text);
      edit(mine, 'package.json', /"dependencies": \{\n/, '"dependencies": {\n    "@acme/integration": "1.0.0",\n');
      commit(mine);
    }
    const known = run('git rev-parse HEAD', upstream).printed.trim();
    release();
    expect(run(commands('git fetch halfpast main').replace('COMMIT', known), mine).code).toBe(0);
    const { printed } = run(merging, mine);
    expect(run(publishing, mine).code, printed).toBe(0);
    upgraded(place);
  });
});
