import { describe, expect, it } from 'vitest';
import type { Template } from '../../../src/lib/domain/template.ts';
import { composeData, composePage } from '../../../src/lib/views/compose-page.ts';
import { at, component, incident, postmortem, update } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const repository = { name: 'example/status', branch: 'release/one two', folder: 'status' };

const template = (kind: Template['kind'], status: Template['fields']['status']): Template => ({
  ...{ name: `${kind} ${status}`, label: 'Label', kind, fields: { status }, body: 'Text.' },
});

const site = smallSite(
  {
    incidents: [
      {
        ...incident(
          update('2026-11-21T10:00Z', { title: 'Slow', impact: 'minor', components: { checkout: 'partial_outage' } }),
          update('2026-11-21T11:00Z', { status: 'resolved', customerData: 'unaffected', remedy: 'A refund.' }),
          update('2026-11-22T09:00Z', { components: { checkout: 'degraded_performance' } }),
          update('2026-11-22T10:00Z', { status: 'monitoring', components: { checkout: 'operational' } }),
        ),
        slug: '2026-11-21-slow',
      },
      { ...incident(update('2026-11-20T10:00Z', { title: 'Old' })), slug: '2026-11-20-old' },
      {
        ...incident(
          update('2026-11-19T10:00Z', { title: 'Over' }),
          update('2026-11-19T11:00Z', { status: 'resolved' }),
        ),
        slug: '2026-11-19-over',
      },
      {
        ...incident(
          update('2026-11-22T01:00Z', { title: 'Early' }),
          update('2026-11-22T02:00Z', { status: 'resolved' }),
        ),
        slug: '2026-11-22-early',
      },
    ],
    templates: [
      template('incident', 'investigating'),
      template('incident', 'resolved'),
      template('maintenance', 'scheduled'),
    ],
    groups: [
      { name: null, components: [component('checkout', { name: 'Checkout' }), component('old', { retired: true })] },
    ],
  },
  { repository, compose: true },
);

describe('what the form knows', () => {
  const data = composeData(site);

  it('is nothing unless the settings have a repository and allow the form', () => {
    expect(composeData(smallSite({}, { repository, compose: false }))).toBeNull();
    expect(composeData(smallSite({}, { repository: null, compose: true }))).toBeNull();
    expect(composePage(smallSite())).toBeNull();
  });

  it('includes each open incident, without names of people', () => {
    expect(data?.open.map(({ slug }) => slug)).toEqual(['2026-11-21-slow', '2026-11-20-old']);
    expect(data?.open[0]).toEqual({
      slug: '2026-11-21-slow',
      title: 'Slow',
      status: 'monitoring',
      impact: 'minor',
      customerData: 'unaffected',
      components: { checkout: 'operational' },
      worst: { checkout: 'partial_outage' },
      remedy: { text: 'A refund.', claim: null, claimUntil: null, remedied: null },
      owes: false,
      openedAt: at('2026-11-22T09:00Z'),
      affectedAt: at('2026-11-22T09:00Z'),
      latestAt: at('2026-11-22T10:00Z'),
    });
    expect(data?.open[1]).toMatchObject({ impact: null, affectedAt: null, openedAt: at('2026-11-20T10:00Z') });
  });

  it('includes each resolved incident whose remedy an update can report as delivered', () => {
    const over = (slug: string, given: Parameters<typeof update>[1]) => ({
      ...incident(
        update('2026-11-18T10:00Z', { title: slug, impact: 'minor' }),
        update('2026-11-18T11:00Z', { status: 'resolved', ...given }),
      ),
      slug,
    });
    const incidents = [
      over('refund', { remedy: 'A refund.', claim: 'Write to us.' }),
      over('nothing-to-deliver', { remedy: 'Nobody was charged.' }),
      over('delivered', { remedy: 'A refund.', claim: 'Write to us.', remedied: '2026-11-19' }),
      over('delivered-in-the-postmortem', { remedy: 'A refund.', claim: 'Write to us.' }),
      over('promised-in-the-postmortem', {}),
    ];
    const postmortems = [
      postmortem('refund', { remedied: 'pending' }),
      postmortem('delivered-in-the-postmortem', { remedied: '2026-11-19' }),
      postmortem('promised-in-the-postmortem', { remedy: 'A refund.', remedied: 'pending' }),
    ];
    const known = composeData(smallSite({ incidents, postmortems }, { repository, compose: true }));
    expect(known?.owing).toMatchObject([{ slug: 'refund', status: 'resolved', owes: true }]);
    expect(known?.open).toEqual([]);
  });

  it('includes the folder names that a new incident can’t use, and when the page last changed', () => {
    expect(data?.taken).toEqual(['2026-11-21-slow', '2026-11-20-old', '2026-11-22-early']);
    expect(data?.latestAt).toBe(at('2026-11-22T10:00Z'));
    expect(composeData(smallSite({}, { repository, compose: true }))?.latestAt).toBe(0);
  });

  it('includes the templates for incidents', () => {
    expect(data?.templates.map(({ name }) => name)).toEqual(['incident investigating', 'incident resolved']);
  });

  it('includes every component, even retired ones, but only offers current ones', () => {
    expect(data?.components.map(({ id, retired }) => [id, retired])).toEqual([
      ['checkout', false],
      ['old', true],
    ]);
    expect(composePage(site)?.components).toEqual([{ name: 'Checkout', field: 'component.checkout' }]);
  });
});

it('without the form, GitHub’s page for a new file has its name and text, for each open incident and a new one', () => {
  const links = composePage(site)?.newFileLinks.map(({ label, href }) => {
    const { origin, pathname, searchParams } = new URL(href);
    return [label, `${origin}${pathname}`, searchParams.get('filename'), searchParams.get('value')];
  });
  const page = 'https://github.com/example/status/new/release/one%20two';
  const later = '---\nstatus: identified\n---\n{{what customers should know}}\n';
  expect(links).toEqual([
    ['Update: Slow', page, 'status/incidents/2026-11-21-slow/YYYY-MM-DDTHHMMZ.md', later],
    ['Update: Old', page, 'status/incidents/2026-11-20-old/YYYY-MM-DDTHHMMZ.md', later],
    [
      'New incident',
      page,
      'status/incidents/2026-MM-DD-what-is-wrong/YYYY-MM-DDTHHMMZ.md',
      '---\ntitle: "{{what customers notice}}"\nstatus: investigating\nimpact: minor\n---\n{{what customers should know}}\n',
    ],
  ]);
  const atRoot = smallSite({}, { repository: { ...repository, folder: '' }, compose: true });
  expect(composePage(atRoot)?.newFileLinks[0]?.href).toContain('?filename=incidents%2F2026-MM-DD');
});

it('the form offers every status and verdict', () => {
  const page = composePage(site);
  expect(page?.states.map(({ value, label }) => [value, label])).toContainEqual(['partial_outage', 'Partial outage']);
  expect(page?.states).toHaveLength(5);
  expect(page?.verdicts.map(({ value }) => value)).toEqual(['unaffected', 'under_review', 'affected']);
  expect(page?.example).toMatch(/^---\nstatus: identified\n---\n\S/);
  expect(page?.incidents[0]).toEqual({ value: '2026-11-21-slow', label: 'Slow' });
});
