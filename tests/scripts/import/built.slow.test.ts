import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { root, succeed } from '../../support/halfpast.ts';

const now = ['--now', '2025-03-01T00:00:00Z'];

it.each([
  [
    'statuspage',
    'statuspage-sample',
    [
      '--incidents',
      'incidents.json',
      '--maintenances',
      'scheduled-maintenances.json',
      '--components',
      'components.json',
    ],
    'incidents/2025-02-10-search-is-slow-2',
    'Search takes up to ten seconds.',
  ],
  ['cstate', 'cstate-sample', ['old-status'], 'incidents/2025-01-10-checkout-is-down', 'All payments work.'],
  [
    'upptime',
    'upptime-sample',
    ['--issues', 'issues.json', '--comments', 'comments.json', '--config', '.upptimerc.yml'],
    'maintenance/2025-02-05-new-disks',
    'Cancelled',
  ],
])(
  'what import %s writes passes check and can be built',
  async (kind, fixture, args, slug, text) => {
    const folder = temporaryFolder();
    cpSync(join(root, 'tests/fixtures', fixture), folder, { recursive: true });
    await succeed(['import', kind, ...args, '--content', 'c', ...now], folder);
    expect(await succeed(['check', '--content', 'c', ...now], folder)).toMatch(/: no problems\n$/);
    await succeed(['build', '--content', 'c', '--out', 'dist', ...now], folder);
    expect(readFileSync(join(folder, 'dist', slug, 'index.html'), 'utf8')).toContain(text);
    expect(readFileSync(join(folder, 'dist/api/history/2025.json'), 'utf8')).toContain('"incident_updates"');
  },
  240_000,
);
