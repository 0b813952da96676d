import type { Instant } from '../../src/domain/instant.ts';
import type { Maintenance } from '../../src/domain/maintenance.ts';
import { readInstant, shortUtc } from '../../src/schema/instant.ts';
import { UsageError } from '../cli/errors.ts';

type Given = {
  readonly from: string | undefined;
  readonly until: string | undefined;
  readonly status: string | undefined;
};

/** The flag's instant; what cannot be read has been told by then. */
function instantOf(given: string | undefined, otherwise: Instant, timeZone: string): Instant {
  const read = given === undefined ? { value: otherwise } : readInstant(given, timeZone);
  return 'value' in read ? read.value : otherwise;
}

/** Refuses a window that would end before it begins, or before work that still runs. Throws UsageError. */
export function requireWindow({ window }: Maintenance, given: Given, now: Instant, timeZone: string): void {
  const from = instantOf(given.from, window.from, timeZone);
  const to = instantOf(given.until, window.to, timeZone);
  if ((given.from ?? given.until) !== undefined && to <= from) {
    if (given.until === undefined) {
      const end = shortUtc(from + window.to - window.from);
      throw new UsageError(
        `--for: the window would begin at ${shortUtc(from)}, but it ends at ${shortUtc(to)}. Type its new end as well, as --until ${end}`,
      );
    }
    throw new UsageError(
      `--until: the window would end at ${shortUtc(to)}, but it begins at ${shortUtc(from)}. Type a later end, or its new beginning as well with --for`,
    );
  }
  if ((given.status === 'in_progress' || given.status === 'verifying') && now >= to) {
    throw new UsageError(
      `--status ${given.status}: the window ended at ${shortUtc(to)}. Type its new end as well, with --until, or --status completed`,
    );
  }
}
