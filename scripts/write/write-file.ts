import { dirname, join } from 'node:path';
import { newProblems } from '../../src/lib/content/check-content.ts';
import { foldersBelow } from '../../src/lib/content/content-tree.ts';
import { bodyOf, readMarkdownFile } from '../../src/lib/content/front-matter.ts';
import { type Problem, problemLine } from '../../src/lib/content/problem.ts';
import { readIncident, readMaintenance } from '../../src/lib/content/read-updates.ts';
import type { NewFile } from '../../src/lib/content/write-content.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import type { Incident } from '../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { plainText } from '../../src/lib/markdown.ts';
import { incidentDetail, maintenanceView } from '../../src/lib/views/incident-view.ts';
import type { UpdateView } from '../../src/lib/views/update-view.ts';
import { count } from '../../src/lib/words/en.ts';
import type { Call } from '../cli/command.ts';
import type { ContentFolder } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { findStop, stopLine } from '../cli/stop-switch.ts';
import { shellWord, wrapText } from '../cli/text.ts';
import type { Context } from '../cli/context.ts';
import { gitCommand, gitIn } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';
import { alongNotes, askToWrite, byHand, type Handed, handOver, postFile, repositoryPath } from './commit.ts';
import type { Draft } from './draft.ts';
import type { publishingOptions } from './options.ts';
import { textQuestion } from './questions.ts';

function updateLines(update: UpdateView | undefined): string[] {
  return update === undefined ? [] : ['', `${update.status}, ${update.time.text}`, plainText(update.html).trim()];
}

/** An incident as customers see it, with its newest update. */
function incidentLines(site: Site, incident: Incident): string[] {
  const { title, status, impact, customerData, states, promise, remedy, updates, open } = incidentDetail(
    site,
    incident,
  );
  const [newest] = updates;
  const named = states.map(({ name }) => name);
  // What works again is in effect no more, but is what customers wait to read.
  const now = [
    ...(open ? states : []),
    ...(newest?.changes ?? []).filter(({ name }) => !open || !named.includes(name)),
  ];
  return [
    title,
    `${status} · ${impact}`,
    ...(customerData === null ? [] : [`${customerData.text}.`]),
    ...now.map((state) => `${state.name}: ${state.status}`),
    ...(remedy === null ? [] : [`How we make it right: ${remedy}`]),
    ...updateLines(newest),
    ...(promise === null ? [] : ['', `Next update by ${promise.time.text}`]),
  ];
}

function maintenanceLines(site: Site, maintenance: Maintenance): string[] {
  const { title, status, from, to, components, updates } = maintenanceView(site, maintenance);
  return [
    title,
    `Maintenance · ${status}`,
    `From ${from.text}`,
    `Until ${to.text}`,
    ...components,
    ...updateLines(updates[0]),
  ];
}

/** What customers will see of the incident or maintenance with this new file, as plain lines; null when it cannot be read. */
function preview(file: NewFile, content: ContentFolder, now: Instant): string | null {
  const folder = file.path.split('/').slice(0, 2).join('/');
  const [room] = file.path.split('/');
  if (room !== 'incidents' && room !== 'maintenance') return null;
  const beside = content.tree.files.filter(({ path }) => path.startsWith(`${folder}/`));
  const files = [...beside, { path: file.path, bytes: new TextEncoder().encode(file.text) }].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const sources = (foldersBelow(room, { ...content.tree, files }).get(folder) ?? files).map(readMarkdownFile);
  const site: Site = {
    now,
    settings: content.settings,
    groups: content.groups,
    incidents: [],
    maintenances: [],
    postmortems: [],
    templates: [],
  };
  const readContext = { ...content.readContext, now };
  if (room === 'incidents') {
    const { value: incident } = readIncident(folder, sources, readContext);
    return incident === null ? null : incidentLines({ ...site, incidents: [incident] }, incident).join('\n');
  }
  const { value: maintenance } = readMaintenance(folder, sources, readContext);
  return maintenance === null
    ? null
    : maintenanceLines({ ...site, maintenances: [maintenance] }, maintenance).join('\n');
}

type Outcome = {
  /** Sentences for the person. */
  readonly notes: readonly string[];
  readonly written: boolean;
  readonly committed: boolean;
  readonly pushed: boolean;
};

/** Says what was written and how far it came: as JSON, as the file itself, or in short to somebody who has just seen it. */
function tell(
  draft: Draft,
  { notes, ...done }: Outcome,
  { json }: { readonly json: boolean },
  content: ContentFolder,
  context: Context,
): void {
  const path = join(content.folder, draft.file.path);
  if (json) {
    const said = {
      file: path,
      incident: draft.slug,
      title: draft.title,
      permalink: draft.permalink,
      ...done,
      notes,
      text: draft.file.text,
    };
    context.stdout(`${JSON.stringify(said)}\n`);
    return;
  }
  const heading = done.written ? path : `${path} (not written)`;
  // A text that fills the screen would push away what is to be done with it.
  const isSeen = done.written && context.ask !== null && (draft.asked || draft.file.text.split('\n').length > 40);
  const lines = isSeen ? ['', `Written: ${path}`, ...notes] : [heading, '', draft.file.text.trimEnd(), '', ...notes];
  // Commands stay whole, to be copied.
  const wrapped = lines.map((line) =>
    /\bgit (?:-C \S+ )?add /.test(line) || !isSeen ? line : wrapText(line, context.columns),
  );
  context.stdout(`${wrapped.join('\n').trimEnd()}\n`);
}

type WriteCall = Call<typeof publishingOptions>;

/** The name of a new folder is made from its title, which may be what holds the credential. */
const refusal = (problem: Problem, content: string): string =>
  problem.kind === 'credential'
    ? `line ${problem.line} of the new file  ${problem.message}`
    : problemLine(problem, content);

