import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { sampleContent, write } from './folders.ts';
import { succeed } from './halfpast.ts';
import { troubled, troubledNow } from './page-types.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly builtSites: string;
  }
}

/**
 * Two sites that tests share, each with `content`, `site` and `cache` in its folder. `calm` is the included content,
 * served in a subfolder of its host, as on GitHub Pages. `troubled` has `troubled` added, and is at the root of its
 * host.
 */
const addresses = { calm: 'https://example.github.io/status', troubled: 'https://status.example.com' } as const;
type Name = keyof typeof addresses;

export type BuiltSite = {
  readonly address: string;
  readonly content: string;
  /** The output of the build. */
  readonly site: string;
  /** The folder passed as `--cache`. */
  readonly cache: string;
};

const at = (folder: string, name: Name): BuiltSite => ({
  address: addresses[name],
  content: join(folder, name, 'content'),
  site: join(folder, name, 'site'),
  cache: join(folder, name, 'cache'),
});

/** Read-only. */
export const builtSite = (name: Name): BuiltSite => at(inject('builtSites'), name);

/** A copy in this folder that can be changed and rebuilt. */
export function copyOfSite(name: Name, folder: string): BuiltSite {
  cpSync(join(inject('builtSites'), name), join(folder, name), { recursive: true, preserveTimestamps: true });
  return at(folder, name);
}

/** Vitest calls this once before the first of these tests, and the function it returns after the last. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'halfpast-sites-'));
  await Promise.all(
    (['calm', 'troubled'] as const).map(async (name) => {
      const { content, site, cache } = at(folder, name);
      sampleContent(join(folder, name));
      if (name === 'troubled') troubled(content);
      const settings = readFileSync(join(content, 'site.yml'), 'utf8');
      write(content, 'site.yml', settings.replace('https://status.example.com', addresses[name]));
      await succeed(['build', '--content', content, '--out', site, '--cache', cache, '--now', troubledNow]);
    }),
  );
  project.provide('builtSites', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
