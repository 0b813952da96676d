import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isoTime } from '../../../src/domain/instant.ts';
import { UserError } from '../../cli/errors.ts';
import { shellWord } from '../../cli/shell-word.ts';
import { type Release, releaseSchema } from '../../../src/views/api/release-file.ts';
import type { Ground } from './ground.ts';

/** What is in the folder that `--to` names. */
export const places = {
  /** One folder a release, never changed once it is there. */
  releases: (folder: string) => join(folder, 'releases'),
  release: (folder: string, id: string) => join(folder, 'releases', id),
  /** The link that a web server serves. */
  current: (folder: string) => join(folder, 'current'),
  /** What is being built, and what is being removed. */
  staging: (folder: string) => join(folder, 'staging'),
  cache: (folder: string) => join(folder, 'cache'),
  /** What each channel was told. */
  deliveries: (folder: string) => join(folder, 'deliveries.json'),
  lock: (folder: string) => join(folder, 'publish.lock'),
} as const;

export type KeptRelease = { readonly id: string; readonly release: Release };

/** The releases that are kept, oldest first. */
export async function keptReleases(folder: string, ground: Ground): Promise<KeptRelease[]> {
  const kept: KeptRelease[] = [];
  for (const id of await ground.list(places.releases(folder))) {
    const text = await ground.read(join(places.release(folder, id), 'release.json'));
    const release = text === null ? null : releaseSchema.safeParse(JSON.parse(text)).data;
    if (release) kept.push({ id, release });
  }
  return kept;
}

const form = /^(\d{8}T\d{9}Z)-[0-9a-f]{8}$/;

/** The name of a release: its time in UTC and a part of its content's hash; later than every other. */
export function releaseId(now: number, content: string, existing: readonly string[]): string {
  const stampOf = (time: number): string => isoTime(time).replaceAll(/[-:.]/g, '');
  const newest =
    existing
      .map((id) => form.exec(id)?.[1] ?? '')
      .sort()
      .at(-1) ?? '';
  let time = now;
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(newest);
  if (parts !== null && stampOf(time) <= newest) {
    const [, year, month, day, hours, minutes, seconds, fraction] = parts;
    time = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${fraction}Z`) + 1;
  }
  return `${stampOf(time)}-${content.slice(0, 8)}`;
}

/** The release that is served; null for none. Throws UserError when something else is in its place. */
export async function currentRelease(folder: string, ground: Ground): Promise<string | null> {
  const path = places.current(folder);
  const target = await ground.readLink(path);
  if (target !== null) return /^releases\/([^/]+)$/.exec(target)?.[1] ?? null;
  if ((await ground.changedAt(path)) === null) return null;
  throw new UserError(
    `${path} is no link to a release, but something of its own. Move it away: mv ${shellWord(path)} ${shellWord(`${path}.old`)}`,
  );
}

/** Puts another release in the place of the one that is served, in one step. Only while the state is locked. */
export async function switchTo(folder: string, id: string, ground: Ground): Promise<void> {
  const beside = join(folder, `.current-${randomUUID()}`);
  await ground.makeLink(`releases/${id}`, beside);
  await ground.rename(beside, places.current(folder));
}
