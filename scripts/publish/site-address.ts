import { resolve } from 'node:path';
import { readSettings, settingsPath } from '../../src/content/settings.ts';
import { UsageError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';

/** Where `site.yml` says that the site is served, whatever else is wrong with the content; null when it cannot be read. */
export async function siteAddress(content: string, world: World): Promise<string | null> {
  const text = await world.disk.read(resolve(world.cwd, content, settingsPath));
  if (text === null) return null;
  return readSettings({ path: settingsPath, bytes: new TextEncoder().encode(text) }).settings?.url ?? null;
}

/** An address given with `--url`: whole, without ? or #. Throws UsageError. */
export function readSiteUrl(given: string): string {
  const url = URL.parse(given);
  if (url !== null && /^https?:$/.test(url.protocol) && url.search + url.hash === '') return url.href;
  throw new UsageError(
    `--url: ${JSON.stringify(given)} is not the address of a site. Type it whole, as https://status.example.com`,
  );
}

/** `--url`, or else the address in `site.yml`. Throws UsageError when there is neither. */
export async function readAddress(given: string | undefined, content: string, world: World): Promise<string> {
  if (given !== undefined) return readSiteUrl(given);
  const url = await siteAddress(content, world);
  if (url !== null) return url;
  throw new UsageError(
    `--url: ${content}/site.yml does not say where the site is served. Type it whole, as --url https://status.example.com`,
  );
}
