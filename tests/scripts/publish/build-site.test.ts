import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.ts';
import { canWriteTo } from '../../../src/build-cache.ts';
import { type BuildOptions, astroCall, buildSite } from '../../../scripts/publish/build-site.ts';
import { filesBelow, temporaryFolder, write } from '../../support/folders.ts';
import { root as project } from '../../support/halfpast.ts';

it('builds and caches beside node_modules where that can’t be written, as when another user installed the packages', async () => {
  const root = temporaryFolder();
  // Permissions don't stop root, but a file in the place of a folder does.
  write(root, 'node_modules/.astro', '');
  write(root, 'node_modules/.vite', '');
  const used: string[] = [];
  const content = join(project, 'tests/fixtures/good/small');
  const options = { content, out: join(root, 'dist'), now: Date.parse('2026-11-22T15:00Z'), clean: false };
  const runProgram = (_: string, args: readonly string[], __: string, env: NodeJS.ProcessEnv = {}) => {
    used.push(args[args.indexOf('--outDir') + 1] ?? '', env['HALFPAST_CACHE'] ?? '');
    return Promise.resolve({ code: 1, stdout: '', stderr: 'stopped' });
  };
  await expect(buildSite(options, { root, env: {}, runProgram })).rejects.toThrow('stopped');
  expect(used.map((path) => path.startsWith(join(root, '.astro/build/')))).toEqual([true, true]);
  expect(canWriteTo(join(root, 'node_modules/.vite'))).toBe(false);
  expect(canWriteTo(join(root, '.astro/cache'))).toBe(true);
});

it('removes what killed builds have left, and isn’t stopped by another build that removes its own meanwhile', async () => {
  const root = temporaryFolder();
  const disk = statSync(root).mtimeMs / 1000;
  const work = join(root, 'node_modules/.astro');
  for (const [name, age] of Object.entries({ 'build-old': 7200, 'build-new': 60 })) {
    mkdirSync(join(work, name), { recursive: true });
    utimesSync(join(work, name), disk - age, disk - age);
  }
  // A link that leads nowhere: its name is listed, but it isn't there.
  symlinkSync('nowhere', join(work, 'build-gone'));
  const content = join(project, 'tests/fixtures/good/small');
  const runProgram = () => Promise.resolve({ code: 1, stdout: '', stderr: 'stopped' });
  const now = Date.parse('2027-11-22T15:00Z');
  const built = buildSite({ content, out: join(root, 'dist'), now, clean: false }, { root, env: {}, runProgram });
  await expect(built).rejects.toThrow('stopped');
  expect(['build-old', 'build-new'].map((name) => existsSync(join(work, name)))).toEqual([false, true]);
});

const small = join(project, 'tests/fixtures/good/small');
const now = Date.parse('2026-11-22T15:00Z');

type Call = { readonly file: string; readonly args: readonly string[]; readonly cwd: string; readonly env: object };

/** A machine whose Astro writes a site of these files, or fails. */
function machineOf(root: string, site: Readonly<Record<string, string>>, stderr: string | null = null) {
  const calls: Call[] = [];
  const runProgram = (file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) => {
    calls.push({ file, args, cwd, env });
    const out = args[args.indexOf('--outDir') + 1] ?? '';
    for (const [path, text] of Object.entries(site)) write(out, path, text);
    return Promise.resolve({ code: stderr === null ? 0 : 1, stdout: '', stderr: stderr ?? '' });
  };
  return { root, env: { PATH: '/bin' }, runProgram, calls };
}

const site = { 'release.json': '{}', 'index.html': 'new', 'incidents/index.html': 'new' };

/** Builds `site` into `root/dist`, or wherever the options say. */
const build = (root: string, options: Partial<BuildOptions> = {}, files = site, stderr: string | null = null) =>
  buildSite({ content: small, out: join(root, 'dist'), now, clean: false, ...options }, machineOf(root, files, stderr));

