import { describe, expect, it } from 'vitest';
import type { GuardFinding } from '../../../../scripts/publish/guard/compare-updates.ts';
import { compare } from '../../../../scripts/publish/guard/compare.ts';
import { badKinds, badPush, goodKinds, goodPush, start } from './pushes.ts';
import { siteOf, snapshotOf } from './snapshot-of.ts';

type Result = { readonly what: string; readonly seed: number; readonly findings: readonly GuardFinding[] | 'check' };

/** What the guard finds in a push, or `check` if the content itself has problems. */
async function resultOf({ before, push }: ReturnType<typeof badPush>, seed: number): Promise<Result> {
  const live = siteOf(before, start);
  if (live === null) throw new Error('the site before the push must be valid');
  const built = siteOf(push.files, push.now);
  const findings = built === null ? 'check' : compare(await snapshotOf(built), await snapshotOf(live));
  return { what: push.what, seed, findings };
}

const seeds = (amount: number): number[] => Array.from({ length: amount }, (_, seed) => seed);

describe('the guard', async () => {
  const bad = await Promise.all(seeds(2 * badKinds).map((seed) => resultOf(badPush(seed), seed)));
  const good = await Promise.all(seeds(2 * goodKinds).map((seed) => resultOf(goodPush(seed), seed)));

  it('or check refuses every kind of bad push', () => {
    const isFine = ({ findings }: Result): boolean => findings !== 'check' && findings.every(({ marked }) => marked);
    expect(bad.filter(isFine)).toEqual([]);
  });

  it('is the only one that can refuse most of them', () => {
    expect(bad.filter(({ findings }) => findings !== 'check').length).toBeGreaterThan(bad.length * 0.65);
  });

  it('names the update file that was changed', () => {
    const changed = bad.filter(({ what }) =>
      /\.md (?:removed|reworded|retimed|truncated|with another \w+|announced no longer|marked as edited, with .*)$/.test(
        what,
      ),
    );
    const named = changed.flatMap(({ what, seed, findings }) =>
      findings === 'check' ? [] : [{ seed, file: what.split(' ')[0], files: findings.map(({ file }) => file) }],
    );
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter(({ file, files }) => files.length !== 1 || files[0] !== file)).toEqual([]);
  });

  it('accepts every kind of good push', () => {
    const isRefused = ({ findings }: Result): boolean => findings === 'check' || findings.some(({ marked }) => !marked);
    expect(good.filter(isRefused)).toEqual([]);
  });
});
