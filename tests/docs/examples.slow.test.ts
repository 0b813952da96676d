import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashes, write } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';
import { serving } from '../support/serving.ts';
import { linesOf } from './command-lines.ts';
import { type Block, blocks } from './documents.ts';
import { fileIn, newReader } from './reader.ts';

const shellBlocks = (path: string): readonly Block[] =>
  blocks.filter((block) => block.path === path && block.kind === 'sh');

/** The block of a document that starts with `beginning`. */
function block(path: string, beginning: string): string {
  const found = shellBlocks(path).find(({ text }) => text.startsWith(beginning));
  if (found === undefined) throw new Error(`${path} has no block that begins with ${beginning}`);
  used.add(found);
  return found.text;
}

const used = new Set<Block>();

describe('shell examples run as written', () => {
  it('README.md', async () => {
    const { home, clone, type, here } = await newReader();
    // The first line runs until Ctrl-C.
    const [first] = linesOf(block('README.md', 'npm ci && npm start'));
    expect(first).toBe('npm ci && npm start');
    const start = await serving('npm', ['start'], clone);
    expect(await (await fetch(start.address)).text()).toContain('Example');
    await start.interrupt();
    // This test is part of it.
    expect(linesOf(block('README.md', 'npm cit'))).toEqual(['npm cit']);

    const said = await type(block('README.md', 'npx halfpast open'), clone);
    expect(said).toMatch(/content\/incidents\/\S+checkout-errors-in-europe\/\S+\.md/);
    expect(said).toContain('draft: true');
    const kept = await type(here(block('README.md', 'npx halfpast check')), clone);
    expect(kept).toContain('no problems');
    expect(kept).toMatch(/^published /m);
    const incident =
      readdirSync(join(clone, 'content/incidents')).find((name) => name.endsWith('checkout-errors-in-europe')) ?? '';
    expect(fileIn(home, `published/current/incidents/${incident}/index.html`)).toContain('Payments are working again');

    // As the text says: the questions answered, and a time instead of "draft: true".
    const path = `content/postmortems/${incident}.md`;
    const now = new Date().toISOString().replace(/:\d\d\.\d+Z/, 'Z');
    writeFileSync(
      join(clone, path),
      fileIn(clone, path)
        .replaceAll(/_Question:[^_]*_/g, 'An answer.')
        .replace('draft: true', `published: ${now}`),
    );
    await type(here('npx halfpast check\nnpx halfpast publish --to ../published'), clone);
    expect(fileIn(home, `published/current/postmortems/${incident}/index.html`)).toContain('An answer.');

    await type(block('README.md', 'git clone'), home);
    expect(await type('git --git-dir=yours.git show main:content/site.yml', home)).toContain('name: Acme');
    expect(
      await type(
        'git --git-dir=yours.git ls-tree -r --name-only main content/incidents content/maintenance content/postmortems',
        home,
      ),
    ).toBe('');
  });

  it('docs/commands.md', async () => {
    const { clone, type } = await newReader();
    const night = block('docs/commands.md', 'npx halfpast open');
    const [resolve = ''] = /^npx halfpast resolve .*$/m.exec(night) ?? [];
    await type(night.replace(resolve, ''), clone);
    expect(await type('git log --format=%s', clone)).toContain('Monitoring: Sign-in is slow');
    await type(block('docs/commands.md', 'npx halfpast hand-over'), clone);
    expect(await type('git log -1 --format=%s', clone)).toContain('Hand-over: Sign-in is slow');
    await type(block('docs/commands.md', 'npx halfpast checkin'), clone);
    expect(await type(block('docs/commands.md', 'npx halfpast reply'), clone)).toContain('Sign-in is slow');
    expect(await type(resolve, clone)).toMatch(/"committed":false/);
    await type(block('docs/commands.md', 'npx halfpast edit'), clone);
    expect(await type('git log --format=%s', clone)).toContain('Edit: Sign-in is slow');
    await type(block('docs/commands.md', 'npx halfpast schedule --title "Database'), clone);
    await type(block('docs/commands.md', 'npx halfpast schedule --title "Weekly'), clone);
    expect(await type('npx halfpast check', clone)).toContain('no problems');
  });

  it('docs/moving-in.md, without a network', async () => {
    const { home, clone, type } = await newReader();
    cpSync(join(root, 'tests/fixtures/cstate-sample'), home, { recursive: true });
    cpSync(join(root, 'tests/fixtures/upptime-sample'), clone, { recursive: true });
    // These need a network. The importers' tests use local servers.
    block('docs/moving-in.md', 'npx halfpast import statuspage --url');
    block('docs/moving-in.md', 'npx halfpast import upptime --repo');
    for (const beginning of ['npx halfpast import cstate', 'npx halfpast import upptime --issues']) {
      rmSync(join(clone, 'my-content'), { recursive: true, force: true });
      await type(block('docs/moving-in.md', beginning), clone);
      expect(await type('npx halfpast check --content my-content', clone)).toMatch(
        /^[1-9]\d* incidents?.*no problems/m,
      );
    }
  });

  it('docs/when-it-goes-wrong.md', async () => {
    const { home, clone, type, here } = await newReader();
    await type(block('docs/when-it-goes-wrong.md', 'npm ci'), clone);
    expect(existsSync(join(clone, 'dist/index.html'))).toBe(true);
    expect(await type(here(block('docs/when-it-goes-wrong.md', 'bin/halfpast publish')), clone)).toMatch(
      /^published /m,
    );
    expect(existsSync(join(home, 'srv/status/current/index.html'))).toBe(true);
  });

  it('docs/publishing.md and docs/upgrading.md: a page on a server, and an upgrade', async () => {
    const { home, upstream, type, here } = await newReader();
    await type(block('README.md', 'git clone'), home);
    const mine = join(home, 'my-status');
    await type(here(block('docs/publishing.md', 'git clone https://github.com/OWNER')), home);
    const hook = join(home, 'srv/status.git/hooks/post-receive');
    writeFileSync(hook, here(block('docs/publishing.md', '#!/bin/sh')));
    chmodSync(hook, 0o755);
    await type(
      `npx halfpast open --title "Slow" --impact minor --message "It is slow." --commit && git push --quiet ${home}/srv/status.git main`,
      mine,
    );
    const unit = blocks.find(({ path, kind }) => path === 'docs/publishing.md' && kind === 'ini')?.text ?? '';
    const service = join(home, 'halfpast-watch.service');
    writeFileSync(
      service,
      unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`).replace(/^User=.*$/m, 'User=root'),
    );
    const judged = spawnSync('systemd-analyze', ['verify', service], { encoding: 'utf8' });
    expect(judged.error).toBeUndefined();
    expect(`${judged.stdout}${judged.stderr}`).not.toContain('halfpast-watch.service');
    const watch = here(/^ExecStart=(.*)$/m.exec(unit)?.[1] ?? 'false');
    const watching = join(home, 'srv/halfpast');
    expect(await type(`${watch} --once`, watching)).toMatch(/no reminders are sent[\s\S]*time has changed nothing/);
    // The bare repository has the last valid content.
    write(home, 'srv/checkout/content/components.yml', 'components:\n  - id: website\n    nam: Website\n');
    expect(await type(`${watch} --once 2>&1`, watching)).toMatch(/no reminders are sent[\s\S]*has problems/);
    await type(here('git --git-dir=/srv/status.git --work-tree=/srv/checkout checkout --quiet --force main'), home);
    const before = hashes(join(mine, 'content'));
    expect(Object.keys(before).some((path) => path.startsWith('incidents/'))).toBe(true);

    // The new version adds, removes and changes files, and changes the sample content.
    write(upstream, 'docs/new.md', 'New.\n');
    rmSync(join(upstream, 'docs/fuzzing.md'));
    writeFileSync(join(upstream, 'LICENSE'), `${fileIn(upstream, 'LICENSE')}\nNewer.\n`);
    writeFileSync(join(upstream, 'content/site.yml'), fileIn(upstream, 'content/site.yml').replace('Example', 'Other'));
    write(upstream, 'content/templates/newer.md', '---\nlabel: Newer\n---\nText.\n');
    await type('git add --all && git commit --quiet --message Newer && git tag v1', upstream);
    // git merge reports conflicts in the content.
    await type(`set +e\n${block('docs/upgrading.md', 'git fetch halfpast v1')}`, mine);
    await type(block('docs/upgrading.md', 'npm ci'), mine);
    // upgrading.test.ts runs it where it's needed.
    block('docs/upgrading.md', 'git fetch halfpast main');
    expect(hashes(join(mine, 'content'))).toEqual(before);
    expect([
      existsSync(join(mine, 'docs/new.md')),
      existsSync(join(mine, 'docs/fuzzing.md')),
      fileIn(mine, 'LICENSE').includes('Newer.'),
    ]).toEqual([true, false, true]);
    expect(await type('git status --porcelain && git log -1 --format=%s', mine)).toBe('A newer Halfpast\n');
    expect(await type('git diff --name-only HEAD HEAD^2 -- . ":(exclude)content"', mine)).toBe('');

    await type(here(block('docs/upgrading.md', 'cd /srv')), home);
    expect(existsSync(join(home, 'srv/halfpast/docs/new.md'))).toBe(true);
    expect(fileIn(home, 'srv/status/current/index.html')).toContain('It is slow.');
  });

  it('docs/publishing.md: writing in a content-only repository', async () => {
    const { home, upstream, type } = await newReader();
    const before = await type('git rev-parse main', upstream);
    // Nothing publishes here, so --push exits with 1.
    const steps = ['git clone https://github.com/YOU', 'mkdir -p our-status', 'cd halfpast'];
    const typed = ['set +e', ...steps.map((beginning) => block('docs/publishing.md', beginning))].join('\n');
    expect(await type(typed, home)).toContain('The website is slow\nInvestigating, minor impact');
    expect(fileIn(home, 'our-status/.github/workflows/watch.yml')).toMatch(/uses: \S+\/command\.yml@v1/);
    const pushed = await type('git --git-dir=yours.git ls-tree -r --name-only main', home);
    expect(pushed.split('\n').filter((path) => path !== '')).toEqual([
      'content/.gitattributes',
      'content/components.yml',
      expect.stringMatching(/^content\/incidents\/\S+-the-website-is-slow\/\S+\.md$/) as string,
      'content/site.yml',
    ]);
    expect(
      await type('git status --porcelain && git rev-parse HEAD', join(home, 'halfpast')),
      'the clone of Halfpast is unchanged',
    ).toBe(before);
  });

  it('all of the docs’ shell examples are covered', () => {
    // Takes too long. tests/fuzz/ has its own tests.
    block('docs/fuzzing.md', 'npm run fuzz');
    // Takes minutes. tests/bench/ has its own tests.
    block('docs/speed.md', 'npm run bench');
    // This needs a network. tests/system/github/alerts.test.ts sends such alerts to a local server.
    block('docs/alerts.md', 'curl');
    // Takes minutes. tests/scripts/drill/ has its own tests.
    block('docs/commands.md', 'npx halfpast drill');
    // These need a server, an incident with a remedy, and a remote. The commands' tests cover them.
    block('docs/commands.md', 'npx halfpast card');
    block('docs/content.md', 'npx halfpast update checkout-errors');
    block('docs/your-first-night.md', 'npx halfpast open');
    // Plain git, with files that exist only in the text.
    block('docs/translating.md', 'git commit --message "Correct');
    block('docs/your-first-night.md', 'git pull --rebase --autostash');
    // These need GitHub.
    block('docs/first-hour-on-github.md', 'GITHUB_TOKEN');
    block('docs/first-hour-on-github.md', 'npx halfpast open');
    // These need a network and an hour.
    block('docs/fuzzing.md', 'mkdir /tmp/stryker');
    block('docs/fuzzing.md', 'echo "const names');
    expect(
      blocks.filter((one) => one.kind === 'sh' && !used.has(one)).map(({ path, line }) => `${path}:${line}`),
    ).toEqual([]);
  });
});
