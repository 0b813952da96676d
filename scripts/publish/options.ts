import { resolve } from 'node:path';
import { readSettings, settingsPath } from '../../src/lib/content/read-settings.ts';
import type { OptionTable } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { readRepositoryName } from '../github/port.ts';

/** The site's address in `site.yml`, even if other content has problems; null when it can't be read. */
export async function configuredAddress(content: string, context: Context): Promise<string | null> {
  const text = await context.disk.read(resolve(context.cwd, content, settingsPath));
  if (text === null) return null;
  return readSettings({ path: settingsPath, bytes: new TextEncoder().encode(text) }).settings?.url ?? null;
}

/** Reads the address in `--url`: complete, without ? or #. Throws UsageError. */
export function readSiteUrl(given: string): string {
  const url = URL.parse(given);
  if (url !== null && /^https?:$/.test(url.protocol) && url.search + url.hash === '') return url.href;
  throw new UsageError(
    `--url: ${JSON.stringify(given)} is not the address of a site. Use a full address, such as https://status.example.com`,
  );
}

/** `--url`, or else the address in `site.yml`. Throws UsageError when both are missing. */
export async function readAddress(given: string | undefined, content: string, context: Context): Promise<string> {
  if (given !== undefined) return readSiteUrl(given);
  const url = await configuredAddress(content, context);
  if (url !== null) return url;
  throw new UsageError(
    `--url: ${content}/site.yml has no address for the site. Add it, such as --url https://status.example.com`,
  );
}

/** The GitHub repository that a command works with. */
export const gitHubOption = {
  github: { value: 'OWNER/REPO', help: 'the repository; needs GITHUB_TOKEN' },
} as const satisfies OptionTable;

/** Throws UsageError when a required flag is missing. `example` is a sample value. */
export function required(given: string | undefined, flag: string, example: string): string {
  if (given !== undefined && given.trim() !== '') return given.trim();
  throw new UsageError(`${flag} is missing. Add it, such as ${flag} ${example}`);
}

/** Reads `--github`, which is required and names a repository. Throws UsageError. */
export function readGitHub(given: string | undefined): string {
  const { owner, repo } = readRepositoryName(required(given, '--github', 'example/status'), '--github');
  return `${owner}/${repo}`;
}

/** Reads a full commit id. Throws UsageError. */
export function readCommit(given: string, flag: string): string {
  if (/^[0-9a-f]{40}$/.test(given)) return given;
  throw new UsageError(`${flag}: ${JSON.stringify(given)} is not the id of a commit. Type all 40 characters`);
}
