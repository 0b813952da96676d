import { describe, expect, it } from 'vitest';
import type { Ancestry } from '../../../../scripts/github/git.ts';
import { type Age, olderThanLive } from '../../../../scripts/publish/guard/since-live.ts';

describe('a site that is older than the live one', () => {
  const age = (commit: string | null, now: string, newestAt: string | null = null): Age => ({ commit, now, newestAt });
  it.each<[Ancestry, string, string, boolean]>([
    ['newer', '2026-01-01', '2026-01-02', false],
    ['older', '2026-01-02', '2026-01-01', true],
    ['same', '2026-01-02', '2026-01-01', false],
    ['same', '2026-01-01T10:00Z', '2026-01-01T11:00Z', true],
    ['same', '2026-01-01T10:00Z', '2026-01-01T11:01Z', false],
    ['apart', '2026-01-02', '2026-01-01', false],
    ['unknown', '2026-01-01', '2026-01-02', true],
    ['unknown', '2026-01-02', '2026-01-02', false],
  ])('by git: %s, built for %s, live for %s: %s', (ancestry, built, live, older) => {
    expect(olderThanLive(age('b', built), age('a', live), ancestry) !== null).toBe(older);
  });

  it('is named with both commits, or with both times', () => {
    const [built, live] = [
      age('b'.repeat(40), '2026-01-01', '2026-01-01'),
      age('a'.repeat(40), '2026-01-02', '2026-01-01'),
    ];
    expect(olderThanLive(built, live, 'older')).toBe(
      'it was built from commit bbbbbbbbb, but a newer one is live: aaaaaaaaa',
    );
    expect(olderThanLive(built, live, 'unknown')).toBe(
      'it was built for 2026-01-01, but a site for 2026-01-02 is live',
    );
  });

  it('has no newer update, if only the time differs', () => {
    expect(
      olderThanLive(age(null, '2026-01-01', '2026-01-01'), age(null, '2026-01-02', '2025-12-31'), 'unknown'),
    ).toBeNull();
  });
});
