import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { releaseFile } from '../../../src/lib/api/release.ts';
import type { Duration } from '../../../src/lib/domain/calendar.ts';
import { UserError } from '../../cli/errors.ts';

/** What a server said to one request, or why there was no answer. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Names in small letters. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      /** The address that answered in the end, where that is another one. */
      readonly redirectedTo?: string;
    }
  | { readonly kind: 'none'; readonly reason: string; readonly redirectedTo?: string };

/** Asks for an address; never throws for what the network does. */
export type Ask = (address: string) => Promise<Answer>;

/** Something that is not as it was built. A note is worth knowing and does not fail the check. */
export type Finding = {
  readonly level: 'problem' | 'note';
  /** Below the site's address, as `/rss.xml`. */
  readonly path: string;
  readonly message: string;
  /** Whether the same of other files is said by one line, however few lines there are. */
  readonly once?: boolean;
};

export const problem = (path: string, message: string): Finding => ({ level: 'problem', path, message });
export const note = (path: string, message: string): Finding => ({ level: 'note', path, message });

/** `how` tells one request from another. What is behind a redirect is the same for all files. */
export function noAnswer(
  path: string,
  { reason, redirectedTo }: Extract<Answer, { readonly kind: 'none' }>,
  how = '',
): Finding {
  const host = redirectedTo === undefined ? null : URL.parse(redirectedTo)?.origin;
  if (host === null || host === undefined) return problem(path, `does not answer${how}: ${reason}`);
  return { ...problem(path, `redirects to ${host}, which does not answer: ${reason}`), once: true };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}

/** Browsers give up after twenty. */
const mostRedirects = 20;

/** Asks over HTTP as a customer's browser would: follows redirects, takes what caches give. */
export function httpAsk(patience: Duration): Ask {
  return async (asked) => {
    // Step by step, to tell where a redirect leads even when nothing answers there.
    let address = asked;
    const redirectedTo = (): { readonly redirectedTo?: string } => (address === asked ? {} : { redirectedTo: address });
    const signal = AbortSignal.timeout(patience);
    try {
      for (let step = 0; step <= mostRedirects; step += 1) {
        const response = await fetch(address, {
          signal,
          redirect: 'manual',
          headers: { 'user-agent': 'halfpast verify' },
        });
        const next =
          response.status >= 300 && response.status < 400
            ? URL.parse(response.headers.get('location') ?? '', address)
            : null;
        if (next === null || !response.headers.has('location')) {
          // The body, too, may break off or never end.
          const body = new Uint8Array(await response.arrayBuffer());
          return {
            kind: 'answer',
            status: response.status,
            headers: Object.fromEntries(response.headers),
            body,
            ...redirectedTo(),
          };
        }
        await response.body?.cancel();
        address = next.href;
      }
      return { kind: 'none', reason: 'it redirects in circles' };
    } catch (error) {
      return { kind: 'none', reason: reasonOf(error), ...redirectedTo() };
    }
  };
}

/** What verification needs of `release.json`; later forms may say more. */
const releaseNameSchema = z.object({
  content: z.string(),
  now: z.string(),
  newestUpdate: z.string().nullable(),
  url: z.string().optional(),
});

export type ReleaseName = Readonly<z.output<typeof releaseNameSchema>>;

/** The release that some bytes name; null when they name none. */
function readReleaseName(bytes: Uint8Array): ReleaseName | null {
  try {
    const parsed = releaseNameSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A site as it was built. Paths begin with `/` and name files, as `/history/index.html`. */
export type BuiltSite = {
  readonly release: ReleaseName;
  /** In order. */
  readonly files: readonly string[];
  readonly read: (path: string) => Promise<Uint8Array>;
};

/** Opens a built site. Throws UserError when `folder`, named `shown` to people, holds none. */
export async function openBuiltSite(folder: string, shown: string): Promise<BuiltSite> {
  const name = join(folder, releaseFile);
  const release = existsSync(name) ? readReleaseName(await readFile(name)) : null;
  if (release === null)
    throw new UserError(`${shown} holds no site built by Halfpast. Build it with: npx halfpast build --out ${shown}`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'))
    .sort();
  return { release, files, read: (path) => readFile(join(folder, path)) };
}

/** The address of a file below the site's root, as customers ask for it: pages by their folder. */
export function servedPath(file: string): string {
  const path = file.replace(/(^|\/)index\.html$/, '$1');
  return path.split('/').map(encodeURIComponent).join('/');
}

const path = '/release.json';

const elsewhere = ': perhaps another site is served at this address';

function isSame(a: ReleaseName, b: ReleaseName): boolean {
  return a.content === b.content && a.now === b.now;
}

const words = ({ now, newestUpdate }: ReleaseName): string =>
  `the release of ${now}${newestUpdate === null ? '' : `, whose newest update is ${newestUpdate}`}`;

/** Whether what is served names itself as the release that was built. `how` tells one request from another. */
export function judgeRelease(built: ReleaseName, answer: Answer, how: string): Finding[] {
  if (answer.kind === 'none') return [noAnswer(path, answer, ` ${how}`)];
  if (answer.status !== 200)
    return [problem(path, `answers ${answer.status} ${how}${answer.status === 404 ? elsewhere : ''}`)];
  const served = readReleaseName(answer.body);
  if (served === null) return [problem(path, `holds no release ${how}${elsewhere}`)];
  if (isSame(served, built)) return [];
  const age = served.now < built.now ? 'An older release' : 'Another release';
  return [problem(path, `${age} is served ${how}: ${words(served)}; built was ${words(built)}`)];
}

/** Whether what is served is a later release: then this one was overtaken, and nothing is wrong. */
export function isOvertaken(built: ReleaseName, answer: Answer): boolean {
  const served = answer.kind === 'answer' && answer.status === 200 ? readReleaseName(answer.body) : null;
  return served !== null && served.now > built.now;
}
