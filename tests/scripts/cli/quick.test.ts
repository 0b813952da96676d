import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allCommands, commandsFor } from '../../../scripts/commands/all.ts';
import { root } from '../../support/halfpast.ts';

const namesFor = async (...argv: string[]): Promise<string[]> => (await commandsFor(argv)).map(({ name }) => name);

/** The URLs of the files that a call loads. */
function loadedBy(...argv: string[]): string[] {
  const hook = `import { registerHooks } from 'node:module'; registerHooks({ load: (url, context, next) => (console.error('loads ' + url), next(url, context)) });`;
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, join(root, 'scripts/halfpast.ts'), ...argv],
    { encoding: 'utf8', cwd: root },
  );
  return [...stderr.matchAll(/^loads (file:.*)$/gm)].map(([, url = '']) => url);
}

describe('a command loads only what it needs', () => {
  it('and no other command', () => {
    const loaded = loadedBy('rollback', '--help');
    const commands = loaded.filter((url) => url.includes('/scripts/commands/'));
    expect(commands.map((url) => url.split('/').at(-1))).toEqual(['all.ts', 'rollback.ts']);
    expect(loaded.filter((url) => url.includes('sanitize-html'))).toEqual([]);
  });

  it('which are those whose first word matches exactly, or all', async () => {
    expect(await namesFor('--version')).toEqual([]);
    expect(await namesFor('open', '--title', 'x')).toEqual(['open']);
    expect(await namesFor('preview', 'post')).toEqual(['preview', 'preview post']);
    const all = (await allCommands()).map(({ name }) => name);
    for (const argv of [[], ['opne'], ['o'], ['re'], ['opening'], [''], ['--help'], ['help', 'open'], ['toString']])
      expect(await namesFor(...argv)).toEqual(all);
    for (const name of all)
      expect(await namesFor(...name.split(' ')), 'the name in the list is its own').toContain(name);
  });
});
