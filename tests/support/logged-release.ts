import type { LoggedRelease } from '../../scripts/publish/hosts/release-log.ts';

/** The updates that are new in a release: one resolved incident. */
export const news: LoggedRelease['news'] = [
  {
    id: 'u',
    kind: 'incident',
    slug: 's',
    update: 'u',
    at: '2026-11-22T14:00:00.000Z',
    status: 'resolved',
    title: 'T',
    hash: 'h',
    edited: null,
  },
];

/** A live, verified release in a log with these values. */
export const loggedRelease = (given: Partial<LoggedRelease> = {}): LoggedRelease => ({
  ...{ id: 'a', commit: 'c1', now: '2026-11-22T14:00:00.000Z', content: 'x', version: '1', newestUpdate: null },
  ...{ state: 'live', verifiedAt: '2026-11-22T14:01:00.000Z', rolledBack: null, news: [] },
  ...given,
});
