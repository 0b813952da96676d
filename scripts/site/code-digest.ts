import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src', 'scripts/site', 'public'] as const;

/** The code that builds: its digest, and whether that is still the one of the files. */
export type Code = { readonly digest: string; readonly isStill: () => boolean };

/**
 * A digest of all that decides what content means and what pages are made of it: Halfpast's own code
 * below `root` and where that is, the libraries it uses, and Node, which knows the names of months.
 */
export function codeDigest(root: string): string {
  const files = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = createHash('sha256').update(`${process.version}\0${root}`);
  for (const file of [...files.sort(), join(root, 'package.json')]) hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file));
  // An installed package has none; its package.json then changes with each version.
  try {
    hash.update(readFileSync(join(root, 'package-lock.json')));
  } catch {
    hash.update('none');
  }
  return hash.digest('hex').slice(0, 40);
}

/** The code below `root` as it is now. What an editor or a `git pull` changes during a build must not be kept under this digest. */
export function codeOf(root: string): Code {
  const digest = codeDigest(root);
  return { digest, isStill: () => codeDigest(root) === digest };
}
