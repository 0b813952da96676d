import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { releaseFile } from '../../../src/lib/api/release.ts';
import type { Duration } from '../../../src/lib/domain/calendar.ts';
import { UserError } from '../../cli/errors.ts';
import { parseJson } from '../../cli/text.ts';
import { type Answer, request } from '../../live/http.ts';

/** Requests an address. Never throws network errors. */
export type Get = (address: string) => Promise<Answer>;

/** A difference from the build. A note is worth knowing, but doesn't fail the verification. */
export type VerifyFinding = {
  readonly level: 'problem' | 'note';
  /** Findings of the same kind are summarized. */
  readonly kind: string;
  /** Below the site's address, such as `/rss.xml`. */
  readonly path: string;
  readonly message: string;
};

export const problem = (kind: string, path: string, message: string): VerifyFinding => ({
  level: 'problem',
  kind,
  path,
  message,
});
export const note = (kind: string, path: string, message: string): VerifyFinding => ({
  level: 'note',
  kind,
  path,
  message,
});

/** If all files redirect to a host that's down, one finding stands for all of them. */
export const deadRedirect = 'dead-redirect';

/** `how` distinguishes several requests for one path. */
export function noAnswer(
  path: string,
  { reason, redirectedTo }: Extract<Answer, { readonly kind: 'none' }>,
  how = '',
): VerifyFinding {
  const host = redirectedTo === undefined ? null : URL.parse(redirectedTo)?.origin;
  if (host === null || host === undefined) return problem('no-response', path, `doesn't respond${how}: ${reason}`);
  return problem(deadRedirect, path, `redirects to ${host}, which doesn't respond: ${reason}`);
}

/** Requests an address as a browser would: follows redirects, and uses caches. */
export const httpGet =
  (timeout: Duration): Get =>
  (address) =>
    request(address, { timeout, headers: { 'user-agent': 'halfpast verify' } });

/** The parts of `release.json` that verification needs. */
const releaseNameSchema = z.object({
  content: z.string(),
  now: z.string(),
  newestUpdate: z.string().nullable(),
  url: z.string().optional(),
});

export type ReleaseName = Readonly<z.output<typeof releaseNameSchema>>;

/** Null when this isn't a release.json. */
const readReleaseName = (bytes: Uint8Array): ReleaseName | null =>
  parseJson(releaseNameSchema, new TextDecoder().decode(bytes));

/** A built site. Paths begin with `/` and name files, such as `/history/index.html`. */
export type BuiltSite = {
  readonly release: ReleaseName;
  /** Sorted. */
  readonly files: readonly string[];
  readonly read: (path: string) => Promise<Uint8Array>;
};

/** Opens a built site. Throws UserError when `folder`, called `shown` in messages, has none. */
export async function openBuiltSite(folder: string, shown: string): Promise<BuiltSite> {
  const name = join(folder, releaseFile);
  const release = existsSync(name) ? readReleaseName(await readFile(name)) : null;
  if (release === null)
    throw new UserError(`${shown} has no site built by Halfpast. Build it: npx halfpast build --out ${shown}`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'))
    .sort();
  return { release, files, read: (path) => readFile(join(folder, path)) };
}

/** The public path of a file. For a page, it's the path of its folder. */
export function servedPath(file: string): string {
  const path = file.replace(/(^|\/)index\.html$/, '$1');
  return path.split('/').map(encodeURIComponent).join('/');
}

const path = '/release.json';

const elsewhere = '. Perhaps this address serves another site';

function isSame(a: ReleaseName, b: ReleaseName): boolean {
  return a.content === b.content && a.now === b.now;
}

const describeRelease = ({ now, newestUpdate }: ReleaseName): string =>
  `the release of ${now}${newestUpdate === null ? '' : ` (newest update: ${newestUpdate})`}`;

/** Compares the served release.json with the built one. `how` distinguishes several requests. */
export function checkRelease(built: ReleaseName, answer: Answer, how: string): VerifyFinding[] {
  if (answer.kind === 'none') return [noAnswer(path, answer, how)];
  if (answer.status !== 200)
    return [problem('release', path, `returns status ${answer.status}${how}${answer.status === 404 ? elsewhere : ''}`)];
  const served = readReleaseName(answer.body);
  if (served === null) return [problem('release', path, `isn't a Halfpast release${how}${elsewhere}`)];
  if (isSame(served, built)) return [];
  const age = served.now < built.now ? 'an older release' : 'a different release';
  const releases = `${describeRelease(served)}, not ${describeRelease(built)}`;
  return [problem('release', path, `is from ${age}${how}: ${releases}`)];
}

/** Whether a later release is served, which is fine. */
export function isOvertaken(built: ReleaseName, answer: Answer): boolean {
  const served = answer.kind === 'answer' && answer.status === 200 ? readReleaseName(answer.body) : null;
  return served !== null && served.now > built.now;
}
