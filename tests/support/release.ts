import type { Release } from '../../src/lib/api/release.ts';

/** A `release.json` with these values. */
export const releaseOf = (given: Partial<Release> = {}): Release => ({
  form: 1,
  version: '1',
  content: 'c',
  commit: null,
  now: '2026-11-22T15:00:00.000Z',
  url: 'https://status.example.com',
  newestUpdate: null,
  newestAt: null,
  updates: {},
  components: [],
  retired: [],
  pages: { count: 1, index: 1, history: 1, incidents: 1 },
  ...given,
});
