import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AstroIntegration, build } from 'astro';
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

/**
 * Has Astro bundle the pages, below `root`, into `folder`, from which `node_modules` must be seen. The
 * bundle knows nothing of any site.
 */
export async function bundleSite(root: string, folder: string): Promise<void> {
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
  } finally {
    process.chdir(here);
  }
}
