import { readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';

// A thread of its own, in small steps: when the build is over, it is ended between two of them.
function remove(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) remove(join(folder, entry.name));
    else unlinkSync(join(folder, entry.name));
  }
  rmdirSync(folder);
}

for (const folder of workerData as readonly string[]) {
  try {
    remove(folder);
  } catch {
    // Another build is at it, or it may not be removed: the next build tries again.
  }
}
