import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { realProcesses } from '../publish/releases/processes.ts';

const begins = (out: string): string => `${basename(out)}.new-`;

/** Where this process builds the site that is to take the place of `out`: beside it, so that one step does. */
export const buildingPlace = (out: string): string => join(dirname(out), `${begins(out)}${process.pid}`);

/** Removes what builds for `out` have left that were killed. */
export function removeLeftovers(out: string): void {
  for (const name of readdirSync(dirname(out))) {
    const pid = name.startsWith(begins(out)) ? Number(name.slice(begins(out).length)) : Number.NaN;
    if (Number.isInteger(pid) && !realProcesses.isAlive(pid)) rmSync(join(dirname(out), name), { recursive: true, force: true });
  }
}
