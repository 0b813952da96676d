import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { packReader, packWriter, type Place, removePacks } from './page-packs.ts';
import { readSealed, writeSealed } from './sealed-file.ts';
import { stale } from './stale.ts';

type Pages = Record<string, readonly [key: string, place: Place]>;

/** What earlier builds have left, and the digest of their code. */
type List = { readonly code: string; readonly pages: Readonly<Pages> };

/** Each build with something new adds a pack; at this many, all pages go into one. */
const mostPacks = 8;

/** The key under which a page is kept between builds: a hash of all that it shows. */
const keyOf = (source: unknown): string => createHash('sha256').update(JSON.stringify(source)).digest('base64url');

function readList(file: string, code: string): Readonly<Pages> {
  const bytes = readSealed(file);
  if (bytes === null) return {};
  const list = JSON.parse(bytes.toString()) as List;
  return list.code === code ? list.pages : {};
}

export type KeptPages = {
  /**
   * The bytes of a file: as an earlier build has left them, when `source` is as it was then; or else what
   * `make` makes. They hold until the next call.
   */
  readonly page: (file: string, source: unknown, make: () => Promise<Uint8Array>) => Promise<Uint8Array>;
  /** Keeps what was asked for, and nothing else, for the next build. */
  readonly finish: () => void;
  /** To be called in the end, whatever happened: without `finish`, nothing new is kept. */
  readonly close: () => void;
};

/**
 * The pages that builds leave for the next in the folder `cache`. They are in packs, since opening twenty
 * thousand files takes longer than writing them. The list of what is where is replaced at the end, so that
 * a build that dies changes nothing; of two builds at once, the later list counts, and what it does not
 * name is made again. Other `code` may make another page of the same source; `anew` uses nothing of what
 * is there.
 */
export function keptPages(cache: string, code: string, anew: boolean): KeptPages {
  const folder = join(cache, 'pages');
  const listFile = join(folder, 'list.bin');
  const known = anew ? {} : readList(listFile, code);
  const pages: Pages = {};
  const packs = new Set(Object.values(known).map(([, [name]]) => name));
  const gather = packs.size >= mostPacks;
  const kept = packReader(folder);
  const pack = `${randomUUID()}.pack`;
  const fresh = packWriter(folder, pack);
  let finished = false;
  const recalled = (file: string, key: string): readonly [Uint8Array, Place] | null => {
    const entry = Object.hasOwn(known, file) ? known[file] : undefined;
    if (entry === undefined || entry[0] !== key) return null;
    const bytes = kept.read(entry[1]);
    return bytes === null ? null : [bytes, entry[1]];
  };
  return {
    page: async (file, source, make) => {
      const key = keyOf(source);
      const [bytes, place] = recalled(file, key) ?? [await make(), null];
      pages[file] = [key, place === null || gather ? fresh.add(bytes) : place];
      return bytes;
    },
    finish: () => {
      writeSealed(listFile, Buffer.from(JSON.stringify({ code, pages } satisfies List)));
      finished = true;
      removePacks(folder, new Set(Object.values(pages).map(([, [name]]) => name)));
      for (const left of stale(folder, /^list\.bin\../)) rmSync(left, { force: true });
    },
    close: () => {
      kept.close();
      fresh.close();
      if (!finished) rmSync(join(folder, pack), { force: true });
    },
  };
}
