import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSealed, writeSealed } from './sealed-file.ts';

/** A program for the reader's browser, and the files that it was made of. */
export type Program = { readonly code: string; readonly files: readonly string[] };

type Kept = Program & { readonly digest: string };

async function digestOf(files: readonly string[], maker: string): Promise<string> {
  const hash = createHash('sha256').update(maker);
  for (const file of files) hash.update(`\0${file}\0`).update(await readFile(file));
  return hash.digest('base64url');
}

/** What was kept for `entry`, if its files still hold what they held. A file that is gone, damaged or cannot be read is as none. */
async function recalled(place: string, maker: string): Promise<Program | null> {
  const bytes = readSealed(place);
  if (bytes === null) return null;
  const kept = JSON.parse(bytes.toString()) as Kept;
  const digest = await digestOf(kept.files, maker).catch(() => null);
  return kept.digest === digest ? kept : null;
}

/**
 * Makes the program of `entry`, or takes it from the folder `kept` if none of its files has changed.
 * `maker` says what makes it: another version may make another program of the same files.
 */
export async function keptProgram(kept: string, entry: string, maker: string, make: () => Promise<Program>): Promise<Program> {
  const place = join(kept, `${createHash('sha256').update(entry).digest('hex').slice(0, 16)}.bin`);
  const known = await recalled(place, maker);
  if (known !== null) return known;
  const program = await make();
  writeSealed(place, Buffer.from(JSON.stringify({ ...program, digest: await digestOf(program.files, maker) } satisfies Kept)));
  return program;
}
