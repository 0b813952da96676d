import { dirname, join } from 'node:path';
import { isAboutCredential } from '../../src/content/leaks/exposed.ts';
import { type Problem, problemLine } from '../../src/content/problem.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { count } from '../../src/views/words.ts';
import type { Call } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
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
const refusal = (problem: Problem, content: string): string => (isAboutCredential(problem) ? `line ${problem.line} of the new file  ${problem.message}` : problemLine(problem, content));

async function refuseProblems({ file }: Draft, desk: Desk, now: Instant): Promise<readonly string[]> {
  const { caused, others, warnings } = await newProblems(desk.tree, [file], now);
  if (caused.length > 0) {
    const lines = caused.map((problem) => refusal(problem, desk.content));
    throw new UserError(`nothing was written, since it would not pass check:\n${lines.join('\n')}`);
  }
  const notes = warnings.map(({ line, message }) => `Warning: line ${line} ${message}.`);
  if (others.length === 0) return notes;
  return [...notes, `${count(others.length, 'problem')} elsewhere in ${desk.content} will keep it from being published. See: npx halfpast check --content ${desk.content}`];
}

/** What stands in the way of its being seen, besides itself. */
function heldNotes(desk: Desk, world: World): string[] {
  const hold = findHold({ content: desk.content, files: desk.tree.files, flag: undefined, env: world.env, beside: null });
  return hold === null ? [] : [`It will not be seen yet: ${holdLine(hold)}.`];
}

type Decided = { readonly draft: Draft; readonly notes: readonly string[]; readonly commit: boolean; readonly push: boolean };

/** Shows the draft and asks what becomes of it, until it is as wished. */
async function decide(first: Draft, along: readonly string[], call: WriteCall, desk: Desk, world: World): Promise<Decided> {
  const { commit, push } = call.options;
  const held = [...alongNotes(along), ...heldNotes(desk, world)];
  const checked = async (draft: Draft): Promise<readonly string[]> => [...draft.notes, ...held, ...(await refuseProblems(draft, desk, call.now()))];
  const { ask } = world;
  if (!first.asked || ask === null) return { draft: first, notes: await checked(first), commit: commit || push, push };
  for (let draft = first; ; ) {
    // Before it is refused: what was typed must stay in sight.
    ask.show(preview(draft.file, desk, call.now()) ?? draft.file.text.trimEnd(), 'What customers will see');
    const notes = await checked(draft);
    [draft.caution ?? '', ...notes.slice(draft.notes.length)].filter((note) => note !== '').forEach(ask.say);
    const answer = call.options['dry-run'] ? 'write' : await askToWrite(draft, call.options, desk.path, ask, world);
    if (answer !== 'rewrite') return { draft, notes, commit: answer !== 'write', push: answer === 'push' };
    draft = draft.rewritten?.(await ask.paragraphs(textQuestion, { initial: draft.message ?? '' })) ?? draft;
  }
}

/**
 * Checks a new file together with all content, writes it, shows it, and commits and pushes it when
 * asked to. Nothing is written when it would not pass `check`. Throws UserError.
 */
export async function writeFile(first: Draft, call: WriteCall, desk: Desk, world: World): Promise<number> {
  const { github, 'dry-run': dryRun } = call.options;
  if (github !== undefined && (call.options.commit || call.options.push)) throw new UsageError('--github writes the file on GitHub alone. Leave out --commit and --push');
  if (!dryRun && (call.options.commit || call.options.push)) await requireRepository(desk.path, world.runProgram);
  // The page needs all updates of an incident; postmortems stand alone.
  const along = github === undefined && first.permalink !== null ? await uncommittedBeside(desk.path, dirname(first.file.path), world.runProgram) : [];
  const port = github === undefined || dryRun ? null : await gitHubOf(github, world);
  const { draft, notes, commit, push } = await decide(first, along, call, desk, world);
  const handed: Handed = { committed: false, pushed: false };
  const said = (written: boolean, more: readonly string[]): void => tell(draft, { notes: [...notes, ...more], written, ...handed }, call, desk, world);
  if (dryRun) return said(false, []), 0;
  if (port !== null) {
    const posted = await postFile(port, { path: repositoryPath(desk, draft.file.path, world.cwd), text: draft.file.text, message: draft.commitMessage });
    Object.assign(handed, { committed: true, pushed: true });
    return said(true, [posted]), 0;
  }
  const path = join(desk.path, draft.file.path);
  await world.disk.create(path, draft.file.text);
  if (!commit) return said(true, [byHand(draft, along, await gitFrom(desk.content, world), desk.content)]), 0;
  try {
    const told = await handOver(draft, path, along, desk, push, handed, world);
    said(true, [told]);
  } catch (error) {
    said(true, []);
    throw error;
  }
  return 0;
}
