import { createHash } from 'node:crypto';
import { enableCompileCache } from 'node:module';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { browserBundle } from './browser-bundle.ts';
import type { Problem } from './lib/content/problem.ts';
import type { Settings } from './lib/domain/settings.ts';
import type { Site } from './lib/domain/site.ts';
import { shownLine } from './lib/schema/text.ts';
import { provideSite } from './site.ts';
import type { AllowedSources } from './lib/views/content-policy.ts';

export type HalfpastOptions = {
  /**
   * Sources to add to the Content-Security-Policy of every page, by directive, such as
   * `{ 'script-src': ['https://analytics.example'], 'connect-src': ['https://analytics.example'] }`.
   */
  readonly csp?: AllowedSources;
};

type Content = { readonly site: Site; readonly digest: string } | { readonly problems: readonly Problem[] };

/** Content that can't be shown, one line per problem. Astro's overlay has the lines; a stack would say nothing about content. */
class ContentProblems extends Error {
  override readonly name = 'ContentProblems';
  override readonly stack = '';
}

/** Milliseconds without another change after which a save is complete: editors write a file more than once. */
const settled = 100;

/** Where browsers report what the policy blocks in `astro dev`. */
const reports = '/_halfpast/csp-reports';

/** In characters: nobody but the browser should have anything to say there. */
const longestReport = 16_384;

/**
 * Makes an Astro project a status page: reads the content, hands it to pages through `getSite()`, and adds
 * `release.json` to what was built. Problems in the content stop a build before anything is written; in
 * `astro dev` they are the error overlay.
 *
 * The commands set these variables: `HALFPAST_CONTENT` (the content folder; `content/` in the project), `HALFPAST_NOW`
 * (the moment the content is looked at, ISO 8601; the clock), `HALFPAST_CACHE` (what is kept between builds; Astro's
 * `cacheDir`) and `HALFPAST_COMMIT` (the commit to name in `release.json`; none).
 */
