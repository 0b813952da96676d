import fc from 'fast-check';
import { parseContent } from '../../src/lib/content/check-content.ts';
import type { SourceFile } from '../../src/lib/content/problem.ts';
import { updateName } from '../../src/lib/content/update-name.ts';
import { hour, type Instant, isoTime, minute } from '../../src/lib/domain/calendar.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { componentStatuses, impacts, incidentStatuses, maintenanceStatuses } from '../../src/lib/domain/vocabulary.ts';

/**
 * Everything happens on these two days, which include the repeated hour in Berlin, before New York changes its clocks.
 */
export const begin: Instant = Date.parse('2026-10-24T00:00:00Z');
const length = 2 * 24 * 60;
export const end: Instant = begin + length * minute;

export const componentIds = ['checkout', 'search', 'mail'] as const;

/** A content folder: file texts by path. */
export type Files = Readonly<Record<string, string>>;

const common: Files = {
  'components.yml': `groups:\n  - name: Shop\n    components:\n${componentIds.map((id) => `      - id: ${id}\n        name: The ${id}\n`).join('')}`,
};

const text = (fields: readonly (string | null)[], body: string): string =>
  `---\n${fields.filter((field) => field !== null).join('\n')}\n---\n${body}\n`;

/** The offsets of one to five distinct updates, in minutes. */
const anyTimes = fc
  .uniqueArray(fc.nat(length - 1), { minLength: 1, maxLength: 5 })
  .map((times) => times.sort((a, b) => a - b));

const anyStates = fc.dictionary(fc.constantFrom(...componentIds), fc.constantFrom(...componentStatuses), {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
});
const stateLines = (states: Readonly<Record<string, string>> | null): string | null =>
  states === null
    ? null
    : `components:\n${Object.entries(states)
        .map(([id, status]) => `  ${id}: ${status}`)
        .join('\n')}`;

const anySaid = fc.record({
  status: fc.constantFrom(...incidentStatuses),
  title: fc.option(fc.constantFrom('Slow', 'Errors', 'Pages do not load')),
  components: fc.option(anyStates),
  impact: fc.option(fc.constantFrom(...impacts)),
  next: fc.option(fc.constantFrom('30m', 'none', '14:30Z')),
  lead: fc.option(fc.constantFrom('Dana', 'Ines')),
  remedy: fc.option(fc.constantFrom('All is paid back.', 'You need do nothing.')),
  customerData: fc.option(fc.constantFrom('affected', 'unaffected')),
  number: fc.nat(999),
});

const folderName = (slug: string, first: number): string => `${isoTime(begin + first * minute).slice(0, 10)}-${slug}`;
const pathAt = (folder: string, offset: number): string => `${folder}/${updateName(begin + offset * minute)}.md`;

/** The files of an incident. */
export const anyIncident = (slug: string): fc.Arbitrary<Files> =>
  anyTimes
    .chain((times) =>
      fc.tuple(fc.constant(times), fc.array(anySaid, { minLength: times.length, maxLength: times.length })),
    )
    .map(([times, all]) => {
      const folder = `incidents/${folderName(slug, times[0] ?? 0)}`;
      return Object.fromEntries(
        all.map((said, nth) => {
          const { status, title, components, impact, next, lead, remedy, customerData, number } = said;
          const fields = [
            nth === 0 ? `title: ${title ?? 'Trouble'}` : title === null ? null : `title: ${title}`,
            `status: ${status}`,
            status === 'resolved' ? null : stateLines(components),
            impact === null && nth === 0 ? 'impact: minor' : impact === null ? null : `impact: ${impact}`,
            next === null || status === 'resolved' ? null : `next_update: ${next}`,
            lead === null ? null : `lead: ${lead}`,
            remedy === null ? null : `remedy: ${remedy}`,
            customerData === null ? null : `customer_data: ${customerData}`,
          ];
          return [pathAt(folder, times[nth] ?? 0), text(fields, `We know **this** of ${slug}: ${number}.`)];
        }),
      );
    });

/** The files of a maintenance. Its window may be before or after `end`. */
export const anyMaintenance = (slug: string): fc.Arbitrary<Files> =>
  anyTimes
    .chain((times) =>
      fc.record({
        times: fc.constant(times),
        statuses: fc.array(fc.constantFrom(...maintenanceStatuses), {
          minLength: times.length,
          maxLength: times.length,
        }),
        from: fc.nat(2 * length),
        hours: fc.integer({ min: 1, max: 30 }),
        components: fc.option(anyStates),
      }),
    )
    .map(({ times, statuses, from, hours, components }) => {
      const folder = `maintenance/${folderName(slug, times[0] ?? 0)}`;
      const starts = begin + Math.max(from, (times[0] ?? 0) + 1) * minute;
      const first = [
        'title: Work',
        'status: scheduled',
        `scheduled_for: ${isoTime(starts)}`,
        `scheduled_until: ${isoTime(starts + hours * hour)}`,
        stateLines(
          components === null
            ? null
            : Object.fromEntries(Object.keys(components).map((id) => [id, 'under_maintenance'])),
        ),
      ];
      return Object.fromEntries(
        statuses.map((status, nth) => [
          pathAt(folder, times[nth] ?? 0),
          text(
            nth === 0
              ? first
              : [`status: ${begin + (times[nth] ?? 0) * minute >= starts + hours * hour ? 'completed' : status}`],
            `Work goes on at ${slug}: ${nth}.`,
          ),
        ]),
      );
    });

const anyOf = (make: (slug: string) => fc.Arbitrary<Files>, name: string, most: number): fc.Arbitrary<Files> =>
  fc
    .nat(most)
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, nth) => make(`${name}-${nth}`))))
    .map((all) => Object.assign({}, ...all) as Files);

/** A site with up to six incidents and three maintenances. */
export const anyHistory: fc.Arbitrary<Files> = fc
  .tuple(
    fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Etc/UTC'),
    anyOf(anyIncident, 'trouble', 6),
    anyOf(anyMaintenance, 'work', 3),
  )
  .map(([zone, incidents, maintenances]) => ({
    ...common,
    'site.yml': `name: Example\nurl: https://status.example.com\ntime_zone: ${zone}\n`,
    ...incidents,
    ...maintenances,
  }));

export const filesOf = (files: Files): SourceFile[] =>
  Object.entries(files).map(([path, said]) => ({ path, bytes: new TextEncoder().encode(said) }));

/** The site built from files at `now`. Throws if they have a problem. */
export function siteOf(files: readonly SourceFile[], now: Instant = end): Site {
  const folders = [
    ...new Set(
      files.flatMap(({ path }) =>
        path
          .split('/')
          .slice(0, -1)
          .map((_, index, parts) => parts.slice(0, index + 1).join('/')),
      ),
    ),
  ];
  const parsed = parseContent({ files, folders, others: [] }, now);
  if ('problems' in parsed)
    throw new Error(parsed.problems.map(({ file, message }) => `${file}: ${message}`).join('\n'));
  return parsed.site;
}
