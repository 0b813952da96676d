import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux keeps files in memory. In a container, it may be small, or refuse to run programs. */
const memory = '/dev/shm';

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const mount = mounts.find((line) => line.split(' ')[1] === memory);
  return bavail * bsize > 2 ** 31 && mount !== undefined && !mount.includes('noexec');
}

/**
 * Tests write many small files. On a disk, that takes most of their time, so they're in memory where there's room.
 * Vitest calls this before the tests, and the function it returns after them.
 */
export default function setup(): (() => void) | undefined {
  if (process.env['TMPDIR'] !== undefined || !hasRoom()) return undefined;
  const folder = mkdtempSync(join(memory, 'halfpast-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
