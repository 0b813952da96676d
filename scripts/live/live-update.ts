import { type Duration, second } from '../../src/lib/domain/calendar.ts';
import type { Context } from '../cli/context.ts';
import { httpReader, NoAnswer } from './site-reader.ts';
import { type LiveUpdate, readRelease, readYear } from './snapshot.ts';

/** How output starts when what should be on the live page isn't. `--push` also looks for it in what a hook prints. */
export const notLive = 'NOT LIVE';

/** An update as the live page should have it. */
export type ExpectedUpdate = Pick<LiveUpdate, 'id' | 'at' | 'hash'>;

/** What customers get at an update's permalink. */
export type Sighting =
  | { readonly kind: 'live' }
  /** `commit` is the one that the live page was published from. */
  | { readonly kind: 'missing'; readonly commit: string | null }
  /** The update is there with another text. */
  | { readonly kind: 'different' }
  /** Another site than one of Halfpast. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Addresses that are reserved for examples (RFC 2606). No page can be there. */
export function isExampleAddress(url: string): boolean {
  return /(?:^|\.)(?:example\.(?:com|net|org)|example|invalid)$/.test(URL.parse(url)?.hostname ?? '');
}

/** Looks for an update on the live page, past any cache. It is live when its page and the list of updates have it. */
export async function findLive(
  url: string,
  { id, at, hash }: ExpectedUpdate,
  context: Pick<Context, 'clock' | 'sleep'>,
  timeout: Duration = 10 * second,
): Promise<Sighting> {
  const site = httpReader(url, context, timeout);
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
