import { describe, expect, it } from 'vitest';
import { day } from '../../../src/lib/domain/calendar.ts';
import { needsPostmortem, openRemedies, owedPostmortem } from '../../../src/lib/domain/owed.ts';
import type { IncidentUpdateRecord } from '../../../src/lib/domain/incident.ts';
import type { PostmortemReason } from '../../../src/lib/domain/settings.ts';
import { smallSite } from '../views/small-site.ts';
import { at, incident, postmortem, update } from './make.ts';

const usual: readonly PostmortemReason[] = ['partial_outage', 'major', 'customer_data'];
const over = update('2026-11-22T16:00Z', { status: 'resolved' });
const opened = (given: Partial<IncidentUpdateRecord>): IncidentUpdateRecord => update('2026-11-22T14:00Z', given);

it.each<[string, readonly PostmortemReason[], Partial<IncidentUpdateRecord>, boolean]>([
  ['a partial outage', usual, { components: { checkout: 'partial_outage' } }, true],
  ['a major outage', usual, { components: { checkout: 'major_outage' } }, true],
  ['degraded performance', usual, { components: { checkout: 'degraded_performance' } }, false],
  ['maintenance', usual, { components: { checkout: 'under_maintenance' } }, false],
  ['a stated impact', usual, { impact: 'critical' }, true],
  ['a small one', usual, { impact: 'minor' }, false],
  ['affected data', usual, { impact: 'none', customerData: 'affected' }, true],
  ['data under review', usual, { impact: 'none', customerData: 'under_review' }, false],
  ['an imported outage', usual, { impact: 'critical', source: 'https://example.com/1' }, false],
  ['any, where none is wanted', [], { impact: 'critical', customerData: 'affected' }, false],
  ['a partial outage, where only critical ones count', ['critical'], { components: { a: 'partial_outage' } }, false],
  ['what is worse than asked for', ['degraded_performance'], { components: { a: 'major_outage' } }, true],
  ['a major impact, where minor ones count', ['minor'], { impact: 'major' }, true],
])('whether %s needs a postmortem follows the rule', (_, reasons, given, needed) => {
  expect(needsPostmortem(incident(opened(given), over), reasons)).toBe(needed);
});

describe('a promised postmortem', () => {
  const grave = incident(opened({ impact: 'major' }), over);
  const stateAt = (now: string, published: readonly string[] = []): unknown => {
    const postmortems = published.map((slug) => postmortem(slug));
    const site = smallSite(
      { now: at(now), incidents: [grave], postmortems },
      { postmortemFor: usual, postmortemWithin: 7 * day },
    );
    const owed = owedPostmortem(site, grave);
    return owed === null ? null : [owed.by, owed.state];
  };

  it.each([
    ['2026-11-22T16:00Z', 'due'],
    ['2026-11-29T22:59Z', 'due'],
    ['2026-11-29T23:00Z', 'late'],
    ['2027-02-20T15:59Z', 'late'],
    ['2027-02-20T16:00Z', 'old'],
  ])('is at %s %s, by the calendar of the page', (now, state) => {
    expect(stateAt(now)).toEqual(['2026-11-29', state]);
  });

  it("isn't owed once it's published, or while the incident is open", () => {
    expect(stateAt('2026-11-30T10:00Z', ['incident'])).toBeNull();
    const open = incident(opened({ impact: 'major' }));
    expect(owedPostmortem(smallSite({ incidents: [open] }, { postmortemFor: usual }), open)).toBeNull();
  });

  it('is due some time after the last resolution was published', () => {
    const again = incident(
      opened({ impact: 'major' }),
      over,
      update('2026-11-23T10:00Z'),
      update('2026-11-23T12:00Z', { status: 'resolved', posted: at('2026-11-25T09:00Z') }),
      update('2026-11-26T12:00Z', { status: 'resolved' }),
    );
    const site = smallSite({ incidents: [again] }, { postmortemFor: usual, postmortemWithin: day });
    expect(owedPostmortem(site, again)?.by).toBe('2026-11-26');
  });
});

it('a remedy is open while it can be claimed or is pending, until customers have received it', () => {
  const one = (slug: string, given: Partial<IncidentUpdateRecord>) => ({
    ...incident(opened({ impact: 'minor', remedy: 'A refund.', ...given }), over),
    slug,
  });
  const incidents = [
    one('said', {}),
    one('pending', { remedied: 'pending' }),
    one('claim', { claim: 'Ask us.' }),
    one('until', { claimUntil: '2026-11-24' }),
    one('done', { claim: 'Ask us.', remedied: '2026-11-23' }),
    one('done-in-postmortem', { claim: 'Ask us.' }),
    one('done-after-postmortem', { claim: 'Ask us.', remedied: '2026-11-24' }),
    one('pending-in-postmortem', {}),
    one('open', { claim: 'Ask us.' }),
  ].map((incident) => (incident.slug === 'open' ? { ...incident, resolvedAt: null } : incident));
  const postmortems = [
    postmortem('done-in-postmortem', { remedy: 'A refund.', remedied: '2026-11-25' }),
    postmortem('done-after-postmortem', { remedied: 'pending' }),
    postmortem('pending-in-postmortem', { remedied: 'pending' }),
  ];
  const site = smallSite({ now: at('2026-11-25T12:00Z'), incidents, postmortems }, { postmortemWithin: 7 * day });
  expect(openRemedies(site).map(({ incident, by, overdue }) => [incident.slug, by, overdue])).toEqual([
    ['until', '2026-11-24', true],
    ['pending', '2026-11-29', false],
    ['claim', '2026-11-29', false],
    ['pending-in-postmortem', '2026-11-29', false],
    ['open', null, false],
  ]);
});
