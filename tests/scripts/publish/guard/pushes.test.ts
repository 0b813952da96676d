import { describe, expect, it } from 'vitest';
import { compare } from '../../../../scripts/publish/guard/compare.ts';
import { badPush, goodPush, start } from './pushes.ts';
import { siteOf, snapshotOf } from './snapshot-of.ts';

const seeds = Array.from({ length: 140 }, (_, seed) => seed);

/** What `check` and the guard say of a push: `check` where the content itself is refused. */
async function verdictOn({ before, push }: ReturnType<typeof badPush>): Promise<readonly string[] | 'check'> {
  const live = siteOf(before, start);
  if (live === null) throw new Error('the site before the push must be faultless');
  const built = siteOf(push.files, push.now);
  if (built === null) return 'check';
  return compare(await snapshotOf(built), await snapshotOf(live)).map(
    ({ what, allow }) => `${what} ${JSON.stringify(allow)}`,
  );
}

describe('140 bad pushes, ten of each kind', () => {
  it.each(seeds.map((seed) => [badPush(seed).push.what, seed] as const))('%s is refused (%i)', async (_, seed) => {
    expect(await verdictOn(badPush(seed))).not.toEqual([]);
  });

  it.each(
    seeds.filter(
      (seed) =>
        / (?:removed|reworded|retimed|truncated|with another \w+)$/.test(badPush(seed).push.what) &&
        badPush(seed).push.what.includes('.md'),
    ),
  )('are told with the file that was changed (%i)', async (seed) => {
    const { before, push } = badPush(seed);
    const [live, built] = [siteOf(before, start), siteOf(push.files, push.now)];
    if (live === null || built === null) return;
    const files = compare(await snapshotOf(built), await snapshotOf(live)).map(({ file }) => file);
    expect(files).toEqual([push.what.split(' ')[0]]);
  });

  it('are mostly such that only the guard can refuse them', async () => {
    const verdicts = await Promise.all(seeds.map((seed) => verdictOn(badPush(seed))));
    expect(verdicts.filter((verdict) => verdict !== 'check').length).toBeGreaterThan(90);
  });
});

describe('140 good pushes of all kinds', () => {
  it.each(seeds.map((seed) => [goodPush(seed).push.what, seed] as const))('%s goes through (%i)', async (_, seed) => {
    expect(await verdictOn(goodPush(seed))).toEqual([]);
  });
});
