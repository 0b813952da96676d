import { type Boundary, boundariesBetween } from '../../../src/domain/boundaries.ts';
import { type Instant, isoTime } from '../../../src/domain/instant.ts';
import type { Site } from '../../../src/domain/site.ts';

/** What the live site says of itself; null when none was published yet. */
export type LiveRelease = { readonly now: string } | null;

export type Tick = { readonly publish: boolean; readonly says: string };

const words = ({ kind, slug, at }: Boundary): string => `${kind}${slug === null ? '' : `: ${slug}`} (${isoTime(at)})`;

/** A publish that failed for a reason of the moment is tried again; one that is refused would be refused for ever. */
const tries = 3;

/**
 * Whether the clock has changed what the live page should say, and no publish has been tried in vain for
 * that often enough. `site` is the content as it is now, `runs` when its commit was tried to be published.
 */
export function tick(site: Site, live: LiveRelease, runs: readonly Instant[] = []): Tick {
  if (live === null) return { publish: false, says: 'no site of Halfpast is live yet. Publish it first' };
  const passed = boundariesBetween(site, Date.parse(live.now), site.now);
  const [first] = passed;
  if (first === undefined) return { publish: false, says: `nothing has changed by the clock since ${live.now}` };
  const since = passed.at(-1)?.at ?? first.at;
  if (runs.filter((at) => at >= since).length >= tries) {
    return {
      publish: false,
      says: `not tried again: ${words(first)}, and this commit was tried ${tries} times since without going live. See its runs of Publish; put right what they say and commit, or start Publish by hand`,
    };
  }
  const more = passed.length === 1 ? '' : `, and ${passed.length - 1} more since`;
  return { publish: true, says: `publishing anew: ${words(first)}${more}` };
}
