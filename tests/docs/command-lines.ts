import { parseOnly } from '../scripts/call.ts';

/**
 * The lines of a block as a shell reads them: with continuation lines joined, and without comments and blank lines.
 */
export function linesOf(block: string): string[] {
  return block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(?:^|\s+)#.*$/, '').trimEnd())
    .filter((line) => line.trim() !== '');
}

/** The words of each command in a line. Commands are separated by && or ; as in a shell. */
function callsIn(line: string): string[][] {
  const calls: string[][] = [[]];
  for (const [, quoted, single, plain] of line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"']+)/g)) {
    if (plain !== undefined && /^(?:&&|;|\||\))$/.test(plain)) calls.push([]);
    // A script's own arguments, if any.
    else if (quoted !== '$@') calls.at(-1)?.push(quoted ?? single ?? plain ?? '');
  }
  return calls;
}

/** The parser's complaints about the `halfpast` calls in a line, and the number of calls. */
export function judgeLine(line: string): { readonly calls: number; readonly problems: readonly string[] } {
  const problems: string[] = [];
  let count = 0;
  for (const call of callsIn(line)) {
    const start = call.findIndex(
      (word, index) => (word === 'halfpast' && call[index - 1] === 'npx') || word.endsWith('bin/halfpast'),
    );
    if (start === -1) continue;
    count += 1;
    const words = call.slice(start + 1);
    try {
      parseOnly(words);
    } catch (error) {
      problems.push(`${line}: ${(error as Error).message}`);
    }
  }
  return { calls: count, problems };
}