/** What is wrong with a draft, and what is to be said of it otherwise. */
type Verdict = { readonly caused: readonly Problem[]; readonly notes: readonly string[] };

async function judge({ file }: Draft, content: ContentFolder, now: Instant): Promise<Verdict> {
  const { caused, others, warnings } = await newProblems(content.tree, [file], now);
  const notes = warnings.map(({ line, message }) => `Warning: line ${line} ${message}.`);
  if (others.length === 0) return { caused, notes };
  return {
    caused,
    notes: [
      ...notes,
      `${count(others.length, 'problem')} elsewhere in ${content.folder} will keep it from being published. See: npx halfpast check --content ${shellWord(content.folder)}`,
    ],
  };
}

/** Throws UserError when there is anything wrong. */
function refuse(caused: readonly Problem[], content: ContentFolder): void {
  if (caused.length === 0) return;
  const lines = caused.map((problem) => refusal(problem, content.folder));
  throw new UserError(`nothing was written, since it would not pass check:\n${lines.join('\n')}`);
}

/** Whether all that is wrong stands in the text, which can be typed anew; not in a field, nor in another file. */
function isOfText(caused: readonly Problem[], { file, rewritten }: Draft): boolean {
  const textBegins = bodyOf(file.text)?.bodyLine ?? Infinity;
  return (
    rewritten !== undefined &&
    caused.length > 0 &&
    caused.every((problem) => problem.file === file.path && problem.line >= textBegins)
  );
}

/** What stands in the way of its being seen, besides itself. */
function heldNotes(content: ContentFolder, context: Context): string[] {
  const hold = findStop({
    content: content.folder,
    files: content.tree.files,
    env: context.env,
  });
  return hold === null ? [] : [`It will not be seen yet: ${stopLine(hold)}.`];
}

type Decided = {
  readonly draft: Draft;
  readonly notes: readonly string[];
  readonly commit: boolean;
  readonly push: boolean;
};

/** Shows the draft and asks what becomes of it, until it is as wished. */
async function decide(
  first: Draft,
  along: readonly string[],
  call: WriteCall,
  content: ContentFolder,
  context: Context,
): Promise<Decided> {
  const { commit, push } = call.options;
  const held = [...alongNotes(along), ...heldNotes(content, context)];
  const { ask } = context;
  if (!first.asked || ask === null) {
    const { caused, notes } = await judge(first, content, call.now());
    refuse(caused, content);
    return { draft: first, notes: [...first.notes, ...held, ...notes], commit: commit || push, push };
  }
  const anew = async (draft: Draft): Promise<Draft> =>
    draft.rewritten?.(await ask.paragraphs(textQuestion, { initial: draft.message ?? '' })) ?? draft;
  for (let draft = first; ;) {
    // Before anything is said against it: what was typed must stay in sight.
    ask.show(preview(draft.file, content, call.now()) ?? draft.file.text.trimEnd(), 'What customers will see');
    const { caused, notes } = await judge(draft, content, call.now());
    const ofText = isOfText(caused, draft);
    if (!ofText) refuse(caused, content);
    const more = ofText
      ? caused.map(({ message }) => `It would not pass check: the text ${message}`)
      : [draft.caution ?? '', ...held, ...notes];
    more.filter((note) => note !== '').forEach(ask.say);
    if (ofText) {
      // What was answered before is not asked again.
      draft = await anew(draft);
      continue;
    }
    const answer = call.options['dry-run']
      ? 'write'
      : await askToWrite(draft, call.options, content.path, ask, context);
    if (answer !== 'rewrite')
      return { draft, notes: [...draft.notes, ...held, ...notes], commit: answer !== 'write', push: answer === 'push' };
    draft = await anew(draft);
  }
}

/**
 * Checks a new file together with all content, writes it, shows it, and commits and pushes it when
 * asked to. Nothing is written when it would not pass `check`. Throws UserError.
 */
export async function writeFile(
  first: Draft,
  call: WriteCall,
  content: ContentFolder,
  context: Context,
): Promise<number> {
  const { github, 'dry-run': dryRun } = call.options;
  if (github !== undefined && (call.options.commit || call.options.push))
    throw new UsageError('--github writes the file on GitHub alone. Leave out --commit and --push');
  if (!dryRun && (call.options.commit || call.options.push))
    await gitIn(content.path, context.runProgram).requireBranch();
  // The page needs all updates of an incident; postmortems stand alone.
  const along =
    github === undefined && first.permalink !== null
      ? await gitIn(content.path, context.runProgram).neverCommitted(dirname(first.file.path))
      : [];
  const port = github === undefined || dryRun ? null : await openGitHub(github, context);
  const { draft, notes, commit, push } = await decide(first, along, call, content, context);
  const handed: Handed = { committed: false, pushed: false };
  const said = (written: boolean, more: readonly string[]): void =>
    tell(draft, { notes: [...notes, ...more], written, ...handed }, call, content, context);
  if (dryRun) return (said(false, []), 0);
  if (port !== null) {
    const posted = await postFile(port, {
      path: repositoryPath(content, draft.file.path, context.cwd),
      text: draft.file.text,
      message: draft.commitMessage,
    });
    Object.assign(handed, { committed: true, pushed: true });
    return (said(true, [posted]), 0);
  }
  const path = join(content.path, draft.file.path);
  await context.disk.create(path, draft.file.text);
  if (!commit)
    return (said(true, [byHand(draft, along, await gitCommand(content.folder, context), content.folder)]), 0);
  try {
    const told = await handOver(draft, path, along, content, push, handed, context);
    said(true, [told]);
  } catch (error) {
    said(true, []);
    throw error;
  }
  return 0;
}