export function halfpast({ csp = {} }: HalfpastOptions = {}): AstroIntegration {
  const { HALFPAST_CONTENT, HALFPAST_NOW, HALFPAST_CACHE, HALFPAST_COMMIT } = process.env;
  const fixed = HALFPAST_NOW === undefined ? null : Date.parse(HALFPAST_NOW);
  if (Number.isNaN(fixed))
    throw new Error(`HALFPAST_NOW is not a time: ${HALFPAST_NOW}. Set it to one such as 2026-11-22T14:05Z`);
  let root = '';
  let folder = '';
  let reading: Promise<Content> | null = null;

  const read = async (): Promise<Content> => {
    const { checkContent, contentHash, NoContentFolder, readTree } = await contentReader(root);
    try {
      const tree = await readTree(folder);
      const checked = await checkContent(tree, fixed ?? Date.now());
      return 'problems' in checked ? checked : { site: checked.site, digest: contentHash(tree) };
    } catch (error) {
      throw error instanceof NoContentFolder ? new ContentProblems(error.message) : error;
    }
  };
  const content = (): Promise<Content> => (reading ??= read());
  const required = async (): Promise<Exclude<Content, { readonly problems: unknown }>> => {
    const found = await content();
    if ('site' in found) return found;
    const { problemLine } = await contentReader(root);
    const shown = relative(process.cwd(), folder);
    throw new ContentProblems(found.problems.map((problem) => problemLine(problem, shown)).join('\n'));
  };

  let build: Build | null = null;
  return {
    name: 'halfpast',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig, injectRoute, addMiddleware, addWatchFile }) => {
        root = fileURLToPath(config.root);
        folder = resolve(root, HALFPAST_CONTENT ?? 'content');
        provideSite(async () => (await required()).site);
        if (command === 'build') await required().catch(stop);
        const { url, compose } = await settingsOf(content);
        // Its program is large, so it's bundled only for those who have the form.
        if (compose)
          injectRoute({ pattern: '/compose', entrypoint: new URL('./pages/_compose.astro', import.meta.url) });
        const wanted = HALFPAST_CACHE === undefined ? config.cacheDir : pathToFileURL(resolve(HALFPAST_CACHE) + sep);
        const cacheDir = command === 'build' ? pathToFileURL(ownCache(fileURLToPath(wanted)) + sep) : wanted;
        if (command === 'build') build = openBuild(root, fileURLToPath(cacheDir), fileURLToPath(config.outDir));
        addWatchFile(join(folder, 'site.yml'));
        addMiddleware({ order: 'pre', entrypoint: new URL('./csp-middleware.ts', import.meta.url) });
        const { origin, pathname } = new URL(url);
        updateConfig({
          site: origin,
          base: pathname,
          cacheDir,
          vite: {
            plugins: [browserBundle()],
            define: { halfpastPolicy: JSON.stringify({ allow: csp, reportTo: command === 'dev' ? reports : null }) },
            // A script inside the page needs no request, and the policy names it by its hash.
            build: {
              assetsInlineLimit:
                config.vite.build?.assetsInlineLimit ?? ((file: string) => (file.endsWith('.js') ? true : undefined)),
              ...(build?.continues === true ? { emptyOutDir: false } : {}),
            },
          },
        });
      },
      'astro:server:setup': ({ server, logger }) => {
        let timer: NodeJS.Timeout | undefined;
        const showAgain = (): void => {
          reading = null;
          // Content is in no module graph: Astro's route caches and open pages have to hear of it.
          for (const name of ['ssr', 'prerender', 'client'])
            server.environments[name]?.hot.send('astro:content-changed');
          server.environments.client.hot.send({ type: 'full-reload', path: '*' });
        };
        server.watcher.add(folder);
        server.watcher.on('all', (_event, path) => {
          if (path !== folder && !path.startsWith(folder + sep)) return;
          clearTimeout(timer);
          timer = setTimeout(showAgain, settled);
        });
        const said = new Set<string>();
        server.middlewares.use(reports, (request, response) => {
          let body = '';
          request
            .on('data', (chunk: Buffer) => (body = `${body}${chunk.toString()}`.slice(0, longestReport)))
            .on('end', () => {
              const line = blockedLine(body);
              if (line !== null && !said.has(line)) logger.warn(line);
              if (line !== null) said.add(line);
              response.writeHead(204).end();
            });
        });
      },
      'astro:build:done': async ({ dir, assets }) => {
        const { site, digest } = await required();
        const { writeRelease } = await import('./write-release.ts');
        const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
        build?.removeOld([...assets.values()].flat().map((url) => fileURLToPath(url)));
        writeRelease(fileURLToPath(dir), { site, content: digest, version, commit: HALFPAST_COMMIT ?? null });
        build?.finish();
      },
    },
  };
}

/** Loads what reads content. Half a second goes into compiling it, unless Node keeps what it compiled last time. */
async function contentReader(root: string) {
  enableCompileCache(join(root, 'node_modules/.cache/compiled'));
  const [check, tree, disk, problem] = await Promise.all([
    import('./lib/content/check-content.ts'),
    import('./lib/content/content-tree.ts'),
    import('./lib/content/disk.ts'),
    import('./lib/content/problem.ts'),
  ]);
  return { ...check, ...tree, ...disk, ...problem };
}

/** Ends a build that can't begin. Astro would call an error thrown from a hook unhandled, and print a stack. */
function stop(error: unknown): never {
  if (!(error instanceof ContentProblems)) throw error;
  process.stderr.write(`${error.message}\nNothing was built\n`);
  process.exit(1);
}

/** The settings to serve with; while they can't be read, every page shows the problems. */
async function settingsOf(content: () => Promise<Content>): Promise<Pick<Settings, 'url' | 'compose'>> {
  const found = await content().catch((error: unknown) => {
    if (error instanceof ContentProblems) return { problems: [] };
    throw error;
  });
  return 'site' in found ? found.site.settings : { url: 'http://localhost', compose: false };
}

