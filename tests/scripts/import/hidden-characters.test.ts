import { expect, it } from 'vitest';
import { eventFiles } from '../../../scripts/import/events.ts';
import type { DumpIncident } from '../../../scripts/import/statuspage-dump.ts';
import { planIncident } from '../../../scripts/import/statuspage-events.ts';

it('characters that nobody sees are left out of what is imported, and told; check would refuse them', () => {
  const notes: string[] = [];
  const at = Date.parse('2024-12-01T12:00:00Z');
  const update = {
    at,
    status: 'resolved' as const,
    body: 'All is\u200B well.\u202E\r\nTeam 👩\u200D🚀',
    place: 'incidents.0',
  };
  const event = {
    kind: 'incident' as const,
    id: 'a',
    source: 'x',
    title: 'Check\u2060out',
    impact: 'minor' as const,
    updates: [update],
  };
  const [file] = eventFiles(event, 'a', (text) => void notes.push(text));
  expect(file?.text).toContain('title: Checkout\n');
  expect(file?.text).toContain('All is well.\nTeam 👩\u200D🚀');
  expect(notes).toEqual(['incidents.0: held characters that nobody sees, which are left out']);
});

it('so are those of a Statuspage, in names and in texts', () => {
  const notes: string[] = [];
  const at = Date.parse('2024-12-01T12:00:00Z');
  const update = {
    id: 'u1',
    status: 'resolved' as const,
    body: 'All is\u200B well.',
    created_at: at,
    display_at: at,
    affected_components: null,
  };
  const incident = {
    id: 'i1',
    name: 'Check\u2060out ',
    status: 'resolved' as const,
    impact: 'minor' as const,
    created_at: at,
    updated_at: at,
    incident_updates: [update],
    components: [],
  };
  const [file] = planIncident(incident as unknown as DumpIncident, 'a', new Map(), (text) => void notes.push(text));
  expect(file?.text).toContain('title: Checkout\n');
  expect(file?.text).toContain('All is well.\n');
  expect(notes).toEqual(['incident i1: update u1 held characters that nobody sees, which are left out']);
});
