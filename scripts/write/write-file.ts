import { basename, dirname, join } from 'node:path';
import { newProblems } from '../../src/lib/content/check-content.ts';
import { bodyOf } from '../../src/lib/content/front-matter.ts';
import { type Problem, problemLine } from '../../src/lib/content/problem.ts';
import { hour, type Instant } from '../../src/lib/domain/calendar.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { count } from '../../src/lib/words/en.ts';
import type { Call } from '../cli/command.ts';
import { type ContentFolder, readContentTree } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { findStop, stopLine } from '../cli/stop-switch.ts';
import { readWait, wrapText } from '../cli/text.ts';
import type { Ask, Context } from '../cli/context.ts';
import { gitIn } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';
import { notLive } from '../live/live-update.ts';
import { awaitLive, refusalIn, usualWait } from './await-live.ts';
import {
  askToWrite,
  commitFile,
  type CommitProgress,
  manualSteps,
  type Posted,
  postToGitHub,
  pushFile,
  stepsAfterCommit,
} from './commit.ts';
import { expectedUpdate, renderDraft } from './draft-preview.ts';
import type { FileDraft } from './draft.ts';
import { givenFlag, type publishingOptions } from './options.ts';
import { proposeIncident } from './propose.ts';
import { textQuestion } from './update-text.ts';

/** The result of a command that writes a file. */
type WriteResult = CommitProgress & {
  /** Sentences to print. */
  readonly notes: readonly string[];
  /** Commands for the remaining steps, each on one line so that it can be copied; blank if there are none. */
  readonly steps: string;
  readonly written: boolean;
};

/** Prints the result: as JSON, with the whole file, or briefly if the file was just shown. */
function printWritten(
  draft: FileDraft,
  { notes: sentences, steps, ...done }: WriteResult,
  json: boolean,
  content: ContentFolder,
  context: Context,
): void {
  const { file, more = [], slug, title, permalink, asked } = draft;
  const path = join(content.folder, file.path);
  const { text } = file;
  const paths = more.map((other) => join(content.folder, other.path));
  if (json) {
    const files = more.length === 0 ? {} : { more: paths };
    const notes = [...sentences, ...(steps === '' ? [] : [steps])];
    context.stdout(
      `${JSON.stringify({ file: path, ...files, incident: slug, title, permalink, ...done, notes, text })}\n`,
    );
    return;
  }
  // A long file would push the rest off the screen.
  const isShort = done.written && context.ask !== null && (asked || text.split('\n').length > 40);
  const heading = done.written ? path : `${path} (not written)`;
  const lines = isShort
    ? ['', `Written: ${[path, ...paths].join(', ')}`, ...sentences].map((line) => wrapText(line, context.columns))
    : [heading, '', text.trimEnd(), '', ...paths, ...(paths.length === 0 ? [] : ['']), ...sentences];
  context.stdout(`${[...lines, steps].join('\n').trimEnd()}\n`);
}

type WriteCall = Call<typeof publishingOptions> & { readonly options: { readonly propose?: boolean } };

/** The problems of a draft, and what to print if there are none. */
async function checkDraft(
  { file, more = [] }: FileDraft,
  content: ContentFolder,
  now: Instant,
): Promise<{ readonly problems: readonly Problem[]; readonly notes: readonly string[] }> {
  const { caused, others, warnings } = await newProblems(content.tree, [file, ...more], now);
  // A rule for new content only; `check` just warns about existing content.
  const verdict = warnings.find(({ field }) => field === 'customer_data');
  if (verdict !== undefined) return { problems: [...caused, verdict], notes: [] };
  const notes = warnings.map(
    ({ field, line, message }) => `Warning: ${field === null || field === '' ? `line ${line}` : field} ${message}.`,
  );
  if (others.length > 0)
    notes.push(
      `${count(others.length, 'problem')} elsewhere in ${content.folder} will keep it from being published. See: npx halfpast check`,
    );
  return { problems: caused, notes };
}

/** Throws UserError if there are problems, and FlagError if one is about a given flag. */
function requireNone(problems: readonly Problem[], { file }: FileDraft, { options }: WriteCall, folder: string): void {
  if (problems.length === 0) return;
  for (const problem of problems) {
    const given = problem.file === file.path && problem.kind !== 'credential' ? givenFlag(problem, options) : null;
    if (given !== null) throw given;
  }
  // The new folder's name comes from the title, so it may contain the credential.
  const lines = problems.map((problem) =>
    problem.kind === 'credential'
      ? `line ${problem.line} of the new file  ${problem.message}`
      : problemLine(problem, folder),
  );
  throw new UserError(`nothing was written, since it would not pass check:\n${lines.join('\n')}`);
}

