import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { contentMemory } from '../../../scripts/site/content-memory.ts';
import { checkContent } from '../../../src/content/check-content.ts';
import { readTree } from '../../../src/content/disk.ts';
import { emptyShelves, type Shelves } from '../../../src/content/memory.ts';
import { root } from '../../support/halfpast.ts';

const sizes = ({ incidents, maintenances, warnings }: Shelves): readonly number[] => [incidents.size, maintenances.size, warnings.size];

/** A cache with what was read of the sample, and the text of its file. */
async function remembered(): Promise<{ readonly cache: string; readonly file: string; readonly met: Shelves }> {
  const cache = mkdtempSync(join(tmpdir(), 'halfpast-memory-'));
  onTestFinished(() => rmSync(cache, { recursive: true }));
  const memory = { known: emptyShelves(), met: emptyShelves() };
  await checkContent(await readTree(join(root, 'content')), Date.parse('2026-11-22T12:00Z'), memory);
  contentMemory(cache, 'code').write(memory);
  return { cache, file: join(cache, 'content.bin'), met: memory.met };
}

describe('what was read of content', () => {
  it('is there for the next build by the same code, and for no other', async () => {
    const { cache, met } = await remembered();
    expect(sizes(met)[0]).toBeGreaterThan(0);
    expect(contentMemory(cache, 'code').read()).toEqual(met);
    expect(sizes(contentMemory(cache, 'other').read())).toEqual([0, 0, 0]);
  });

  it('is read again when the disk has changed one letter of it, cut it, or emptied it', async () => {
    const { cache, file, met } = await remembered();
    const bytes = readFileSync(file);
    const at = bytes.indexOf([...met.incidents.values()][0]?.value.title ?? '?');
    expect(at).toBeGreaterThan(0);
    for (const damaged of [Buffer.concat([bytes.subarray(0, at), Buffer.from('X'), bytes.subarray(at + 1)]), bytes.subarray(0, at), Buffer.alloc(0), Buffer.alloc(2)]) {
      writeFileSync(file, damaged);
      expect(sizes(contentMemory(cache, 'code').read())).toEqual([0, 0, 0]);
    }
  });
});
