import { join } from 'node:path';
import { problemLine } from '../../src/content/problem.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Call } from '../cli/command.ts';
import { Cancelled, UsageError, UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { requireRepository } from '../git/commit-file.ts';
import type { Desk } from './desk.ts';
import type { Draft } from './draft.ts';
import { gitHubOf } from '../github/github-of.ts';
import { byHand, handOver, offerToPush } from './hand-over.ts';
import { newProblems } from './new-problems.ts';
import { postFile, repositoryPath } from './post-file.ts';
import { publishingOptions } from './publishing-options.ts';
import { count } from '../../src/views/words.ts';

type WriteCall = Call<typeof publishingOptions>;

function refuseProblems({ file }: Draft, desk: Desk, now: Instant): readonly string[] {
  const { caused, others } = newProblems(desk.tree, [file], now);
  if (caused.length > 0) {
    const lines = caused.map((problem) => problemLine(problem, desk.content));
    throw new UserError(`nothing was written, since it would not pass check:\n${lines.join('\n')}`);
  }
  if (others.length === 0) return [];
  return [`${count(others.length, 'problem')} elsewhere in ${desk.content} will keep it from being published. See: npx halfpast check --content ${desk.content}`];
}

function tell(draft: Draft, notes: readonly string[], written: boolean, call: WriteCall, desk: Desk, world: World): void {
  const path = join(desk.content, draft.file.path);
  if (call.json) {
    const said = { file: path, incident: draft.slug, title: draft.title, permalink: draft.permalink, written, notes, text: draft.file.text };
    world.stdout(`${JSON.stringify(said)}\n`);
    return;
  }
  const heading = written ? path : `${path} (not written)`;
  world.stdout(`${[heading, '', draft.file.text.trimEnd(), '', ...notes].join('\n').trimEnd()}\n`);
}

/**
 * Checks a new file together with all content, writes it, shows it, and commits and pushes it when
 * asked to. Nothing is written when it would not pass `check`. Throws UserError.
 */
export async function writeFile(draft: Draft, call: WriteCall, desk: Desk, world: World): Promise<number> {
  const { commit, push, github, 'dry-run': dryRun } = call.options;
  if (github !== undefined && (commit || push)) throw new UsageError('--github writes the file on GitHub alone. Leave out --commit and --push');
  const notes = [...draft.notes, ...refuseProblems(draft, desk, call.now())];
  if (dryRun) return tell(draft, notes, false, call, desk, world), 0;
  if (commit || push) await requireRepository(desk.path, world.runProgram);
  const port = github === undefined ? null : await gitHubOf(github, world);
  if (draft.asked && world.ask !== null) {
    world.ask.show(draft.file.text.trimEnd(), join(desk.content, draft.file.path));
    if (!(await world.ask.confirm('Write this file?'))) throw new Cancelled();
  }
  if (port !== null) {
    const posted = await postFile(port, { path: repositoryPath(desk, draft.file.path, world.cwd), text: draft.file.text, message: draft.commitMessage });
    return tell(draft, [...notes, posted], true, call, desk, world), 0;
  }
  const path = join(desk.path, draft.file.path);
  await world.disk.create(path, draft.file.text);
  const isSent = commit || push;
  tell(draft, [...notes, ...(isSent ? [] : [byHand(draft, join(desk.content, draft.file.path))])], true, call, desk, world);
  const offered = !isSent && !call.json && (await offerToPush(draft, desk.path, world));
  if (!isSent && !offered) return 0;
  const told = await handOver(draft, path, desk.path, push || offered, world);
  if (!call.json) world.stdout(`${told}\n`);
  return 0;
}