/** Whether all problems are in the text, which can be typed again, and none in a field or another file. */
function areInText(problems: readonly Problem[], { file, redraft }: FileDraft): boolean {
  const textStart = bodyOf(file.text)?.bodyLine ?? Infinity;
  return (
    redraft !== undefined &&
    problems.length > 0 &&
    problems.every((problem) => problem.file === file.path && problem.line >= textStart)
  );
}

type Decided = {
  readonly draft: FileDraft;
  readonly notes: readonly string[];
  readonly commit: boolean;
  readonly push: boolean;
};

/** Shows the draft and asks what to do with it, again after each edit. Throws UserError, Cancelled. */
async function decideInDialog(
  first: FileDraft,
  notes: readonly string[],
  call: WriteCall,
  content: ContentFolder,
  ask: Ask,
  context: Context,
): Promise<Decided> {
  for (let draft = first; ;) {
    // Show it before any problem, so that the typed text stays visible.
    ask.show(renderDraft(draft, content, call.now()) ?? draft.file.text.trimEnd(), 'What customers will see');
    const check = await checkDraft(draft, content, call.now());
    if (areInText(check.problems, draft)) {
      for (const { message } of check.problems) ask.say(`It would not pass check: the text ${message}`);
    } else {
      requireNone(check.problems, draft, call, content.folder);
      const all = [...notes, ...check.notes];
      [draft.caution ?? '', ...all].filter((note) => note !== '').forEach(ask.say);
      const answer = call.options['dry-run']
        ? 'write'
        : await askToWrite(draft, call.options, content.path, ask, context);
      if (answer !== 'rewrite')
        return { draft, notes: [...draft.notes, ...all], commit: answer !== 'write', push: answer === 'push' };
    }
    const message = await ask.paragraphs(textQuestion, { initial: draft.message ?? '' });
    draft = draft.redraft?.({ message }) ?? draft;
  }
}

async function decide(
  draft: FileDraft,
  along: readonly string[],
  call: WriteCall,
  content: ContentFolder,
  context: Context,
): Promise<Decided> {
  const { commit, push } = call.options;
  const stop = findStop({ content: content.folder, files: content.tree.files, env: context.env });
  const isSeen = draft.permalink !== null && call.options.github === undefined;
  const other = isSeen
    ? await gitIn(content.path, context).otherBranch(content.settings.repository?.branch ?? null)
    : null;
  const notes = [
    ...(other === null
      ? []
      : [
          `This goes to the branch ${other.to}. If the page is published from ${other.usual}, customers will not see it until you merge it.`,
        ]),
    ...(along.length === 0 ? [] : [`Earlier updates that weren't committed are included: ${along.join(', ')}`]),
    ...(stop === null ? [] : [`Customers will not see it yet: ${stopLine(stop)}.`]),
  ];
  if (draft.asked && context.ask !== null) return decideInDialog(draft, notes, call, content, context.ask, context);
  const check = await checkDraft(draft, content, call.now());
  requireNone(check.problems, draft, call, content.folder);
  return { draft, notes: [...draft.notes, ...notes, ...check.notes], commit: commit || push, push };
}

/**
 * The draft. Its time changes if another update with that time was added after `content` was read, such as during a
 * dialog.
 */
async function atFreeTime(draft: FileDraft, content: ContentFolder, context: Context): Promise<FileDraft> {
  const tree = await readContentTree(content.folder, context);
  const known = new Set(content.tree.files.map(({ path }) => path));
  const isTaken = tree.files.some(({ path }) => !known.has(path) && basename(path) === basename(draft.file.path));
  return isTaken ? (draft.redraft?.({ tree }) ?? draft) : draft;
}

async function writeToDisk(
  { file, replaces, more = [] }: FileDraft,
  content: ContentFolder,
  { disk }: Context,
): Promise<void> {
  const path = join(content.path, file.path);
  if (replaces === undefined) {
    const created: string[] = [];
    try {
      for (const one of [file, ...more]) {
        await disk.create(join(content.path, one.path), one.text);
        created.push(one.path);
      }
    } catch (error) {
      // Otherwise, the same command would find that its windows overlap these. Each has its own folder.
      for (const done of created) await disk.remove(join(content.path, dirname(done)));
      throw error;
    }
    return;
  }
  if ((await disk.read(path)) !== replaces)
    throw new UserError(`${join(content.folder, file.path)} has changed since it was read. Run the command again`);
  return disk.replace(path, file.text);
}

