import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

const sumBytes = 4;

/** The bytes that `writeSealed` wrote; null when the file is not there, cannot be read, or is not as it was. */
export function readSealed(file: string): Buffer | null {
  try {
    const bytes = readFileSync(file);
    const inner = bytes.subarray(sumBytes);
    return bytes.readUInt32LE() === crc32(inner) ? inner : null;
  } catch {
    return null;
  }
}

/**
 * Writes bytes behind their checksum: what the disk has damaged would be read without complaint, and
 * published. A reader finds the file as it was or as it is then, never half of it.
 */
export function writeSealed(file: string, bytes: Uint8Array): void {
  const sum = Buffer.alloc(sumBytes);
  sum.writeUInt32LE(crc32(bytes));
  const beside = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(beside, Buffer.concat([sum, bytes]));
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
}
