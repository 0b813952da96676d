import { enableCompileCache } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { browserBundle } from './browser-bundle.ts';
import { type Build, canWriteTo, claimCache, openBuild } from './build-cache.ts';
import { logBlocked, reportPath } from './csp-reports.ts';
import type { Problem } from './lib/content/problem.ts';
import type { Instant } from './lib/domain/calendar.ts';
import type { Settings } from './lib/domain/settings.ts';
import type { Site } from './lib/domain/site.ts';
import { languageOf } from './lib/words/words.ts';
import { provideSite } from './site.ts';
import { type AllowedSources, sourcesFor } from './lib/views/content-policy.ts';

export type HalfpastOptions = {
  /**
   * Sources to add to the Content-Security-Policy of every page, by directive, such as
   * `{ 'script-src': ['https://analytics.example'], 'connect-src': ['https://analytics.example'] }`.
   */
  readonly csp?: AllowedSources;
};

type Content =
  | {
      readonly site: Site;
      readonly digest: string;
      /** Printed when Astro starts. */
      readonly note: string | null;
    }
  | { readonly problems: readonly Problem[]; readonly settings: Settings | null };

/** Invalid content, with one problem per line. Has no stack trace, which wouldn't help with content. */
class ContentProblems extends Error {
  override readonly name = 'ContentProblems';
  override readonly stack = '';
  /** Astro's error overlay shows this place in the file. */
  loc?: { readonly file: string; readonly line: number; readonly column: number };
}

/** How long to wait for further changes, in milliseconds. Editors may write a file more than once. */
const settled = 100;

/**
 * Turns an Astro project into a status page. It reads the content, provides it to pages through `getSite()`, and adds
 * `release.json` to the built site. Problems in the content stop a build before anything is written, and appear in the
 * error overlay of `astro dev`.
 *
 * The commands configure it through the environment: `HALFPAST_CONTENT` (the content folder; default `content/`),
 * `HALFPAST_NOW` (the time to build for, ISO 8601; default now, or for the included example the time of its newest
 * update), `HALFPAST_CACHE` (the folder for Astro's cache;
 * default `cacheDir`) and `HALFPAST_COMMIT` (the commit to record in `release.json`; default none).
 */
