import { expect, it } from 'vitest';
import { eventFiles } from '../../../scripts/import/plan-events.ts';
import type { DumpIncident } from '../../../scripts/import/statuspage-dump.ts';
import { importIncident } from '../../../scripts/import/statuspage-events.ts';

it('invisible characters are removed and noted, since check rejects them', () => {
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
  expect(notes).toEqual(['incidents.0: invisible characters were removed']);
});

it('so are those in the names and texts from Statuspage', () => {
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
  const note = (text: string): void => void notes.push(text);
  const [file] = eventFiles(importIncident(incident as unknown as DumpIncident, new Map(), note), 'a', note);
  expect(file?.text).toContain('title: Checkout\n');
  expect(file?.text).toContain('All is well.\n');
  expect(notes).toEqual(['incident i1: update u1: invisible characters were removed']);
});
