import { expect } from 'vitest';
import type { Plan } from '../../../scripts/import/plan.ts';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import type { Incident } from '../../../src/lib/domain/incident.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { isoTime } from '../../../src/lib/domain/calendar.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';

export const now = Date.parse('2025-03-01T00:00:00Z');
export const noContent = { files: [], folders: [], others: [] };

/** The site that an import would make. Fails if it wouldn't pass `check`. */
export function siteOf({ files }: Plan): Site {
  const tree = {
    ...noContent,
    files: files.map(({ path, text }) => ({ path, bytes: new TextEncoder().encode(text) })),
  };
  const parsed = parseContent(tree, now);
  expect(parsed).not.toHaveProperty('problems.0');
  if (!('site' in parsed) || parsed.site === null) throw new Error(JSON.stringify(parsed));
  return parsed.site;
}

/** An event as an oracle reads it from the source, with times in ISO format. */
export type Reading = {
  readonly start: string;
  readonly end: string | null;
  readonly updates: readonly (readonly [at: string, status: string, components: Readonly<Record<string, string>>])[];
};

export const readingOf = ({ startedAt, resolvedAt, updates }: Incident): Reading => ({
  start: isoTime(startedAt),
  end: resolvedAt === null ? null : isoTime(resolvedAt),
  updates: updates.map(({ record, components }) => [isoTime(record.at), record.status, { ...components }]),
});

/** Each update of the only incident as its time, status, components and text. */
export function linesOf(plan: Plan): string[] {
  const [incident] = siteOf(plan).incidents;
  return (incident?.updates ?? []).map(({ record, components }) => {
    const states = Object.entries(components).map(([id, status]) => ` ${id}=${status}`);
    return `${shortUtc(record.at).slice(5)} ${record.status}${states.join('')}: ${record.body.trim().replaceAll('\n', ' ')}`;
  });
}
