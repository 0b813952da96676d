import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandDefinition } from '../../../scripts/cli/command.ts';
import { allCommands } from '../../../scripts/commands/all.ts';
import { runProgram } from '../../../scripts/cli/system.ts';
import { sampleContent, temporaryFolder } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { call, parseOnly, wordsOf } from '../call.ts';

const commands = await allCommands();

/** What a user who tries the examples has: a repository with the sample content. */
async function freshClone(isExample: boolean): Promise<string> {
  const folder = temporaryFolder();
  sampleContent(folder, { isExample });
  await runProgram('git', ['init', '--quiet', '--template='], folder);
  return folder;
}

/** These serve until stopped, build a whole site, or need a live one or GitHub. Other tests run them. */
const onlyParsed = [
  'build',
  'start',
  'dev',
  'guard',
  'verify',
  'notify',
  'remind',
  'publish',
  'rollback',
  'preview',
  'preview post',
  'publish prepare',
  'watch',
  'alert',
  'post',
  'publish deploy',
  'doctor',
  'card',
  'drill',
];

/** Commands whose examples each need a clone that no other example has changed. */
const onceEach = ['resolve', 'init', 'import cstate'];

const isOnlyParsed = (name: string, line: string): boolean =>
  onlyParsed.includes(name) || / --github |^npx halfpast import .* --(?:url|repo) /.test(line);

const firstExample = (name: string): string =>
  commands.find((command) => command.name === name)?.examples[0]?.line ?? '';

/** Runs the examples of a command, in one clone. */
async function runExamples({ name }: CommandDefinition, lines: readonly string[]): Promise<void> {
  const folder = await freshClone(name === 'init');
  // Dumps to import.
  if (lines.some((line) => line.includes('my-content')))
    for (const dump of ['statuspage-sample', 'cstate-sample', 'upptime-sample'])
      cpSync(join(root, 'tests/fixtures', dump), folder, { recursive: true });
  const run = async (line: string): Promise<void> => {
    const { code, stderr } = await call(wordsOf(line).slice(2), folder);
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
  };
  // Open an incident before updating it, and import a dump before checking it.
  if (['update', 'resolve', 'edit', 'hand-over', 'checkin'].includes(name)) await run(firstExample('open'));
  if (lines.some((line) => line.includes('check --content my-content'))) await run(firstExample('import statuspage'));
  for (const line of lines) await run(line);
}

describe('the examples of the help', () => {
  it('are valid calls', () => {
    for (const { line } of commands.flatMap(({ examples }) => examples)) {
      const [npx, program, ...words] = wordsOf(line);
      expect([npx, program]).toEqual(['npx', 'halfpast']);
      expect(() => parseOnly(words), line).not.toThrow();
    }
  });

  it.each(
    commands.flatMap((command) => {
      const lines = command.examples.map(({ line }) => line).filter((line) => !isOnlyParsed(command.name, line));
      const rounds = onceEach.includes(command.name) ? lines.map((line) => [line]) : [lines];
      return rounds.filter((round) => round.length > 0).map((round) => [command.name, round, command] as const);
    }),
  )('of %s work one after the other: %j', async (_, lines, command) => {
    await runExamples(command, lines);
  });
});

describe('the first incident of the README', () => {
  it('works from start to finish in a fresh clone, without a terminal', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const block = /## Your first incident[^]*?```sh\n([^]*?)```/.exec(readme)?.[1] ?? '';
    const lines = block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.replace(/ +#.*$/, ''))
      .filter((line) => line.startsWith('npx halfpast '));
    expect(lines.map((line) => wordsOf(line)[2])).toEqual(['open', 'update', 'resolve', 'postmortem']);
    const folder = await freshClone(false);
    for (const line of lines) expect(await call(wordsOf(line).slice(2), folder)).toMatchObject({ code: 0, stderr: '' });
    expect((await call('check', folder)).code).toBe(0);
  });
});
