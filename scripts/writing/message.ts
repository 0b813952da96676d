import type { World } from '../cli/world.ts';
import { UsageError } from '../cli/errors.ts';

/**
 * The text of an update: from the flag, from standard input for `-` or when something is piped in,
 * else null. Throws UsageError when it is blank.
 */
export async function readMessage(flag: string | undefined, world: World): Promise<string | null> {
  if (flag === undefined && world.input.kind !== 'piped') return null;
  const piped = flag === undefined || flag === '-';
  if (piped && world.input.kind === 'none')
    throw new UsageError(
      '--message -: nothing comes in on standard input. Pipe the text in, or type it behind --message',
    );
  const text = piped ? await world.input.readAll() : flag;
  // What a decoder puts where bytes are not UTF-8: customers would read it in place of a letter.
  if (text.includes('\uFFFD'))
    throw new UsageError(
      `the text of the update ${piped ? 'from standard input ' : ''}is not UTF-8 where it holds \uFFFD. Give it as UTF-8, or type those letters again`,
    );
  if (text.trim() !== '') return text;
  // An empty pipe is what a script hands down that never meant to give a text.
  if (flag === undefined) return null;
  throw new UsageError('--message is blank. Type what customers should know, as --message "We are looking into it."');
}
