import type { IncidentStatus } from '../../src/domain/vocabulary.ts';

/**
 * What people write in front of an update to say how things stand. Null: another update, whose status
 * is that of the one before. Compared without case, spaces and hyphens.
 */
const known: Readonly<Record<string, IncidentStatus | 'postmortem' | null>> = {
  investigating: 'investigating',
  detected: 'investigating',
  reported: 'investigating',
  acknowledged: 'investigating',
  identified: 'identified',
  issueidentified: 'identified',
  rootcauseidentified: 'identified',
  monitoring: 'monitoring',
  fiximplemented: 'monitoring',
  watching: 'monitoring',
  observing: 'monitoring',
  resolved: 'resolved',
  fixed: 'resolved',
  solved: 'resolved',
  completed: 'resolved',
  closed: 'resolved',
  done: 'resolved',
  postmortem: 'postmortem',
  postincident: 'postmortem',
  postincidentreport: 'postmortem',
  postincidentreview: 'postmortem',
  rootcauseanalysis: 'postmortem',
  rca: 'postmortem',
  update: null,
  updates: null,
  updated: null,
  inprogress: null,
  scheduled: null,
  automatedsystemalert: null,
};

export type StatusWord = {
  /** As it stands there. */
  readonly word: string;
  readonly status: IncidentStatus | 'postmortem' | null;
  /** What follows it. */
  readonly rest: string;
};

/** The emphasised word at the beginning of a text, as in `*Resolved* - All is well.` or `**Update:** …`; null when it is none of those known. */
export function statusWord(text: string): StatusWord | null {
  const [, , word = '', rest = ''] =
    /^\s*(\*{1,3}|_{1,3})([^*_\n]{2,40}?)\s*\1[ \t]*(?:[:.–—-]+(?=\s|$))?\s*([^]*)$/.exec(text) ?? [];
  const plain = word.replace(/\s*[:.–—-]+$/, '');
  const key = plain.toLowerCase().replaceAll(/[\s-]/g, '');
  const status = Object.hasOwn(known, key) ? known[key] : undefined;
  return status === undefined ? null : { word: plain, status, rest };
}
