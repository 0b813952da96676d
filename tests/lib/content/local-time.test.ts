import { expect, it } from 'vitest';
import { localTimeHint } from '../../../src/lib/content/update-name.ts';

const at = Date.parse('2026-11-22T15:30Z');
const generic = 'Rename it to the time of the update in UTC';

it('a file name that is likely in local time is corrected to UTC', () => {
  const asked: string[] = [];
  const hint = localTimeHint(at, 'Europe/Vienna', new Set(), (meant) => asked.push(new Date(meant).toISOString()) > 0);
  expect(hint).toBe('Did you use local time? 15:30 in Europe/Vienna is 14:30Z: rename it to 2026-11-22T1430Z.md');
  expect(asked).toEqual(['2026-11-22T14:30:00.000Z']);
});

it('a time that occurs twice when clocks change could be either', () => {
  const twice = Date.parse('2026-10-25T02:30Z');
  const hint = (latest: string) =>
    localTimeHint(twice, 'Europe/Berlin', new Set(), (meant) => meant <= Date.parse(latest));
  expect(hint('2026-10-25T02:00Z')).toBe(
    'Did you use local time? 02:30 in Europe/Berlin is 00:30Z or 01:30Z, as clocks show it twice that day: rename it to 2026-10-25T0030Z.md or 2026-10-25T0130Z.md',
  );
  expect(hint('2026-10-25T01:00Z')).toBe(
    'Did you use local time? 02:30 in Europe/Berlin is 00:30Z: rename it to 2026-10-25T0030Z.md',
  );
});

it("no correction is suggested in UTC, if it wouldn't fit, or for a skipped hour", () => {
  expect(localTimeHint(at, 'UTC', new Set(), () => true)).toBe(generic);
  expect(localTimeHint(at, 'Europe/Vienna', new Set(), () => false)).toBe(generic);
  expect(localTimeHint(Date.parse('2026-03-29T02:30Z'), 'Europe/Vienna', new Set(), () => true)).toBe(generic);
});
