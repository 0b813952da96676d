import { describe, expect, it } from 'vitest';
import { updateRecords } from '../../../src/lib/api/history.ts';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import { incidentUpdateSchema, maintenanceUpdateSchema } from '../../../src/lib/schema/update-file.ts';

const now = Date.parse('2026-11-25T12:00:00Z');
const files = {
  'site.yml': 'name: A\nurl: https://status.example.com\ntime_zone: UTC\n',
  'components.yml': 'components:\n  - id: checkout\n    name: Checkout\n',
};

type Kind = 'incident' | 'maintenance';

/** What an update needs anyway, and its folder. */
const kinds = {
  incident: {
    path: 'incidents/2026-11-22-a/2026-11-22T1405Z.md',
    usual: {
      title: 'A',
      status: 'resolved',
      impact: 'minor',
      remedy: 'A refund.',
      started: '2026-11-22T13:00Z',
    },
  },
  maintenance: {
    path: 'maintenance/2026-11-22-a/2026-11-22T1405Z.md',
    usual: {
      title: 'A',
      status: 'completed',
      scheduled_for: '2026-11-22T12:00Z',
      scheduled_until: '2026-11-22T15:00Z',
    },
  },
} as const;

/** Another value for each field. */
const others: Readonly<Record<string, string>> = {
  title: 'B',
  impact: 'major',
  components: '\n  checkout: operational',
  customer_data: 'unaffected',
  next_update: 'none',
  lead: 'Dana',
  comms: 'Priya',
  hand_overs: '\n  - at: 2026-11-22T15:00Z\n    lead: Sam',
  remedy: 'A month for free.',
  claim: 'Write to us.',
  claim_until: '2026-12-31',
  remedied: '2026-11-23',
  started: '2026-11-22T13:50Z',
  ended: '2026-11-22T14:00Z',
  posted: '2026-11-24T09:00Z',
  edited: '2026-11-22T16:00Z',
  source: 'https://example.com/1',
  key: 'alert',
  scheduled_for: '2026-11-22T11:00Z',
  scheduled_until: '2026-11-22T14:00Z',
};

/** Another status, by kind. */
const statuses: Readonly<Record<Kind, string>> = { incident: 'monitoring', maintenance: 'verifying' };

/** What customers don't see, so the guard needn't compare it. `edited` says that a change is intended. */
const unguarded = ['lead', 'comms', 'hand_overs', 'edited', 'source', 'key'];

/** The model of the only update, and what the guard compares, with these fields. */
function madeFrom(kind: Kind, fields: Readonly<Record<string, string>>) {
  const text = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  const all = { ...files, [kinds[kind].path]: `---\n${text.join('')}---\nText.\n` };
  const tree = Object.entries(all).map(([path, content]) => ({ path, bytes: new TextEncoder().encode(content) }));
  const parsed = parseContent({ files: tree, folders: [], others: [] }, now);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const { site } = parsed;
  const [event] = [...site.incidents, ...site.maintenances];
  return { model: JSON.stringify(event), hashes: updateRecords(site).map(({ hash }) => hash) };
}

describe.each([
  ['incident', Object.keys(incidentUpdateSchema('UTC').shape)],
  ['maintenance', Object.keys(maintenanceUpdateSchema('UTC').shape)],
] as const)('in an update of %s', (kind, fields) => {
  const { usual } = kinds[kind];
  const usually = madeFrom(kind, usual);

  it.each(fields)('%s reaches the model, and the guard notices a change that customers see', (field) => {
    const value = field === 'status' ? statuses[kind] : others[field];
    expect(value, `add a value for ${field} to this test`).toBeDefined();
    const { model, hashes } = madeFrom(kind, { ...usual, [field]: value ?? '' });
    expect(model).not.toBe(usually.model);
    if (unguarded.includes(field)) expect(hashes).toEqual(usually.hashes);
    else expect(hashes).not.toEqual(usually.hashes);
  });
});
