import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keptProgram } from '../../../scripts/site/kept-programs.ts';
import { temporaryFolder, write } from '../../support/folders.ts';

it('a program is made again when its files, its maker or what was kept of it has changed', async () => {
  const folder = temporaryFolder();
  const kept = join(folder, 'kept');
  const file = join(folder, 'a.ts');
  write(folder, 'a.ts', 'one');
  let made = 0;
  const ask = async (maker = 'maker'): Promise<string> => (await keptProgram(kept, file, maker, () => Promise.resolve({ code: `program ${(made += 1)}`, files: [file] }))).code;
  expect([await ask(), await ask()]).toEqual(['program 1', 'program 1']);
  writeFileSync(file, 'two');
  expect([await ask(), await ask('other')]).toEqual(['program 2', 'program 3']);
  const place = join(kept, readdirSync(kept)[0] ?? '');
  const bytes = readFileSync(place);
  for (const sign of ['program 3', '"code"', '"files"', '"digest"']) {
    const damaged = Buffer.from(bytes);
    const at = damaged.indexOf(sign) + 2;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(place, damaged);
    made = 8;
    expect(await ask('other'), sign).toBe('program 9');
  }
  expect(readdirSync(kept)).toHaveLength(1);
});