/** Whether the process that wrote this lock still builds; none takes an hour. */
function isHeld(lock: string): boolean {
  try {
    return Date.now() - statSync(lock).mtimeMs < 3_600_000 && process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The cache for this build. Two builds that share one would mix up their pages, so while another is at work, also one
 * whose command was killed, this build gets a cache that is thrown away.
 */
function ownCache(cacheDir: string): string {
  const lock = join(cacheDir, 'incremental-build.json.lock');
  mkdirSync(cacheDir, { recursive: true });
  if (existsSync(lock) && !isHeld(lock)) rmSync(lock, { force: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    process.once('exit', () => rmSync(lock, { force: true }));
    return cacheDir;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const thrownAway = mkdtempSync(join(tmpdir(), 'halfpast-cache-'));
    process.once('exit', () => rmSync(thrownAway, { recursive: true, force: true }));
    return thrownAway;
  }
}

type Build = {
  /** Whether the output folder holds what the last build left there, so that Astro can leave most of it as it is. */
  readonly continues: boolean;
  /** Removes what the last build left and this one didn't make or keep; `kept` are the files of all pages. */
  readonly removeOld: (kept: readonly string[]) => void;
  readonly finish: () => void;
};

/** Pages depend on these, which Astro's own keys leave out. */
const middleware = [
  'src/csp-middleware.ts',
  'src/lib/views/content-policy.ts',
  'src/middleware.ts',
  'src/middleware.js',
  'src/middleware/index.ts',
];

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Says what this build may take from the last one. Astro takes the files that its manifest lists, but a build that was
 * killed has written some of them anew and not the manifest. So a build removes a state file first and writes it
 * last; without it, nothing is taken. The same goes for what a page depends on and Astro's keys leave out:
 * middleware, and Node, which knows the names of months. An output folder that is as the last build left it isn't
 * emptied, since writing thousands of files again takes longer than all else.
 */
function openBuild(root: string, cacheDir: string, out: string): Build {
  const file = join(cacheDir, 'incremental-build.json.state');
  const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);
  const code = digestOf(JSON.stringify([process.version, ...middleware.map((name) => read(join(root, name)))]));
  const release = (): string => digestOf(read(join(out, 'release.json')) ?? '');
  const last = JSON.parse(read(file) ?? '{}') as {
    readonly code?: string;
    readonly out?: string;
    readonly release?: string;
  };
  const continues = last.code === code && last.out === out && last.release === release();
  if (last.code !== code) rmSync(join(cacheDir, 'incremental-build.json'), { force: true });
  rmSync(file, { force: true });
  // Times of one disk are compared, whatever its clock: this file is written anew when the build is done.
  const mark = join(out, 'release.json');
  if (continues) writeFileSync(mark, read(mark) ?? '');
  const began = continues ? statSync(mark).mtimeMs : 0;
  return {
    continues,
    removeOld: (kept) => {
      if (!continues) return;
      const pages = new Set(kept);
      for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && !pages.has(path) && statSync(path).mtimeMs < began) rmSync(path);
      }
    },
    finish: () => {
      mkdirSync(cacheDir, { recursive: true });
      writeFileSync(file, JSON.stringify({ code, out, release: release() }));
    },
  };
}

type Report = {
  readonly 'document-uri'?: string;
  readonly 'blocked-uri'?: string;
  readonly 'effective-directive'?: string;
};

/** What a browser reports as blocked, and how to allow it; null for what isn't such a report. */
function blockedLine(body: string): string | null {
  let report: Report | undefined;
  try {
    report = (JSON.parse(body) as { 'csp-report'?: Report })['csp-report'];
  } catch {
    return null;
  }
  if (report === undefined) return null;
  const { 'document-uri': page = '', 'blocked-uri': blocked = '', 'effective-directive': given = '' } = report;
  const directive = given.replace(/-(?:elem|attr)$/, '');
  const where = URL.canParse(page) ? new URL(page).pathname : page;
  const isAddress = URL.canParse(blocked) && /^https?:/.test(blocked);
  // The published page has another address than this server.
  const source =
    isAddress && URL.canParse(page) && new URL(page).origin === new URL(blocked).origin
      ? '"\'self\'"'
      : `'${isAddress ? new URL(blocked).origin : ''}'`;
  const fix = isAddress
    ? `To allow it, pass { csp: { '${directive}': [${source}] } } to halfpast() in astro.config.mjs`
    : 'Move it into a script or style element';
  // A terminal must not act on what stands in an address.
  return shownLine(
    `${where}: the Content-Security-Policy blocks ${blocked} (${given}), here and on the built page. ${fix}`,
  );
}