describe('a build', () => {
  it('counts the files, replaces the last site, and leaves nothing else', async () => {
    const root = temporaryFolder();
    const out = join(root, 'deep/dist');
    expect(await build(root, { out })).toEqual({ out, files: 3 });
    write(out, 'postmortems/old/index.html', 'old');
    expect(await build(root, { out })).toEqual({ out, files: 3 });
    expect(filesBelow(join(root, 'deep'))).toEqual(
      ['incidents/index.html', 'index.html', 'release.json'].map((path) => `dist/${path}`),
    );
    expect(readdirSync(join(root, 'node_modules/.astro'))).toEqual([]);
    // A web server, which is another user, must be able to read the site.
    expect(statSync(out).mode & 0o755).toBe(0o755);
  });

  it('calls Astro with its options in the environment', async () => {
    const root = temporaryFolder();
    const machine = machineOf(root, site);
    const call = async (options: Partial<BuildOptions>): Promise<Call | undefined> => {
      await buildSite({ content: small, out: join(root, 'dist'), now, clean: false, ...options }, machine);
      return machine.calls.at(-1);
    };
    const outDir = expect.stringMatching(/\/node_modules\/\.astro\/build-[0-9a-f-]{36}$/) as string;
    const env = {
      PATH: '/bin',
      HALFPAST_CONTENT: small,
      HALFPAST_NOW: '2026-11-22T15:00:00.000Z',
      ASTRO_TELEMETRY_DISABLED: '1',
      ASTRO_DISABLE_UPDATE_CHECK: 'true',
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'),
      NODE_ENV: 'production',
      HALFPAST_CACHE: expect.stringMatching(/\/node_modules\/\.astro\/[0-9a-f]{12}$/) as string,
    };
    const astro = join(root, 'node_modules/astro/bin/astro.mjs');
    const plain = { file: process.execPath, args: [astro, 'build', '--silent', '--outDir', outDir], cwd: root, env };
    expect(await call({})).toEqual(plain);
    expect(await call({ commit: null })).toEqual(plain);
    expect(await call({ clean: true, commit: 'c0ffee', cache: join(root, 'cache') })).toEqual({
      ...plain,
      args: [...plain.args, '--force'],
      env: { ...env, HALFPAST_CACHE: join(root, 'cache'), HALFPAST_COMMIT: 'c0ffee' },
    });
    expect(astroCall(['dev'], small, null, machine).env).not.toHaveProperty('HALFPAST_NOW');
  });

  it.each<[string, (root: string) => Partial<BuildOptions>, string]>([
    [
      'out of a link',
      (root) => (symlinkSync('elsewhere', join(root, 'dist')), {}),
      'ROOT/dist is a link, and a build would replace it. Name the folder itself with --out DIR, or use publish --to DIR, which switches links',
    ],
    ['out of a file', (root) => (write(root, 'dist', ''), {}), 'ROOT/dist is a file. Name a folder with --out DIR'],
    [
      'out of a mount point',
      () => ({ out: '/proc' }),
      '/proc is a mount point, and a build replaces the whole folder. Use a folder inside it with --out DIR',
    ],
    [
      'out of a folder with something else',
      (root) => (write(root, 'dist/thesis.doc', ''), {}),
      'ROOT/dist contains something other than a site built by Halfpast. Name an empty or new folder with --out DIR',
    ],
    [
      'what is beside a site',
      (root) => (['release.json', '.git/HEAD', 'a', 'b'].forEach((path) => write(root, `dist/${path}`, '')), {}),
      'ROOT/dist also holds .git, a, b, which a build would remove. Move it away, or name another folder with --out DIR',
    ],
    [
      'more than fits in a line beside a site',
      (root) => (['release.json', 'CNAME', 'a', 'b', 'c'].forEach((path) => write(root, `dist/${path}`, '')), {}),
      'ROOT/dist also holds CNAME, a, b and more, which a build would remove. Move it away, or name another folder with --out DIR',
    ],
    [
      'the content itself',
      (root) => ({ content: join(root, 'content'), out: join(root, 'content') }),
      'ROOT/content is inside the content folder, which is only for content. Name another folder with --out DIR',
    ],
    [
      'a folder in the content, behind a link',
      (root) => (
        mkdirSync(join(root, 'content')),
        symlinkSync('content', join(root, 'link')),
        { content: join(root, 'content'), out: join(root, 'link/a/dist') }
      ),
      'ROOT/link/a/dist is inside the content folder, which is only for content. Name another folder with --out DIR',
    ],
    [
      'a cache in the content',
      (root) => ({ content: join(root, 'content'), cache: join(root, 'content/cache') }),
      'ROOT/content/cache is inside the content folder, which is only for content. Name another folder with --cache DIR',
    ],
    [
      'content that is everything',
      () => ({ content: '/' }),
      'ROOT/dist is inside the content folder, which is only for content. Name another folder with --out DIR',
    ],
  ])('refuses to replace %s, and doesn’t change it', async (_, arrange, message) => {
    const root = temporaryFolder();
    const options = arrange(root);
    const before = filesBelow(root);
    await expect(build(root, options)).rejects.toThrow(new UserError(message.replaceAll('ROOT', root)));
    expect(filesBelow(root)).toEqual(before);
    expect(existsSync(join(root, 'node_modules/.astro')) ? readdirSync(join(root, 'node_modules/.astro')) : []).toEqual(
      [],
    );
  });

  it('goes into an empty folder, and beside content whose name begins the same', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'dist'));
    expect(await build(root, { content: join(root, 'dis') })).toMatchObject({ files: 3 });
    expect(await build(root, { content: join(root, 'dist/content'), cache: join(root, 'dist/cache') })).toMatchObject({
      files: 3,
    });
  });

  it.each<[string, string, string]>([
    ['a full disk', 'Error: ENOSPC: no space left', 'The site could not be written: the disk is full'],
    ['a full disk, by the shell', 'No space left on device', 'The site could not be written: the disk is full'],
    ['anything else', '\n  It broke\n', 'Astro could not build the site. It said:\nIt broke'],
  ])('that fails because of %s says why, and keeps the last site', async (_, stderr, message) => {
    const root = temporaryFolder();
    await build(root);
    const error = await build(root, {}, { ...site, 'index.html': 'broken' }, stderr).catch((thrown: unknown) => thrown);
    expect((error as Error).message).toBe(message);
    expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toBe('new');
    expect(readdirSync(join(root, 'node_modules/.astro'))).toEqual([]);
  });

  it('that fails because of the content reports its problems', async () => {
    const root = temporaryFolder();
    write(root, 'content/site.yml', 'name: Example\n');
    const result = await build(root, { content: join(root, 'content') }, site, 'It broke');
    expect(result).toHaveProperty('problems');
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  it('after one that died while switching puts the newest site back first, and removes the others at the end', async () => {
    const root = temporaryFolder();
    for (const [index, name] of ['dist.old-b', 'dist.old-a', 'dist.old-c'].entries()) {
      write(root, `${name}/release.json`, '{}');
      write(root, `${name}/index.html`, name);
      utimesSync(join(root, name), now / 1000 - (index % 2) * 60, now / 1000 - (index === 1 ? 0 : 60 + index));
    }
    write(root, 'other.old-a/index.html', 'of another site');
    await expect(build(root, {}, site, 'It broke')).rejects.toThrow('It broke');
    expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toBe('dist.old-a');
    await build(root);
    expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toBe('new');
    expect(readdirSync(root).sort()).toEqual(['dist', 'node_modules', 'other.old-a']);
  });

  it('keeps the cache of other content separate', async () => {
    const root = temporaryFolder();
    const machine = machineOf(root, site);
    for (const content of [small, join(root, 'a'), small])
      await buildSite({ content, out: join(root, 'dist'), now, clean: false }, machine);
    const [first, second, third] = machine.calls.map(({ env }) => (env as NodeJS.ProcessEnv)['HALFPAST_CACHE']);
    expect(first).toBe(third);
    expect(second).not.toBe(first);
  });

  it('leaves alone Astro’s folders and builds that are still running', async () => {
    const root = temporaryFolder();
    const work = join(root, 'node_modules/.astro');
    const disk = statSync(root).mtimeMs / 1000;
    for (const [name, age] of Object.entries({ fonts: 7200, 'build-running': 3500, 'build-dead': 3700 })) {
      write(work, `${name}/file`, '');
      utimesSync(join(work, name), disk - age, disk - age);
    }
    await build(root);
    expect(readdirSync(work).sort()).toEqual(['build-running', 'fonts']);
  });
});
