import { relative } from 'node:path';
import { dev, preview } from 'astro';
import { loadContent } from '../../src/content/load.ts';
import type { Parsed } from '../../src/content/parse-content.ts';
import { type Problem, problemLine } from '../../src/content/problem.ts';
import { provideSite } from '../../src/content/run.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Site } from '../../src/domain/site.ts';
import { local, paths } from '../../src/views/links.ts';
import { UserError } from '../cli/errors.ts';
import { servingOptions } from './astro-options.ts';
import { type BuildOptions, buildSite } from './build-site.ts';
import { cacheFolder } from './cache-folder.ts';
import { watchContent } from './watch-content.ts';

/** A server that runs until it is stopped. */
export type Running = { readonly address: string; readonly stop: () => Promise<void> };

export type StartOptions = Omit<BuildOptions, 'clean'> & { readonly port: number };

/** Builds the site and serves it as it was built. Errors are those of `buildSite`. */
export async function startSite(options: StartOptions): Promise<{ readonly problems: readonly Problem[] } | Running> {
  const { content, root, port } = options;
  const built = await buildSite({ ...options, clean: false });
  if ('problems' in built) return built;
  const { settings } = built.site;
  const server = await preview({ ...servingOptions(root, cacheFolder(root, content), settings), output: 'static', outDir: built.out, server: { port } });
  return { address: `http://localhost:${server.port}${local(settings, paths.home)}`, stop: () => server.stop() };
}

export type DevOptions = {
  readonly content: string;
  readonly root: string;
  readonly port: number;
  /** The moment to look at the content, asked anew after each change. */
  readonly now: () => Instant;
};

/**
 * Serves the content as it is written: every saved file shows at once, a mistake shows as its line.
 * Throws UserError when the content has problems at the start: the settings are needed to serve at all.
 */
export async function devSite({ content, root, port, now }: DevOptions): Promise<Running> {
  const shown = relative(process.cwd(), content);
  const load = (): Promise<Parsed> => loadContent(content, now());
  let current: Promise<Parsed> | null = null;
  const parsed = (): Promise<Parsed> => (current ??= load());
  const lines = async (): Promise<string[]> => {
    const result = await parsed();
    return 'site' in result ? [] : result.problems.map((problem) => problemLine(problem, shown));
  };
  const site = async (): Promise<Site> => {
    const result = await parsed();
    if ('site' in result) return result.site;
    throw new UserError((await lines()).join('\n'));
  };
  provideSite(site);
  const { settings } = await site();
  // Astro finds its own parts from the working directory.
  process.chdir(root);
  const forget = (): void => {
    current = null;
  };
  const server = await dev({
    ...servingOptions(root, cacheFolder(root, content), settings),
    server: { port },
    integrations: [watchContent({ folder: content, forget, problems: lines })],
  });
  return { address: `http://localhost:${server.address.port}${local(settings, paths.home)}`, stop: () => server.stop() };
}
