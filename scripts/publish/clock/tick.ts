import { type Boundary, boundariesBetween } from '../../../src/domain/boundaries.ts';
import { isoTime } from '../../../src/domain/instant.ts';
import type { Site } from '../../../src/domain/site.ts';

/** What the live site says of itself; null when none was published yet. */
export type LiveRelease = { readonly now: string } | null;

export type Tick = { readonly publish: boolean; readonly says: string };

const words = ({ kind, slug, at }: Boundary): string => `${kind}${slug === null ? '' : `: ${slug}`} (${isoTime(at)})`;

/** Whether the clock has changed what the live page should say. `site` is the content as it is now. */
export function tick(site: Site, live: LiveRelease): Tick {
  if (live === null) return { publish: false, says: 'no site of Halfpast is live yet. Publish it first' };
  const passed = boundariesBetween(site, Date.parse(live.now), site.now);
  const [first] = passed;
  if (first === undefined) return { publish: false, says: `nothing has changed by the clock since ${live.now}` };
  const more = passed.length === 1 ? '' : `, and ${passed.length - 1} more since`;
  return { publish: true, says: `publishing anew: ${words(first)}${more}` };
}
