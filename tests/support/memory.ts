import { existsSync, readFileSync, statfsSync } from 'node:fs';

/** Where Linux keeps files in memory. In a container, it may be small, or refuse to run programs. */
const memory = '/dev/shm';

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const mount = mounts.find((line) => line.split(' ')[1] === memory);
  return bavail * bsize > 2 ** 31 && mount !== undefined && !mount.includes('noexec');
}

// Tests write many small files. On a disk, that would take most of the time.
if (process.env['TMPDIR'] === undefined && hasRoom()) process.env['TMPDIR'] = memory;
