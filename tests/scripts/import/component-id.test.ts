import { expect, it } from 'vitest';
import { newComponentId } from '../../../scripts/import/components.ts';
import type { Dump } from '../../../scripts/import/statuspage-dump.ts';
import { planImport } from '../../../scripts/import/statuspage-plan.ts';
import { parseContent } from '../../../src/lib/content/check-content.ts';

const names = ['Constructor', '__proto__', 'constructor', 'toString', '中文', 'Check\u00f3ut', 'constructor service'];

it('a component named like a property of every JavaScript object gets an id that components.yml accepts', () => {
  expect(newComponentId(['Constructor'], [])).toBe('constructor-service');
  expect(newComponentId(['Constructor'], ['constructor-service'])).toBe('constructor-service-2');
  expect(newComponentId(['__proto__'], [])).toBe('proto');
  expect(newComponentId(['!!', 'Mail'], [])).toBe('mail');
  expect(newComponentId(['!!'], ['component'])).toBe('component-2');
});

it('a history with such components is valid content, and none is lost', () => {
  const at = Date.parse('2024-12-01T12:00:00Z');
  const components = names.map((name, nth) => ({ id: `c${nth}`, name, status: 'operational' as const }));
  const update = {
    id: 'u',
    status: 'resolved' as const,
    body: 'It works again.',
    created_at: at,
    affected_components: components.map(({ id, name }) => ({ code: id, name, new_status: 'operational' as const })),
  };
  const incident: Dump['incidents'][number] = {
    id: 'i',
    name: 'Constructor',
    impact: 'minor',
    created_at: at,
    components: [],
    incident_updates: [update],
  };
  const page = { name: 'Example', url: 'https://status.example.com', time_zone: 'UTC' };
  const { files } = planImport(
    { page, incidents: [incident], maintenances: [], components },
    { files: [], folders: [], others: [] },
    'content',
  );
  const parsed = parseContent(
    {
      files: files.map(({ path, text }) => ({ path, bytes: new TextEncoder().encode(text) })),
      folders: [],
      others: [],
    },
    at,
  );
  expect(parsed).toMatchObject({ site: { groups: [{ components: names.map((name) => ({ name })) }] } });
});
