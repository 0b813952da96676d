import { execFileSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hashes, sampleContent, temporaryFolder } from '../../support/folders.ts';
import { succeed } from '../../support/halfpast.ts';
import { openTerminal, type Terminal } from '../../support/terminal.ts';
import { type Dialogue, dialogues, type Step } from './dialogues.ts';

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', [...args], { cwd: folder, encoding: 'utf8' }).trim();

/** The included content in a repository without a remote, after the dialogue's earlier commands. */
async function workplace({ line, before = [] }: Dialogue): Promise<string> {
  const folder = temporaryFolder();
  sampleContent(folder, { isExample: line === 'halfpast init' });
  git(folder, 'init', '--quiet');
  for (const args of before) await succeed(args, folder);
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'Begin');
  return folder;
}

async function terminalIn(folder: string, columns: number): Promise<Terminal> {
  const terminal = await openTerminal(folder, { columns, rows: 60 });
  onTestFinished(() => terminal.close());
  return terminal;
}

async function answer(terminal: Terminal, { types, keys = [] }: Step): Promise<void> {
  if (types !== undefined) await terminal.type(types);
  for (const key of keys) await terminal.press(key);
}

/** Types the command line and answers the questions up to this one, which is left open. */
async function goTo(terminal: Terminal, { line, steps }: Dialogue, count: number): Promise<void> {
  await terminal.line(`clear; ${line}; echo "code $?"`);
  for (const [index, step] of steps.slice(0, count + 1).entries()) {
    await terminal.until(open(step, steps.slice(0, index)));
    if (index < count) await answer(terminal, step);
  }
}

/**
 * Matches a question that's open now: answered and refused ones have other marks. One that's asked again appears below
 * its earlier answers. A key pressed between the two would be lost.
 */
function open({ asks }: Step, earlier: readonly Step[]): RegExp {
  const words = asks
    .replaceAll(/[?.+()]/g, '\\$&')
    .split(' ')
    .join('[│\\s]+');
  const answered = earlier.filter((step) => step.asks === asks).map(() => `◇[ ]+${words}[^]*`);
  return new RegExp(`${answered.join('')}◆[ ]+${words}`);
}

/** The shell has printed the exit code, and its prompt. */
const isOver = /code \d+\n\$$/;

/** Removes everything that a narrow terminal inserts. */
const unbroken = (text: string): string => text.replaceAll(/[│\s]+/g, '');

const all = Object.entries(dialogues);

describe.each([80, 40])('in a terminal of %i columns', (columns) => {
  it.each(all)('%s: every question is asked, and what is written passes check', async (_, dialogue) => {
    const folder = await workplace(dialogue);
    const terminal = await terminalIn(folder, columns);
    await goTo(terminal, dialogue, dialogue.steps.length);
    await terminal.until(isOver);
    const screen = await terminal.screen(true);
    expect(screen).toMatch(/code 0/);
    expect(unbroken(screen)).toContain(unbroken(dialogue.ends));
    expect(screen, 'no trace of a program that failed').not.toMatch(/node:internal|\n {4}at /);
    expect(await terminal.hasCursor()).toBe(true);
    expect(await succeed(['check'], folder)).toContain('no problems');
  });
});

describe('Ctrl-C', () => {
  it.each(all)('at each question of %s leaves nothing behind, and says so in one line', async (_, dialogue) => {
    const folder = await workplace(dialogue);
    const terminal = await terminalIn(folder, 80);
    const before = hashes(folder);
    for (const [index, { asks }] of dialogue.steps.entries()) {
      await goTo(terminal, dialogue, index);
      await terminal.press('C-c');
      const screen = await terminal.until(isOver);
      expect(screen.split('\n').slice(-3), asks).toEqual(['halfpast: canceled. Nothing was written', 'code 130', '$']);
      expect(await terminal.hasCursor(), asks).toBe(true);
      expect(hashes(folder), asks).toEqual(before);
      expect(git(folder, 'status', '--porcelain'), asks).toBe('');
    }
  });
});
