import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/**
 * Maximum compressed sizes, in bytes. An index fits in the first round trip of a connection; other pages get about
 * twice that.
 */
export const budgets = { index: 14 * 1024, other: 30 * 1024 };

/** Maximum sizes of an index with many components, in bytes. */
export const largeIndexes = [
  { components: 476, compressed: 24 * 1024, raw: 600_000 },
  { components: 1200, compressed: 48 * 1024, raw: 1_200_000 },
] as const;

/** The compressed size of a file, in bytes. */
export const gzipped = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;
