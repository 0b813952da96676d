import { expect, it } from 'vitest';
import { isoTime } from '../../../src/lib/domain/calendar.ts';
import { settledCheckIns } from '../../../scripts/write/check-ins.ts';
import { at, cadence, incident, update } from '../../lib/domain/make.ts';

it("a check-in is kept if there's a line for it, missed once the next one is due, and not due during monitoring", () => {
  const night = incident(
    update('2026-11-22T14:05Z'),
    update('2026-11-22T14:50Z', { status: 'monitoring' }),
    update('2026-11-22T15:20Z', { status: 'identified' }),
  );
  const log = ['14:16', '14:38', '15:02'].map((time) => ({ at: at(`2026-11-22T${time}Z`), text: 'x' }));
  const clocks = (times: readonly number[]): string[] => times.map((time) => isoTime(time).slice(11, 16));
  const { kept, missed } = settledCheckIns(night, log, at('2026-11-22T15:46Z'), cadence);
  expect({ kept: clocks(kept), missed: clocks(missed) }).toEqual({
    kept: ['14:15', '14:30', '14:45'],
    missed: ['15:30'],
  });
});
