import { closeSync, mkdirSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Where a page is: in which pack, from which byte, how many, and their checksum. */
export type Place = readonly [pack: string, at: number, bytes: number, sum: number];

/**
 * Reads pages out of the packs in `folder`; what one call gives holds until the next. Gives null for a page
 * that cannot be had any more: another build has cleaned up, or the disk has lost or damaged it.
 */
export function packReader(folder: string): { readonly read: (place: Place) => Buffer | null; readonly close: () => void } {
  const open = new Map<string, number>();
  let memory = Buffer.alloc(1024 * 1024);
  const opened = (pack: string): number => {
    const known = open.get(pack);
    if (known !== undefined) return known;
    const file = openSync(join(folder, pack), 'r');
    open.set(pack, file);
    return file;
  };
  const fill = (pack: string, at: number, bytes: number): void => {
    const file = opened(pack);
    let used = 0;
    for (let got = -1; got !== 0 && used < bytes; used += got) got = readSync(file, memory, used, bytes - used, at + used);
  };
  return {
    read: ([pack, at, bytes, sum]) => {
      if (bytes > memory.length) memory = Buffer.alloc(bytes);
      try {
        fill(pack, at, bytes);
      } catch {
        return null;
      }
      const page = memory.subarray(0, bytes);
      // Also another when the pack has ended early.
      return crc32(page) === sum ? page : null;
    },
    close: () => {
      for (const file of open.values()) closeSync(file);
    },
  };
}

/** Writes pages one after the other into a new pack in `folder`; the pack is made with its first page. */
export function packWriter(folder: string, name: string): { readonly add: (page: Uint8Array) => Place; readonly close: () => void } {
  let file: number | null = null;
  let at = 0;
  return {
    add: (page) => {
      if (file === null) {
        mkdirSync(folder, { recursive: true });
        file = openSync(join(folder, name), 'w');
      }
      for (let used = 0; used < page.length; ) used += writeSync(file, page, used);
      const place: Place = [name, at, page.length, crc32(page)];
      at += page.length;
      return place;
    },
    close: () => {
      if (file !== null) closeSync(file);
    },
  };
}

/** Removes the packs in `folder` that `used` does not name. */
export function removePacks(folder: string, used: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.pack') && !used.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
