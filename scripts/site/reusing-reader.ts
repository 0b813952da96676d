import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Reads files one after the other into the same memory: what one call gives holds until the next. */
export function reusingReader(): (path: string) => Buffer {
  let memory = Buffer.alloc(1024 * 1024);
  return (path) => {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      if (size > memory.length) memory = Buffer.alloc(size);
      let used = 0;
      for (let got = -1; got !== 0 && used < size; used += got) got = readSync(file, memory, used, size - used, null);
      return memory.subarray(0, used);
    } finally {
      closeSync(file);
    }
  };
}
