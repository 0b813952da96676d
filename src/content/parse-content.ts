import type { ComponentGroup } from '../domain/component.ts';
import type { Incident } from '../domain/incident.ts';
import { type Instant, minute } from '../domain/instant.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import type { Settings } from '../domain/settings.ts';
import type { Site } from '../domain/site.ts';
import type { Template } from '../domain/template.ts';
import { componentsPath, readComponents } from './components.ts';
import { readMarkdownFile } from './front-matter.ts';
import { readIncident } from './incidents.ts';
import { readMaintenance } from './maintenances.ts';
import { readPostmortem } from './postmortems.ts';
import { type ContentTree, foldersBelow, strangers } from './content-tree.ts';
import { inOrder, type Problem } from './problem.ts';
import { readTemplates } from './templates.ts';
import { readSettings, settingsPath } from './settings.ts';

/** The site that the content makes, or all that is wrong with it; never both. */
export type Parsed =
  | { readonly site: Site; readonly drafts: readonly string[] }
  | { readonly problems: readonly Problem[] };

const isDefined = <T>(value: T | null): value is T => value !== null;

type Parts = {
  readonly settings: Settings;
  readonly groups: readonly ComponentGroup[];
  readonly incidents: readonly Incident[];
  readonly maintenances: readonly Maintenance[];
  readonly postmortems: readonly Postmortem[];
  readonly templates: readonly Template[];
};

function assemble({ settings, groups, incidents, maintenances, postmortems, templates }: Parts, now: Instant): Site {
  const bySlug = (a: { slug: string }, b: { slug: string }) => (a.slug < b.slug ? 1 : -1);
  return {
    now,
    settings,
    groups,
    incidents: incidents.toSorted((a, b) => b.startedAt - a.startedAt || bySlug(a, b)),
    maintenances: maintenances.toSorted((a, b) => b.window.from - a.window.from || bySlug(a, b)),
    postmortems: postmortems.toSorted((a, b) => b.published - a.published || bySlug(a, b)),
    templates,
  };
}

/** Reads all content at once, so that one run reports every problem in every file. */
export function parseContent(tree: ContentTree, now: Instant): Parsed {
  const fileAt = (path: string) => tree.files.find((file) => file.path === path);
  const { settings, problems: settingsProblems } = readSettings(fileAt(settingsPath), tree.files);
  const { groups, problems: componentProblems } = readComponents(fileAt(componentsPath), settings?.timeZone);
  const context = {
    now,
    timeZone: settings?.timeZone ?? 'UTC',
    componentIds: groups?.flatMap(({ components }) => components.map(({ id }) => id)) ?? null,
    cadence: settings?.cadence ?? { checkIn: 15 * minute, update: { kind: 'at_minute', minute: 30 } as const },
  };
  const incidentFolders = foldersBelow('incidents', tree);
  const incidents = [...incidentFolders].map(([folder, files]) => readIncident(folder, files.map(readMarkdownFile), context));
  const maintenances = [...foldersBelow('maintenance', tree)].map(([folder, files]) => readMaintenance(folder, files.map(readMarkdownFile), context));
  const bySlug = new Map([...incidentFolders.keys()].map((folder, index) => [folder.slice('incidents/'.length), incidents[index]?.value ?? null]));
  const postmortems = tree.files
    .filter(({ path }) => path.startsWith('postmortems/'))
    .map((file) => readPostmortem(file, bySlug, context));
  const { templates, problems: templateProblems } = readTemplates(tree, context);
  const problems = [
    ...settingsProblems,
    ...componentProblems,
    ...strangers(tree, (path) => (settings === null ? path.endsWith('.svg') : path === settings.logo?.file)),
    ...templateProblems,
    ...[...incidents, ...maintenances, ...postmortems].flatMap((read) => read.problems),
  ];
  if (problems.length > 0 || settings === null || groups === null) return { problems: inOrder(problems) };
  const parts = {
    settings,
    groups,
    incidents: incidents.map(({ value }) => value).filter(isDefined),
    maintenances: maintenances.map(({ value }) => value).filter(isDefined),
    postmortems: postmortems.map(({ postmortem }) => postmortem).filter(isDefined),
    templates,
  };
  const drafts = postmortems.filter(({ postmortem }) => postmortem === null).map(({ slug }) => slug);
  return { site: assemble(parts, now), drafts };
}
