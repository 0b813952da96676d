import { dirname, join } from 'node:path';
import { isAboutCredential } from '../../src/content/leaks/exposed.ts';
import { type Problem, problemLine } from '../../src/content/problem.ts';
import { bodyOf } from '../../src/content/split-front-matter.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { count } from '../../src/views/words.ts';
import type { Call } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { World } from '../cli/world.ts';
import { requireRepository } from '../git/commit-file.ts';
import { gitFrom } from '../git/git-from.ts';
import { uncommittedBeside } from '../git/uncommitted-beside.ts';
import { gitHubOf } from '../github/github-of.ts';
import { findHold, holdLine } from '../publish/releases/hold.ts';
import { askToWrite } from './ask-to-write.ts';
import type { Desk } from './desk.ts';
import type { Draft } from './draft.ts';
import { alongNotes, byHand, type Handed, handOver } from './hand-over.ts';
import { newProblems } from './new-problems.ts';
import { postFile, repositoryPath } from './post-file.ts';
import { preview } from './preview.ts';
import type { publishingOptions } from './publishing-options.ts';
import { tell } from './tell-written.ts';
import { textQuestion } from './template-text.ts';

type WriteCall = Call<typeof publishingOptions>;

/** The name of a new folder is made from its title, which may be what holds the credential. */
const refusal = (problem: Problem, content: string): string =>
  isAboutCredential(problem)
    ? `line ${problem.line} of the new file  ${problem.message}`
    : problemLine(problem, content);

/** What is wrong with a draft, and what is to be said of it otherwise. */
type Verdict = { readonly caused: readonly Problem[]; readonly notes: readonly string[] };

async function judge({ file }: Draft, desk: Desk, now: Instant): Promise<Verdict> {
  const { caused, others, warnings } = await newProblems(desk.tree, [file], now);
  const notes = warnings.map(({ line, message }) => `Warning: line ${line} ${message}.`);
  if (others.length === 0) return { caused, notes };
  return {
    caused,
    notes: [
      ...notes,
      `${count(others.length, 'problem')} elsewhere in ${desk.content} will keep it from being published. See: npx halfpast check --content ${shellWord(desk.content)}`,
    ],
  };
}

/** Throws UserError when there is anything wrong. */
function refuse(caused: readonly Problem[], desk: Desk): void {
  if (caused.length === 0) return;
  const lines = caused.map((problem) => refusal(problem, desk.content));
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
function heldNotes(desk: Desk, world: World): string[] {
  const hold = findHold({
    content: desk.content,
    files: desk.tree.files,
    flag: undefined,
    env: world.env,
    beside: null,
  });
  return hold === null ? [] : [`It will not be seen yet: ${holdLine(hold)}.`];
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
  desk: Desk,
  world: World,
): Promise<Decided> {
  const { commit, push } = call.options;
  const held = [...alongNotes(along), ...heldNotes(desk, world)];
  const { ask } = world;
  if (!first.asked || ask === null) {
    const { caused, notes } = await judge(first, desk, call.now());
    refuse(caused, desk);
    return { draft: first, notes: [...first.notes, ...held, ...notes], commit: commit || push, push };
  }
  const anew = async (draft: Draft): Promise<Draft> =>
    draft.rewritten?.(await ask.paragraphs(textQuestion, { initial: draft.message ?? '' })) ?? draft;
  for (let draft = first; ;) {
    // Before anything is said against it: what was typed must stay in sight.
    ask.show(preview(draft.file, desk, call.now()) ?? draft.file.text.trimEnd(), 'What customers will see');
    const { caused, notes } = await judge(draft, desk, call.now());
    const ofText = isOfText(caused, draft);
    if (!ofText) refuse(caused, desk);
    const more = ofText
      ? caused.map(({ message }) => `It would not pass check: the text ${message}`)
      : [draft.caution ?? '', ...held, ...notes];
    more.filter((note) => note !== '').forEach(ask.say);
    if (ofText) {
      // What was answered before is not asked again.
      draft = await anew(draft);
      continue;
    }
    const answer = call.options['dry-run'] ? 'write' : await askToWrite(draft, call.options, desk.path, ask, world);
    if (answer !== 'rewrite')
      return { draft, notes: [...draft.notes, ...held, ...notes], commit: answer !== 'write', push: answer === 'push' };
    draft = await anew(draft);
  }
}

/**
 * Checks a new file together with all content, writes it, shows it, and commits and pushes it when
 * asked to. Nothing is written when it would not pass `check`. Throws UserError.
 */
export async function writeFile(first: Draft, call: WriteCall, desk: Desk, world: World): Promise<number> {
  const { github, 'dry-run': dryRun } = call.options;
  if (github !== undefined && (call.options.commit || call.options.push))
    throw new UsageError('--github writes the file on GitHub alone. Leave out --commit and --push');
  if (!dryRun && (call.options.commit || call.options.push)) await requireRepository(desk.path, world.runProgram);
  // The page needs all updates of an incident; postmortems stand alone.
  const along =
    github === undefined && first.permalink !== null
      ? await uncommittedBeside(desk.path, dirname(first.file.path), world.runProgram)
      : [];
  const port = github === undefined || dryRun ? null : await gitHubOf(github, world);
  const { draft, notes, commit, push } = await decide(first, along, call, desk, world);
  const handed: Handed = { committed: false, pushed: false };
  const said = (written: boolean, more: readonly string[]): void =>
    tell(draft, { notes: [...notes, ...more], written, ...handed }, call, desk, world);
  if (dryRun) return (said(false, []), 0);
  if (port !== null) {
    const posted = await postFile(port, {
      path: repositoryPath(desk, draft.file.path, world.cwd),
      text: draft.file.text,
      message: draft.commitMessage,
    });
    Object.assign(handed, { committed: true, pushed: true });
    return (said(true, [posted]), 0);
  }
  const path = join(desk.path, draft.file.path);
  await world.disk.create(path, draft.file.text);
  if (!commit) return (said(true, [byHand(draft, along, await gitFrom(desk.content, world), desk.content)]), 0);
  try {
    const told = await handOver(draft, path, along, desk, push, handed, world);
    said(true, [told]);
  } catch (error) {
    said(true, []);
    throw error;
  }
  return 0;
}
