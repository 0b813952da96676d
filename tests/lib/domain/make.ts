import { type Instant, isoTime, minute } from '../../../src/lib/domain/calendar.ts';
import { foldIncident, type Incident, type IncidentUpdateRecord } from '../../../src/lib/domain/incident.ts';
import {
  foldMaintenance,
  type Maintenance,
  type MaintenanceUpdateRecord,
} from '../../../src/lib/domain/maintenance.ts';
import type { Postmortem } from '../../../src/lib/domain/postmortem.ts';
import type { Cadence } from '../../../src/lib/domain/settings.ts';
import type { Component } from '../../../src/lib/domain/vocabulary.ts';

/** Parses a time such as `2026-11-22T14:05Z`. */
export const at = (time: string): Instant => Date.parse(time);

export const cadence: Cadence = { checkIn: 15 * minute, update: { kind: 'at_minute', minute: 30 } };

/** An update with these values, and defaults for all others. */
export function update(time: string, given: Partial<IncidentUpdateRecord> = {}): IncidentUpdateRecord {
  return {
    id: isoTime(at(time)),
    at: at(time),
    status: 'investigating',
    title: null,
    impact: null,
    components: null,
    customerData: null,
    nextUpdate: null,
    lead: null,
    comms: null,
    handOvers: [],
    remedy: null,
    claim: null,
    claimUntil: null,
    remedied: null,
    started: null,
    ended: null,
    posted: null,
    edited: null,
    source: null,
    key: null,
    body: 'Text.',
    written: null,
    images: [],
    ...given,
  };
}

export function incident(...updates: [IncidentUpdateRecord, ...IncidentUpdateRecord[]]): Incident {
  return foldIncident('incident', updates, cadence);
}

export function work(time: string, given: Partial<MaintenanceUpdateRecord> = {}): MaintenanceUpdateRecord {
  return {
    id: isoTime(at(time)),
    at: at(time),
    status: 'scheduled',
    title: null,
    scheduledFor: null,
    scheduledUntil: null,
    components: null,
    posted: null,
    edited: null,
    source: null,
    body: 'Text.',
    written: null,
    images: [],
    ...given,
  };
}

export function maintenance(...updates: [MaintenanceUpdateRecord, ...MaintenanceUpdateRecord[]]): Maintenance {
  return foldMaintenance('maintenance', updates);
}

export function component(id: string, given: Partial<Component> = {}): Component {
  return {
    id,
    name: id.toUpperCase(),
    description: null,
    since: null,
    retired: false,
    showcase: true,
    created: null,
    changed: null,
    ...given,
  };
}

export function postmortem(slug: string, given: Partial<Postmortem> = {}): Postmortem {
  return {
    slug,
    title: `About ${slug}`,
    published: at('2026-11-10T10:00Z'),
    notify: null,
    authors: ['Dana'],
    summary: 'It failed.',
    customerData: 'unaffected',
    cause: null,
    remedy: null,
    claim: null,
    claimUntil: null,
    remedied: null,
    lessons: [],
    actions: [],
    body: '## What happened\n\nText.',
    images: [],
    ...given,
  };
}
