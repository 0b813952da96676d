import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const slabSize = 1024 * 1024;

/**
 * Reads many small files, side by side into pieces of memory of a mebibyte: fifty thousand pieces of
 * their own take longer to get, and the system never has them back. Gives the bytes of a file, or its
 * size alone when that is more than `most`. Throws what the file system throws.
 */
export function smallFileReader(): (path: string, most: number) => { readonly bytes: Uint8Array } | { readonly size: number } {
  let slab = new Uint8Array(0);
  let used = 0;
  return (path, most) => {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      if (size > most) return { size };
      if (used + size > slab.length) [slab, used] = [new Uint8Array(Math.max(slabSize, size)), 0];
      const start = used;
      // A read may give less than was asked for; nothing is the end.
      for (let got = -1; got !== 0 && used < start + size; used += got) got = readSync(file, slab, used, start + size - used, null);
      return { bytes: slab.subarray(start, used) };
    } finally {
      closeSync(file);
    }
  };
}
