import type { Instant } from '../domain/calendar.ts';
import type { Incident } from '../domain/incident.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Cadence, Settings } from '../domain/settings.ts';
import type { Site } from '../domain/site.ts';
import { unseenTextWarnings } from './body.ts';
import { type ContentTree, foldersBelow, isImage, translationName, unexpectedFiles } from './content-tree.ts';
import { type Exposed, exposedFiles } from './credentials.ts';
import { bodyOf, readMarkdownFile } from './front-matter.ts';
import { readImages, unusedImages } from './images.ts';
import { leakWarnings, readPrivacyRules, repeatsNone } from './leaks.ts';
import { linkWarnings } from './links.ts';
import { inOrder, type Problem, textOf } from './problem.ts';
import { componentsPath, readComponents } from './read-components.ts';
import { readAnnouncements, readPages } from './read-pages.ts';
import { readPostmortem } from './read-postmortem.ts';
import { defaultCadence, readSettings, settingsPath } from './read-settings.ts';
import { readTranslations } from './read-translations.ts';
import { readTemplates } from './read-templates.ts';
import { type ReadEvent, readIncident, readMaintenance } from './read-updates.ts';
import { type ReadContext, sameTimeWarnings } from './update-rules.ts';
import type { NewFile } from './write-content.ts';
import { curlyQuotes } from './yaml-mistakes.ts';

type ReadSite = {
  readonly site: Site;
  readonly drafts: readonly string[];
  /** Valid, but perhaps not intended. */
  readonly warnings: readonly Problem[];
};

/**
 * The site that the content describes, or all problems in it; never both. With problems, `settings` are those of the
 * site, or null if the problems are in them.
 */
export type Parsed = ReadSite | { readonly problems: readonly Problem[]; readonly settings: Settings | null };

type Parts = Omit<Site, 'now' | 'images'> & { readonly files: ContentTree['files'] };

/** Returns the images that published texts show, with their bytes. */
function publishedImages({ incidents, maintenances, postmortems, pages, files }: Parts): Site['images'] {
  const originals = [
    ...[...incidents, ...maintenances].flatMap(({ updates }) => updates.map(({ record }) => record)),
    ...postmortems,
    ...pages,
  ];
  const texts = originals.flatMap((text) => [text, ...Object.values(text.translations ?? {})]);
  const shown = new Map(texts.flatMap(({ images = [] }) => images.map(({ file }) => [file.path, file])));
  return files.flatMap(({ path, bytes }) => {
    const file = shown.get(path);
    return file === undefined ? [] : [{ ...file, bytes }];
  });
}

function assemble({ files, ...parts }: Parts, now: Instant): Site {
  const { incidents, maintenances, postmortems, announcements } = parts;
  const bySlug = (a: { slug: string }, b: { slug: string }) => (a.slug < b.slug ? 1 : -1);
  return {
    now,
    ...parts,
    incidents: incidents.toSorted((a, b) => b.startedAt - a.startedAt || bySlug(a, b)),
    maintenances: maintenances.toSorted((a, b) => b.window.from - a.window.from || bySlug(a, b)),
    postmortems: postmortems.toSorted((a, b) => b.published - a.published || bySlug(a, b)),
    announcements: announcements.toSorted((a, b) => b.from - a.from || bySlug(a, b)),
    images: publishedImages({ ...parts, files }),
  };
}

/** Reads all incidents and maintenance. `cadence` is the site's. */
export function readEvents(
  tree: ContentTree,
  context: ReadContext & { readonly cadence: Cadence },
): { readonly incidents: readonly ReadEvent<Incident>[]; readonly maintenances: readonly ReadEvent<Maintenance>[] } {
  return {
    incidents: [...foldersBelow('incidents', tree)].map(([folder, files]) =>
      readIncident(folder, files.map(readMarkdownFile), context),
    ),
    maintenances: [...foldersBelow('maintenance', tree)].map(([folder, files]) =>
      readMaintenance(folder, files.map(readMarkdownFile), context),
    ),
  };
}

/** Reads all content at once, so that one run reports every problem in every file. */
export function parseContent(tree: ContentTree, now: Instant): Parsed {
  const fileAt = (path: string) => tree.files.find((file) => file.path === path);
  const { settings, problems: settingsProblems, unknownComponents } = readSettings(fileAt(settingsPath), tree.files);
  const { images, problems: imageProblems } = readImages(tree);
  const languages = settings?.languages ?? null;
  const components = fileAt(componentsPath);
  const { groups, ...listed } = readComponents(components, settings?.timeZone, languages);
  const all = groups?.flatMap((group) => group.components);
  const translations = readTranslations(tree, languages, images);
  const context = {
    images,
    translations,
    ...(languages === null ? {} : { languages }),
    now,
    timeZone: settings?.timeZone ?? 'UTC',
    componentIds: all?.map(({ id }) => id) ?? null,
    retiredIds: all?.filter(({ retired }) => retired).map(({ id }) => id) ?? [],
    cadence: settings?.cadence ?? defaultCadence,
  };
  const { incidents, maintenances } = readEvents(tree, context);
  const bySlug = new Map(incidents.map(({ slug, value }) => [slug, value]));
  const postmortems = tree.files
    .filter(({ path }) => path.startsWith('postmortems/') && !isImage(path) && translationName(path) === null)
    .map((file) => readPostmortem(file, bySlug, context));
  const pages = readPages(tree, context);
  const announcements = readAnnouncements(tree, context);
  const { templates, problems: templateProblems } = readTemplates(tree, {
    ...context,
    locale: settings?.locale ?? 'en',
  });
  const problems = [
    ...settingsProblems,
    ...listed.problems,
    ...(context.componentIds === null ? [] : unknownComponents(context.componentIds)),
    ...unexpectedFiles(tree, (path) => (settings === null ? path.endsWith('.svg') : path === settings.logo?.file)),
    ...pages.problems,
    ...announcements.problems,
    ...templateProblems,
    ...imageProblems,
    ...translations.problems,
    ...[...incidents, ...maintenances, ...postmortems].flatMap((read) => read.problems),
  ];
  if (problems.length > 0 || settings === null || groups === null) return { problems: inOrder(problems), settings };
  const parts = {
    settings,
    groups,
    incidents: incidents.flatMap(({ value }) => value ?? []),
    maintenances: maintenances.flatMap(({ value }) => value ?? []),
    postmortems: postmortems.flatMap(({ postmortem }) => postmortem ?? []),
    pages: pages.values,
    announcements: announcements.values,
    templates,
    files: tree.files,
  };
  const site = assemble(parts, now);
  const drafts = postmortems.filter(({ postmortem }) => postmortem === null).map(({ slug }) => slug);
  return {
    site,
    drafts,
    warnings: [
      ...[...incidents, ...maintenances, ...postmortems].flatMap((read) => read.warnings),
      ...listed.warnings(site),
      ...sameTimeWarnings(site),
    ],
  };
}

