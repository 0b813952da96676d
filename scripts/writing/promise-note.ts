import { promisedBy } from '../../src/domain/promise.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { readNextUpdate } from '../../src/schema/next-update.ts';
import { bothTimes } from './both-times.ts';
import type { Fields } from './update-file.ts';

/** What an update written at `at` promises about the next one, as a sentence. */
export function promiseNote(fields: Fields, at: number, settings: Settings): string {
  const said =
    typeof fields.next_update === 'string' ? readNextUpdate(fields.next_update.trim(), settings.timeZone) : null;
  const next = said !== null && 'value' in said ? said.value : null;
  const promised = promisedBy(at, next, settings.cadence);
  return promised === null
    ? 'It promises no next update.'
    : `It promises the next update by ${bothTimes(promised, settings)}.`;
}
