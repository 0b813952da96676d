import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { realProcesses } from '../publish/releases/processes.ts';
import type { Attic } from './attic.ts';
import { stale } from './stale.ts';

/** Two folders beside a site: one in which the next is built, and one for what it replaces. */
export type Beside = { readonly built: string; readonly old: string };

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Processes are known by their numbers on their own machine alone; a container is a machine. */
const machine = short(realProcesses.host);

/** Places beside the site `out`, since one step is to put a folder in the place of another. Nobody else has the same. */
export function placesBeside(out: string): Beside {
  const id = `${machine}-${realProcesses.pid}-${short(randomUUID())}`;
  return { built: `${out}.new-${id}`, old: `${out}.old-${id}` };
}

/** What builds for `out` that died have left beside it, by its kind. */
function left(out: string, kind: 'new' | 'old'): string[] {
  const begins = `${basename(out)}.${kind}-`;
  const folder = dirname(out);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.startsWith(begins) && /^[0-9a-f]{8}-\d+-[0-9a-f]{8}$/.test(name.slice(begins.length)));
  if (names.length === 0) return [];
  const untouched = new Set(stale(folder, /\.(?:new|old)-[0-9a-f]{8}-\d+-[0-9a-f]{8}$/));
  return names.filter((name) => {
    const [host, process] = name.slice(begins.length).split('-');
    const isDead = host === machine && (Number(process) === realProcesses.pid || !realProcesses.isAlive(Number(process)));
    return isDead || untouched.has(join(folder, name));
  }).map((name) => join(folder, name));
}

/** Puts the last site back where it was, if a build died between taking it away and putting another there. */
export function giveBack(out: string): void {
  if (existsSync(out)) return;
  const [newest] = left(out, 'old').toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (newest !== undefined) renameSync(newest, out);
}

/** Removes what builds for `out` that died have left beside it. */
export function removeLeftovers(out: string, attic: Attic): void {
  for (const folder of [...left(out, 'new'), ...left(out, 'old')]) attic.take(folder);
}
