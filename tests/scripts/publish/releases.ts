import type { LoggedRelease } from '../../../scripts/publish/hosts/release-log.ts';

type Entry = { readonly update: string; readonly slug?: string; readonly edited?: string };

/** A log entry. Its updates belong to the incident `down`, unless they have another slug. */
export function release(
  id: string,
  verifiedAt: string | null,
  news: readonly Entry[],
  state: 'live' | 'failed' = 'live',
): LoggedRelease {
  const common = { kind: 'incident', slug: 'down', at: '', status: '', title: '', hash: '', edited: null } as const;
  return {
    ...{
      id,
      commit: null,
      now: '2026-11-22T14:00:00Z',
      content: '',
      version: '',
      newestUpdate: null,
      state,
      verifiedAt,
    },
    rolledBack: null,
    news: news.map((one) => ({ ...common, id: one.update, ...one })),
  };
}
