import { type Instant, isoTime } from '../../src/lib/domain/calendar.ts';
import { fileErrorMessage, isDiskFull, UserError } from '../cli/errors.ts';
import type { Host } from './hosts/host.ts';
import {
  afterRollback,
  changeRelease,
  findRelease,
  type LoggedRelease,
  requireFiles,
  type RollbackChoice,
  type RollbackMark,
  rollbackTarget,
} from './hosts/release-log.ts';
import type { Back } from './outcome.ts';

/** How a rollback ended. `started`: it started a run that restores the release. `already`: there was nothing to do. */
export type RolledBack = {
  readonly from: LoggedRelease | null;
  readonly to: LoggedRelease;
  readonly how: 'served' | 'started' | 'already';
  /** One line about what couldn't be recorded because the disk is full; else null. */
  readonly unrecorded: string | null;
};

/**
 * Marks the bad releases first, then goes back. After a kill in between, the same call does it again. If the host
 * starts a run for this, the release is live only once that run finishes.
 */
async function goBack(
  host: Host,
  from: string | null,
  to: LoggedRelease,
  mark: RollbackMark,
): Promise<{ readonly how: 'served' | 'started'; readonly unrecorded: string | null }> {
  let unrecorded: string | null = null;
  try {
    await host.changeLog(`Rolling back to ${to.id}`, (log) => {
      // A publish may have removed it since it was chosen.
      requireFiles(log, to, host.name);
      const marked = afterRollback(log, from, to, mark);
      return host.restores === 'served' ? marked : changeRelease(marked, to.id, { state: 'deploying' });
    });
  } catch (error) {
    // A full disk must not keep the bad release online.
    if (!isDiskFull(error)) throw error;
    unrecorded = `${fileErrorMessage(error) ?? ''}. The rollback couldn't be recorded, so the next publish may undo it. To prevent that, put publishing on hold`;
  }
  await host.restore(to, from);
  return { how: host.restores, unrecorded };
}

/** Goes back to an earlier release at a person's request. Throws UserError when there is none. */
export async function rollBack(host: Host, choice: RollbackChoice, reason: string, now: Instant): Promise<RolledBack> {
  const log = await host.log();
  const served = await host.served(log);
  const to = rollbackTarget(log, served, choice);
  if (to === null) throw new UserError(`${host.name} has no earlier release to go back to`);
  const from = findRelease(log, served);
  if (to.id === served && to.state === 'live') return { from, to, how: 'already', unrecorded: null };
  return { from, to, ...(await goBack(host, served, to, { at: isoTime(now), by: 'person', reason })) };
}

/**
 * Goes back to the last verified release after `failed` failed verification, unless someone has replaced it by then.
 * Returns what is served instead; null if no other release was verified.
 */
export async function rollBackFailed(
  host: Host,
  failed: LoggedRelease,
  now: Instant,
  print: (line: string) => void,
): Promise<Back | null> {
  const log = await host.log();
  const served = await host.served(log);
  if (served !== null && served !== failed.id) return { id: served, how: 'already' };
  const to = rollbackTarget(log, failed.id, { kind: 'verified' });
  if (to === null) return null;
  const mark = { at: isoTime(now), by: 'verification', reason: 'it failed verification' } as const;
  const { how, unrecorded } = await goBack(host, served, to, mark);
  if (unrecorded !== null) print(unrecorded);
  return { id: to.id, how };
}
