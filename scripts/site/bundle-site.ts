import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AstroIntegration, build } from 'astro';
import { UserError } from '../cli/errors.ts';
import { commonOptions } from './astro-options.ts';
import { ownModules } from './own-modules.ts';

const entry = fileURLToPath(new URL('server-entry.ts', import.meta.url));

/** Astro bundles for a server what it is not to run itself; the "server" is a build of ours. */
const forOurselves: AstroIntegration = {
  name: 'halfpast-build',
  hooks: {
    'astro:config:done': ({ setAdapter }) => {
      setAdapter({
        name: 'halfpast-build',
        entrypointResolution: 'auto',
        serverEntrypoint: entry,
        adapterFeatures: { buildOutput: 'server' },
        supportedAstroFeatures: { serverOutput: 'stable', staticOutput: 'stable' },
      });
    },
  },
};

/** Vite and Node take these for parts of an address, wherever they stand in a path. */
function requireUsable(root: string): void {
  const found = ['#', '?', ...(sep === '/' ? ['\\'] : [])].find((sign) => root.includes(sign));
  if (found !== undefined) throw new UserError(`Halfpast cannot work in ${root}: the tools that bundle its pages do not find files below a folder with ${found} in its name. Move it`);
}

/** The bundler tells of a full disk in words of its own. */
const isDiskFull = (error: unknown): boolean => /No space left on device|ENOSPC/.test(String(error));

/**
 * Has Astro bundle the pages, below `root`, into `folder`, from which `node_modules` must be seen. The
 * bundle knows nothing of any site. Throws UserError when this cannot be done in such a place.
 */
export async function bundleSite(root: string, folder: string): Promise<void> {
  requireUsable(root);
  const common = commonOptions(root, false);
  const here = process.cwd();
  // Astro finds its own parts from the working directory.
  process.chdir(root);
  try {
    await build({
      ...common,
      outDir: folder,
      cacheDir: join(folder, 'cache'),
      adapter: forOurselves,
      vite: { ...common.vite, plugins: [...common.vite.plugins, ownModules(join(root, 'src'))] },
    });
  } catch (error) {
    throw isDiskFull(error) ? new UserError(`${folder} could not be written: the disk is full`) : error;
  } finally {
    process.chdir(here);
  }
}
