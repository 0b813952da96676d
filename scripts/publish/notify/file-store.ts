import { createHash } from 'node:crypto';
import type { Disk } from '../../cli/world.ts';
import type { Store } from './store.ts';

const versionOf = (text: string | null): string | null =>
  text === null ? null : createHash('sha256').update(text).digest('hex');

/**
 * The record in a file, replaced as a whole. Two runs at once are told apart by what they read; those
 * of `publish --to DIR` come one after the other anyhow.
 */
export function fileStore(path: string, shown: string, disk: Disk): Store {
  return {
    name: shown,
    load: async () => {
      const text = await disk.read(path);
      return { text, version: versionOf(text) };
    },
    save: async (text, version) => {
      if (versionOf(await disk.read(path)) !== version) return null;
      await disk.replace(path, text);
      return versionOf(text);
    },
  };
}