/** Waits until a sent draft is live. Returns the line to print. Throws UserError when it isn't live. */
async function untilLive(
  draft: FileDraft,
  { note: _, ...posted }: Posted,
  call: WriteCall,
  content: ContentFolder,
  context: Context,
): Promise<string | null> {
  const expected = expectedUpdate(draft, content, call.now());
  if (expected === null || draft.permalink === null) {
    const refusal = refusalIn(posted.reply);
    if (draft.unseen === undefined || refusal === null) return draft.unseen ?? null;
    return `${draft.unseen}\n${notLive}: the server reports: ${refusal}`;
  }
  // Elsewhere, this machine's environment keeps nothing from being published; a workflow has the variable of its
  // repository.
  const env = call.options.github === undefined ? {} : context.env;
  const hold = findStop({ content: content.folder, files: content.tree.files, env });
  const sent = { ...posted, expected, hold, url: content.settings.url, permalink: draft.permalink };
  return awaitLive(sent, readWait(call.options.wait, '--wait', usualWait), context);
}

/**
 * Checks a new file together with all content, writes and prints it, commits and pushes it on request, and then waits
 * until it's live. Writes nothing that fails `check`. Returns the exit code. Throws UserError.
 */
export async function writeFile(
  first: FileDraft,
  call: WriteCall,
  content: ContentFolder,
  context: Context,
): Promise<number> {
  const { github, commit, push, wait, 'dry-run': dryRun } = call.options;
  if (github !== undefined && (commit || push))
    throw new UsageError('--github writes the file on GitHub only. Leave out --commit and --push');
  // In a terminal, the user can still choose to push.
  if (wait !== undefined && !push && github === undefined && context.ask === null)
    throw new UsageError('--wait is for what is published. Add --push, or leave it out');
  if (readWait(wait, '--wait', usualWait) > hour)
    throw new UsageError(`--wait: ${quote(wait)} is too long. Use at most 1h, such as 5m`);
  const git = gitIn(content.path, context);
  if (!dryRun && (commit || push)) await git.requireBranch();
  // The page needs all updates of an incident, but postmortems are independent.
  const isUpdate = github === undefined && /^(?:incidents|maintenance)\//.test(first.file.path);
  const folder = dirname(first.file.path);
  const earlier = isUpdate && (!dryRun || commit || push) ? await git.neverCommitted(folder) : [];
  const along = earlier.filter((path) => {
    const inContent = `/${path}`.slice(`/${path}`.lastIndexOf(`/${folder}/`));
    // The edited file may be one of them. Names that start with a dot aren't content, such as an editor's swap file.
    return inContent !== `/${first.file.path}` && !inContent.includes('/.');
  });
  const port = github === undefined || dryRun ? null : await openGitHub(github, context);
  const decided = await decide(first, along, call, content, context);
  const draft = dryRun ? decided.draft : await atFreeTime(decided.draft, content, context);
  const progress: CommitProgress = { committed: false, pushed: false, live: false };
  const print = (written: boolean, more: readonly string[] = [], steps = ''): number => {
    const result = { written, ...progress, notes: [...decided.notes, ...more], steps };
    printWritten(draft, result, call.json, content, context);
    return 0;
  };
  /** Prints what happened so far, no matter what happens next. */
  const orPrint = async <T>(work: Promise<T>, more: readonly string[] = []): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      print(true, more);
      throw error;
    }
  };
  if (dryRun) return print(false);
  if (github !== undefined && port !== null && call.options.propose === true) {
    const preview = renderDraft(draft, content, call.now()) ?? draft.file.text;
    const proposed = { draft, preview, notes: decided.notes, content, github };
    return print(false, [await proposeIncident(port, proposed, context)]);
  }
  let posted: Posted;
  if (github !== undefined && port !== null) {
    posted = await postToGitHub(github, port, draft, content, context);
    progress.committed = true;
  } else {
    await writeToDisk(draft, content, context);
    if (!decided.commit) return print(true, [], await manualSteps(draft, along, content, context));
    await orPrint(commitFile(draft, along, content, context));
    progress.committed = true;
    if (!decided.push) return print(true, await stepsAfterCommit(draft, content, context));
    posted = await orPrint(pushFile(content, context));
  }
  progress.pushed = true;
  const work = untilLive(draft, posted, call, content, context);
  if (call.json) {
    const line = await orPrint(work, [posted.note]);
    progress.live = line !== null && draft.unseen === undefined;
    return print(true, [posted.note, ...(line === null ? [] : [line])]);
  }
  print(true, [posted.note]);
  const line = await work;
  if (line !== null) context.stdout(`${line}\n`);
  return 0;
}
