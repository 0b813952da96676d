import { clip, dayOf, lastDays } from '../domain/calendar.ts';
import type { Component, ComponentGroup } from '../domain/vocabulary.ts';
import type { SiteLanguage } from '../domain/settings.ts';
import type { Site } from '../domain/site.ts';
import { barDays, componentHistories, countedWindow } from '../domain/uptime.ts';
import { type ComponentsFile, componentsFileSchema } from '../schema/components-file.ts';
import { didYouMean, suggestFix } from '../schema/text.ts';
import { shortUtc } from '../schema/time-fields.ts';
import { decode, fieldProblem, fileProblem, type Locate, type Problem, type SourceFile } from './problem.ts';
import { translatedFieldProblems, translationsOf } from './translated-fields.ts';
import { readYaml, validate, type YamlSource } from './yaml.ts';

/**
 * Reports a component that changed before it was created. Both times may be after `now`: the list of components is as
 * of the day it was fetched, and `now` may be earlier.
 */
function momentProblems({ created, changed }: Entry, path: Path, at: Where): Problem[] {
  if (created === undefined || changed === undefined || changed >= created) return [];
  const message = `${shortUtc(changed)} is before it was created (${shortUtc(created)}). Enter when its status last changed, or delete the line`;
  return [fieldProblem(at, [...path, 'changed'], message)];
}

/** Returns the ids in `components:`, even if the file doesn't match its schema. */
function namedComponents(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('components' in data)) return [];
  const { components } = data;
  return typeof components === 'object' && components !== null && !Array.isArray(components)
    ? Object.keys(components)
    : [];
}

/**
 * Reports components that `components.yml` doesn't list, unless `source` already has a problem with them. `known` is
 * null if that file is unreadable.
 */
export function unknownComponents(
  { data, locate, problems }: YamlSource,
  path: string,
  known: readonly string[] | null,
): Problem[] {
  if (known === null) return [];
  const reported = problems.map(({ field }) => field);
  return namedComponents(data)
    .filter((id) => !known.includes(id))
    .map((id) => {
      const message = `is not in components.yml. ${didYouMean(id, known)}`.trim();
      const at = ['components', id];
      return fieldProblem({ path, locate }, at, message, { fix: suggestFix(id, known), part: 'key' });
    })
    .filter(({ field }) => !reported.includes(field));
}

export const componentsPath = 'components.yml';

type Entry = NonNullable<ComponentsFile['components']>[number];
type Path = readonly (string | number)[];
type Where = { readonly path: string; readonly locate: Locate };

function toComponent(entry: Entry): Component {
  return {
    id: entry.id,
    name: entry.name,
    description: entry.description ?? null,
    since: entry.since ?? null,
    retired: entry.retired ?? false,
    showcase: entry.showcase ?? true,
    created: entry.created ?? null,
    changed: entry.changed ?? null,
    ...translationsOf(entry),
  };
}

/** Returns all components with their positions. */
function entriesOf({ components = [], groups = [] }: ComponentsFile): [Entry, Path][] {
  return [
    ...components.map((entry, index): [Entry, Path] => [entry, ['components', index]]),
    ...groups.flatMap((group, at) =>
      group.components.map((entry, index): [Entry, Path] => [entry, ['groups', at, 'components', index]]),
    ),
  ];
}

function duplicates(entries: readonly [Entry, Path][], at: Where): Problem[] {
  const seen = new Set<string>();
  return entries.flatMap(([{ id }, path]) => {
    if (!seen.has(id)) return (seen.add(id), []);
    return [fieldProblem(at, [...path, 'id'], `"${id}" is the id of two components. Change one of them`)];
  });
}

/**
 * Warns about components whose uptime begins in the future, or leaves out an incident of the days that the page shows.
 */
function sinceWarnings(listed: readonly [Entry, Path][], where: Where, site: Site): Problem[] {
  const { now, settings, incidents } = site;
  const { timeZone } = settings;
  // A component that was created after `now` was imported later: this is a look at the past.
  const begun = listed.filter(
    ([{ since, retired, created }]) => since !== undefined && retired !== true && (created ?? now) <= now,
  );
  if (begun.length === 0) return [];
  const days = lastDays(now, barDays, timeZone);
  const histories = componentHistories(incidents);
  return begun.flatMap(([entry, at]) => {
    const { id, since = '' } = entry;
    const warn = (message: string): Problem[] => [fieldProblem(where, [...at, 'since'], message)];
    if (since > dayOf(now, timeZone))
      return warn(
        `${since} is in the future, so the page has no uptime data for it yet. Enter the day that uptime counts from`,
      );
    const uncounted = { from: days[0]?.from ?? now, to: countedWindow(toComponent(entry), days, now, timeZone).from };
    const [first] = (histories.get(id) ?? [])
      .filter((period) => clip(period, uncounted) !== null)
      .toSorted((a, b) => a.from - b.from);
    if (first === undefined) return [];
    const day = dayOf(first.from, timeZone);
    return warn(
      `${since} is after the incident ${first.incident} affected this component, so its uptime leaves that out. Enter ${day}, or an earlier day`,
    );
  });
}

type ReadComponents = {
  readonly groups: readonly ComponentGroup[] | null;
  readonly problems: readonly Problem[];
  /** The warnings that depend on other content. */
  readonly warnings: (site: Site) => readonly Problem[];
};

/**
 * Reads `components.yml`. Returns null if it's missing or has problems. `timeZone` is the site's, for hints.
 * `languages` are the languages into which names can be translated; null if unknown.
 */
export function readComponents(
  source: SourceFile | undefined,
  timeZone = 'UTC',
  languages: readonly SiteLanguage[] | null = null,
): ReadComponents {
  const refused = (problems: readonly Problem[]): ReadComponents => ({ groups: null, problems, warnings: () => [] });
  if (source === undefined) {
    return refused([
      fileProblem(componentsPath, 'is missing. Create it with your components, or run: npx halfpast init'),
    ]);
  }
  const text = decode(source);
  if (typeof text !== 'string') return refused([text]);
  const yaml = readYaml(text, source.path);
  if (Array.isArray(yaml)) return refused(yaml);
  const result = validate(componentsFileSchema(timeZone), yaml, source.path);
  if ('problems' in result) return refused(result.problems);
  const file = result.value;
  const where = { path: componentsPath, locate: yaml.locate };
  const entries = entriesOf(file);
  const groupsWithPaths = (file.groups ?? []).map((group, at) => [group, ['groups', at]] as const);
  const wrong = [
    ...duplicates(entries, where),
    ...entries.flatMap(([entry, path]) => momentProblems(entry, path, where)),
    ...(languages === null ? [] : translatedFieldProblems([...groupsWithPaths, ...entries], languages, where)),
  ];
  if (wrong.length > 0) return refused(wrong);
  const groups: ComponentGroup[] = [
    { name: null, components: (file.components ?? []).map(toComponent) },
    ...(file.groups ?? []).map((group) => ({
      name: group.name,
      components: group.components.map(toComponent),
      ...translationsOf(group),
    })),
  ].filter(({ components }) => components.length > 0);
  if (groups.length > 0) return { groups, problems: [], warnings: (site) => sinceWarnings(entries, where, site) };
  return refused([
    fileProblem(
      componentsPath,
      'lists no components. Add "components:", and below it "  - id: website" and "    name: Website"',
    ),
  ]);
}
