import { minute, second } from '../../../src/domain/instant.ts';
import { httpAsk } from '../verify/http-ask.ts';
import { openBuiltSite } from '../verify/built-site.ts';
import { verdictText } from '../verify/verdict-text.ts';
import { verifySite } from '../verify/verify-site.ts';
import type { LockTools } from './lock.ts';
import type { PublishSteps } from './steps.ts';

/** The step that holds the served site against the release, where `url` is its address. */
export function verifyServed(
  url: string,
  tries: number,
  { clock, sleep }: LockTools,
): NonNullable<PublishSteps['verify']> {
  const outside = { ask: httpAsk(minute / 4), clock, sleep: async (time: number) => void (await sleep(time)) };
  return async ({ site, id }) => {
    const built = await openBuiltSite(site, id);
    // The release itself is checked: a later one would wait for this run to end.
    const verdict = await verifySite(
      { site: built, url, tries, wait: second, againAfter: null, orNewer: false },
      outside,
    );
    return { ok: verdict.outcome === 'verified', lines: verdictText(verdict, built.release).trimEnd().split('\n') };
  };
}
