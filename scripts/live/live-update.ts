import type { Context } from '../cli/context.ts';
import { httpReader, NoAnswer } from './site-reader.ts';
import { type LiveUpdate, readRelease, readYear } from './snapshot.ts';

/** The prefix of output when something isn't live that should be. `--push` also looks for it in a hook's output. */
export const notLive = 'NOT LIVE';

/** An update as it should appear on the live page. */
export type ExpectedUpdate = Pick<LiveUpdate, 'id' | 'at' | 'hash'>;

/** What customers see at an update's permalink. */
export type Sighting =
  | { readonly kind: 'live' }
  /** `commit` is the one that the live page was published from. */
  | { readonly kind: 'missing'; readonly commit: string | null }
  /** The update is live, but with different text. */
  | { readonly kind: 'different' }
  /** Not a Halfpast site. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Addresses reserved for examples (RFC 2606), where no page can exist. */
export function isExampleAddress(url: string): boolean {
  return /(?:^|\.)(?:example\.(?:com|net|org)|example|invalid)$/.test(URL.parse(url)?.hostname ?? '');
}

/**
 * Looks for an update on the live page, bypassing caches. It's live if both its page and the list of
 * updates include it.
 */
export async function findLive(
  url: string,
  { id, at, hash }: ExpectedUpdate,
  context: Pick<Context, 'clock' | 'sleep'>,
): Promise<Sighting> {
  const site = httpReader(url, context);
  const [path = '', anchor = ''] = id.slice(1).split('#');
  try {
    const page = await site.read(path);
    const record = page?.includes(`id="${anchor}"`)
      ? (await readYear(site, at.slice(0, 4)))?.find((one) => one.id === id)
      : undefined;
    if (record !== undefined) return { kind: record.hash === hash ? 'live' : 'different' };
    const release = await readRelease(site);
    return release === null ? { kind: 'foreign' } : { kind: 'missing', commit: release.commit };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { kind: 'unreachable', reason: error.message };
  }
}
