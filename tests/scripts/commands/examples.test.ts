import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../scripts/cli/command.ts';
import { parseCall } from '../../../scripts/cli/parse.ts';
import { commands } from '../../../scripts/commands/all.ts';
import { runProgram } from '../../../scripts/cli/run-program.ts';
import { root } from '../../support/halfpast.ts';
import { put, smallSite } from '../site.ts';
import { call } from '../world.ts';

/** The words of a line as a shell takes them apart. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** Where all that the examples name is there: the components, an old incident, a repository, a dump. */
async function prepared(): Promise<string> {
  const folder = smallSite();
  put(folder, 'components.yml', 'components:\n  - id: website\n    name: Website\n  - id: checkout\n    name: Checkout\n  - id: api\n    name: API\n  - id: webhooks\n    name: Webhooks\n');
  put(folder, 'incidents/2026-11-01-old-checkout/2026-11-01T0900Z.md', '---\ntitle: Old\nstatus: resolved\nimpact: minor\nlead: Dana\ncustomer_data: unaffected\n---\nx\n');
  cpSync(join(root, 'tests/fixtures/statuspage-sample'), folder, { recursive: true });
  for (const args of [['init', '--quiet'], ['config', 'user.name', 'Dana'], ['config', 'user.email', 'dana@example.com']]) await runProgram('git', args, folder);
  return folder;
}

/** These serve until they are stopped, build a whole site, or need a live one or GitHub; other tests do that. */
const onlyParsed = ['build', 'start', 'dev', 'guard', 'verify', 'notify', 'remind', 'publish', 'rollback', 'preview', 'preview post', 'tell', 'tick', 'releases list', 'releases record', 'releases may', 'releases back'];

const examples = commands.flatMap((command) => command.examples.map(({ line }) => [line, command] as const));

describe('the example of the help', () => {
  it.each(examples)('%s', async (line, command: Command) => {
    const [npx, program, ...words] = wordsOf(line);
    expect([npx, program]).toEqual(['npx', 'halfpast']);
    if (onlyParsed.includes(command.name)) {
      expect(parseCall(command, words.slice(command.name.split(' ').length), () => 0)).not.toBeNull();
      return;
    }
    const folder = await prepared();
    // The second line of an import looks at what the first one wrote.
    if (line.includes('check --content imported')) await call(wordsOf(command.examples[0]?.line ?? '').slice(2), folder);
    const now = line.includes('database-upgrade') ? { now: '2026-12-01T22:05:00Z' } : {};
    const { code, stderr } = await call(words, folder, now);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