/** The site that the content describes, or all problems in it, plus warnings to review before publishing. */
export type Checked = Parsed & { readonly warnings: readonly Problem[] };

const isShown = (path: string): boolean =>
  path === componentsPath || /^(?:incidents|maintenance|postmortems|announcements|pages)\//.test(path);

/** Warns about text that readers wouldn't see, and about curly quotes around a field, which they would see. */
function writingWarnings(path: string, text: string): Problem[] {
  const split = path.endsWith('.md') ? bodyOf(text) : null;
  const fields = split === null ? text : text.slice(0, text.length - split.body.length);
  return [
    ...curlyQuotes(path, fields),
    ...(split === null ? [] : unseenTextWarnings(path, split.body, split.bodyLine)),
  ];
}

/** Whether a file is an image without text. SVG files contain text. */
const isPicture = (path: string): boolean => isImage(path) && !path.endsWith('.svg');

/** Finds what must not be public, and what probably shouldn't be. */
async function leaks({
  files,
}: ContentTree): Promise<{ readonly warnings: readonly Problem[]; readonly exposed: readonly Exposed[] }> {
  const rules = readPrivacyRules(textOf(files.find(({ path }) => path === settingsPath)?.bytes ?? new Uint8Array()));
  const warningsIn = leakWarnings(rules);
  const texts = files.map(({ path, bytes }) => ({ path, text: isPicture(path) ? '' : textOf(bytes) }));
  const exposed = await exposedFiles(texts, rules);
  const isText = (path: string): boolean => isShown(path) || path === settingsPath;
  const warnings = texts.flatMap(({ path, text }) => [
    ...(isShown(path) ? warningsIn(path, text) : []),
    ...(isText(path) ? writingWarnings(path, text) : []),
  ]);
  return { warnings, exposed };
}

/**
 * Reads all content and checks it for what must not or should not be public. No problem repeats a credential or
 * part of one.
 */
export async function checkContent(tree: ContentTree, now: Instant): Promise<Checked> {
  const parsed = parseContent(tree, now);
  const { warnings: leaking, exposed } = await leaks(tree);
  const ofSite =
    'site' in parsed ? [...parsed.warnings, ...linkWarnings(tree, parsed.site), ...unusedImages(tree)] : [];
  const warnings = inOrder([...ofSite, ...leaking]);
  if (exposed.length === 0) return { ...parsed, warnings };
  const mayBeShown = repeatsNone(exposed.flatMap(({ secrets }) => secrets));
  const others = 'problems' in parsed ? parsed.problems.filter(mayBeShown) : [];
  return {
    problems: inOrder([...others, ...exposed.flatMap((file) => file.problems)]),
    settings: 'site' in parsed ? parsed.site.settings : parsed.settings,
    warnings: warnings.filter(mayBeShown),
  };
}

/** Returns the tree with these files added. */
export function withFiles(tree: ContentTree, files: readonly NewFile[]): ContentTree {
  const encoder = new TextEncoder();
  const paths = new Set(files.map(({ path }) => path));
  const added = files.map(({ path, text }) => ({ path, bytes: encoder.encode(text) }));
  const kept = tree.files.filter(({ path }) => !paths.has(path));
  return { ...tree, files: [...kept, ...added].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

const problemsOf = (checked: Checked): readonly Problem[] => ('problems' in checked ? checked.problems : []);

type NewProblems = {
  readonly caused: readonly Problem[];
  /** Problems that exist without the new files. */
  readonly others: readonly Problem[];
  /** What to review in the new files before publishing. */
  readonly warnings: readonly Problem[];
};

/** Returns the problems that writing these files would cause: in them, and new ones elsewhere. */
export async function newProblems(tree: ContentTree, files: readonly NewFile[], now: Instant): Promise<NewProblems> {
  const checked = await checkContent(withFiles(tree, files), now);
  const paths = new Set(files.map(({ path }) => path));
  const warnings = checked.warnings.filter(({ file }) => paths.has(file));
  const after = problemsOf(checked);
  if (after.length === 0) return { caused: [], others: [], warnings };
  const before = new Set(problemsOf(await checkContent(tree, now)).map((problem) => JSON.stringify(problem)));
  const isOld = (problem: Problem): boolean => before.has(JSON.stringify(problem));
  return { caused: after.filter((problem) => !isOld(problem)), others: after.filter(isOld), warnings };
}
