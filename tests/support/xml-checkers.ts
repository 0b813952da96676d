import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './halfpast.ts';

/** The result of a checker from a Debian package: status 0 and no text if the files are valid. */
type Checked = { readonly status: number | null; readonly said: string };

function run(command: string, ...args: string[]): Checked {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, said: `${stdout}${stderr.replaceAll(/^\[warning\].*\n?/gm, '')}` };
}

/** Checks that files are well-formed XML. */
export const wellFormed = (...files: string[]): Checked => run('xmllint', '--noout', ...files);

const grammar = join(root, 'tests/fixtures/feeds/atom.rnc');

/** Checks Atom feeds with the grammar of RFC 4287. */
export const atomGrammar = (...files: string[]): Checked => run('jing', '-c', grammar, ...files);