export function halfpast({ csp = {} }: HalfpastOptions = {}): AstroIntegration {
  const { HALFPAST_CONTENT = '', HALFPAST_NOW = '', HALFPAST_CACHE, HALFPAST_COMMIT } = process.env;
  let fixed: Instant | null = null;
  let root = '';
  let folder = '';
  let isBuild = false;
  let reading: Promise<Content> | null = null;

  const read = async (): Promise<Content> => {
    const { checkContent, contentHash, exampleLine, exampleTime, NoContentFolder, readTree } =
      await contentReader(root);
    try {
      const tree = await readTree(folder);
      const example = fixed === null ? exampleTime(tree) : null;
      const checked = await checkContent(tree, fixed ?? example ?? Date.now());
      return 'problems' in checked
        ? checked
        : { site: checked.site, digest: contentHash(tree), note: example === null ? null : exampleLine(example) };
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
    const text = found.problems.map((problem) => problemLine(problem, shown)).join('\n');
    const [first] = found.problems;
    const error = new ContentProblems(text);
    // The overlay must not show a credential. Astro only finds files in the project.
    const isShown = folder.startsWith(root) && found.problems.every(({ kind }) => kind !== 'credential');
    if (first !== undefined && isShown)
      error.loc = { file: join(folder, first.file), line: first.line, column: first.column };
    throw error;
  };

  let build: Build | null = null;
  return {
    name: 'halfpast',
    hooks: {
      'astro:config:setup': async ({
        command,
        config,
        logger,
        updateConfig,
        injectRoute,
        addMiddleware,
        addWatchFile,
      }) => {
        root = fileURLToPath(config.root);
        isBuild = command === 'build';
        folder = resolve(root, HALFPAST_CONTENT === '' ? 'content' : HALFPAST_CONTENT);
        if (HALFPAST_NOW !== '') {
          const time = (await contentReader(root)).readInstant(HALFPAST_NOW, 'UTC');
          if ('wrong' in time) end(`HALFPAST_NOW: ${time.wrong}`);
          fixed = time.value;
        }
        provideSite(async () => (await required()).site);
        if (isBuild) await required().catch(stop);
        const { url, compose, locale, languages, scripts, note } = await settingsOf(content);
        if (note !== null && (command === 'dev' || isBuild)) logger.info(note);
        // The form's script is large, so it's only bundled when the form is enabled.
        if (compose)
          injectRoute({ pattern: '/compose', entrypoint: new URL('./pages/_compose.astro', import.meta.url) });
        // Packages that another user installed, so Astro and Vite can't write their caches there.
        const isForeign = !canWriteTo(join(root, 'node_modules/.vite'));
        const ownCache = isForeign ? new URL('.astro/cache/', config.root) : config.cacheDir;
        const wanted = HALFPAST_CACHE === undefined ? ownCache : pathToFileURL(resolve(HALFPAST_CACHE) + sep);
        const cacheDir = isBuild ? pathToFileURL(claimCache(fileURLToPath(wanted)) + sep) : wanted;
        if (isBuild) build = openBuild(root, fileURLToPath(cacheDir), fileURLToPath(config.outDir));
        addWatchFile(join(folder, 'site.yml'));
        addMiddleware({ order: 'pre', entrypoint: new URL('./csp-middleware.ts', import.meta.url) });
        for (const { folder } of languages.slice(1))
          for (const page of pagesPerLanguage(new URL('./pages/', import.meta.url)))
            injectRoute({ ...page, pattern: `${folder}${page.pattern}` });
        const { origin, pathname } = new URL(url);
        updateConfig({
          site: origin,
          base: pathname,
          cacheDir,
          vite: {
            ...(isForeign ? { cacheDir: join(fileURLToPath(cacheDir), 'vite') } : {}),
            plugins: [browserBundle(languageOf(locale) ?? 'en')],
            define: {
              halfpastPolicy: JSON.stringify({
                csp,
                scripts: sourcesFor(scripts),
                reportTo: command === 'dev' ? reportPath : null,
              }),
            },
            // Inline scripts need no request, and the policy allows them by hash.
            build: {
              assetsInlineLimit:
                config.vite.build?.assetsInlineLimit ?? ((file: string) => (file.endsWith('.js') ? true : undefined)),
              ...(build?.reusesOutput === true ? { emptyOutDir: false } : {}),
            },
          },
        });
      },
      'astro:routes:resolved': async ({ routes, logger }) => {
        const found = await content().catch(() => null);
        if (found === null || !('site' in found)) return;
        const { pages, settings } = found.site;
        for (const { slug } of pages) {
          const addresses = settings.languages.map((language) => `${language.folder}/${slug}`);
          const route = routes.find(({ pathname = '' }) => addresses.includes(pathname));
          if (route === undefined) continue;
          const file = relative(process.cwd(), join(folder, 'pages', `${slug}.md`));
          const line = `${file} and ${route.entrypoint} are both at ${route.pathname ?? ''}/. Rename one`;
          if (isBuild) end(`${line}\nNothing was built`);
          logger.error(line);
        }
      },
      'astro:server:setup': ({ server, logger }) => {
        let timer: NodeJS.Timeout | undefined;
        const showAgain = (): void => {
          reading = null;
          // Vite doesn't know about content, so clear Astro's route cache and reload open pages.
          for (const name of ['ssr', 'prerender', 'client'])
            server.environments[name]?.hot.send('astro:content-changed');
          server.environments.client.hot.send({ type: 'full-reload', path: '*' });
        };
        server.watcher.add(folder);
        server.watcher.on('all', (_event, path) => {
          if (path !== folder && !path.startsWith(folder + sep)) return;
          // Not in `showAgain`: Vite immediately reloads a page that shows an error.
          reading = null;
          clearTimeout(timer);
          timer = setTimeout(showAgain, settled);
        });
        server.middlewares.use(
          reportPath,
          logBlocked((line) => logger.warn(line)),
        );
      },
      'astro:build:done': async ({ dir, assets }) => {
        const { site, digest } = await required();
        const { writeRelease } = await import('./write-release.ts');
        const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
        build?.removeStale([...assets.values()].flat().map((url) => fileURLToPath(url)));
        writeRelease(fileURLToPath(dir), { site, content: digest, version, commit: HALFPAST_COMMIT ?? null });
        build?.finish();
      },
    },
  };
}

/** Imports the modules that read content. Node caches the compiled code, which saves half a second. */
async function contentReader(root: string) {
  enableCompileCache(join(root, 'node_modules/.cache/compiled'));
  const [check, tree, disk, example, problem, time] = await Promise.all([
    import('./lib/content/check-content.ts'),
    import('./lib/content/content-tree.ts'),
    import('./lib/content/disk.ts'),
    import('./lib/content/example.ts'),
    import('./lib/content/problem.ts'),
    import('./lib/schema/time-fields.ts'),
  ]);
  return { ...check, ...tree, ...disk, ...example, ...problem, ...time };
}

/** Ends Astro with an error that users can fix. If the hook threw instead, Astro would print a stack trace. */
function end(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Ends a build that has invalid content. */
function stop(error: unknown): never {
  if (!(error instanceof ContentProblems)) throw error;
  end(`${error.message}\nNothing was built`);
}

/** Matches pages that pass their route to `getSite`. These exist once per language. */
const asksForLanguage = /\bgetSite\(\w/;

/** Returns these pages, with their paths as Astro route patterns. */
function pagesPerLanguage(folder: URL): { readonly pattern: string; readonly entrypoint: URL }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:astro|ts)$/.test(file))
    .map((file) => ({ file: file.split(sep).join('/'), entrypoint: new URL(encodeURI(file), folder) }))
    .filter(({ entrypoint }) => asksForLanguage.test(readFileSync(entrypoint, 'utf8')))
    .map(({ file, entrypoint }) => ({
      pattern: `/${file.replace(/\.\w+$/, '').replace(/(?:^|\/)index$/, '')}`,
      entrypoint,
    }));
}

type UsedSettings = Pick<Settings, 'url' | 'compose' | 'locale' | 'languages' | 'scripts'>;

const defaultSettings: UsedSettings = {
  url: 'http://localhost',
  compose: false,
  locale: 'en',
  languages: [{ locale: 'en', language: 'en', folder: '' }],
  scripts: [],
};

/** Returns the settings, or defaults while they are invalid, so that `astro dev` can start and show the problems. */
async function settingsOf(content: () => Promise<Content>): Promise<UsedSettings & { readonly note: string | null }> {
  const found = await content().catch((error: unknown) => {
    if (error instanceof ContentProblems) return { problems: [], settings: null };
    throw error;
  });
  if ('site' in found) return { ...found.site.settings, note: found.note };
  return { ...(found.settings ?? defaultSettings), note: null };
}
