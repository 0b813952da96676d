import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';

/** Where a path really leads, as far as it is there: links are followed. */
function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPlace(dirname(path)), basename(path));
  }
}

/** Whether `path` is inside the folder `folder`, by whatever links. */
export function isWithin(path: string, folder: string): boolean {
  return `${realPlace(resolve(path))}${sep}`.startsWith(`${realPlace(resolve(folder))}${sep}`);
}
