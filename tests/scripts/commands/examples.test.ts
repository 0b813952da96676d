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

/** What a user who tries the examples has: a repository with the sample content, and dumps to import. */
async function freshClone(isExample: boolean): Promise<string> {
  const folder = temporaryFolder();
  sampleContent(folder, { isExample });
  for (const other of ['statuspage-sample', 'cstate-sample'])
    cpSync(join(root, 'tests/fixtures', other), folder, { recursive: true });
  await runProgram('git', ['init', '--quiet'], folder);
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

/** The examples to run before this one: open an incident before updating it, import a dump before checking it. */
function leadingTo({ name }: CommandDefinition, line: string): readonly string[] {
  const first = (of: string): string => commands.find((command) => command.name === of)?.examples[0]?.line ?? '';
  if (['update', 'resolve', 'edit', 'hand-over', 'checkin'].includes(name)) return [first('open')];
  return line.includes('check --content my-content') ? [first('import statuspage')] : [];
}

const examples = commands.flatMap((command) => command.examples.map(({ line }) => [line, command] as const));

describe('the example of the help', () => {
  it.each(examples)('%s', async (line, command: CommandDefinition) => {
    const [npx, program, ...words] = wordsOf(line);
    expect([npx, program]).toEqual(['npx', 'halfpast']);
    if (onlyParsed.includes(command.name) || / --github |^npx halfpast import .* --(?:url|repo) /.test(line)) {
      expect(() => parseOnly(words)).not.toThrow();
      return;
    }
    const folder = await freshClone(command.name === 'init');
    if (command.name === 'import upptime')
      cpSync(join(root, 'tests/fixtures/upptime-sample'), folder, { recursive: true });
    for (const before of leadingTo(command, line))
      expect(await call(wordsOf(before).slice(2), folder)).toMatchObject({ code: 0 });
    const { code, stderr } = await call(words, folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('the first incident of the README', () => {
  it('goes from its first word to its last in a fresh clone, without a terminal', async () => {
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
