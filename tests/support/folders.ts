import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from './halfpast.ts';

/** A new empty folder, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'halfpast-'));
  // A process that a test killed may have left a child process that still writes here.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** A copy of the included content, with or without its incidents and postmortems. */
export function sampleContent(folder: string, { isExample = false, hasHistory = true } = {}): string {
  const [original, content] = [join(root, 'content'), join(folder, 'content')];
  const past = ['incidents', 'postmortems'].map((name) => join(original, name));
  // Copying is slower with a filter.
  const filter = hasHistory ? {} : { filter: (path: string) => !past.includes(path) };
  cpSync(original, content, { recursive: true, ...filter });
  const site = join(content, 'site.yml');
  if (!isExample)
    writeFileSync(site, readFileSync(site, 'utf8').replace(/^# Shown at the time.*\nexample: true\n/m, ''));
  return content;
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The paths of all files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The hash of every file below a folder, by path. */
export function hashes(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesBelow(folder).map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ]),
  );
}
