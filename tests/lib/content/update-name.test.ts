import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUpdateName, updateName, wrongUpdateName } from '../../../src/lib/content/update-name.ts';

const anyTime = fc.integer({ min: Date.parse('2000-01-01T00:00:00Z'), max: Date.parse('2099-12-31T23:59:59.999Z') });

describe('the name of an update', () => {
  it('is read back as the same instant, to the millisecond', () => {
    fc.assert(
      fc.property(anyTime, (instant) => {
        expect(parseUpdateName(updateName(instant))).toBe(instant);
      }),
    );
  });

  it.each([
    ['2026-11-22T14:05:00.000Z', '2026-11-22T1405Z'],
    ['2026-11-22T14:05:07.000Z', '2026-11-22T140507Z'],
    ['2026-11-22T14:05:07.040Z', '2026-11-22T140507.040Z'],
    ['2026-11-22T14:05:00.001Z', '2026-11-22T140500.001Z'],
  ])('of %s is as short as possible: %s', (time, name) => {
    expect(updateName(Date.parse(time))).toBe(name);
    expect(parseUpdateName(name)).toBe(Date.parse(time));
  });

  it.each([
    '2026-11-22T1405',
    '2026-11-22T14:05Z',
    '2026-11-22 1405Z',
    '2026-11-22T1460Z',
    '2026-11-22T2400Z',
    '2026-02-29T1405Z',
    '2026-11-22T140560Z',
    '2026-11-22T1405.5Z',
    '20261122T1405Z',
    '2026-11-22T1405z',
    '2026-11-22T1405+0100',
    ' 2026-11-22T1405Z',
    '',
  ])('isn’t %j', (name) => {
    expect(parseUpdateName(name)).toBeNull();
  });
});

it.each([
  ['2026-11-22T1405+0100', '2026-11-22T1305Z'],
  ['2026-11-22T14:05:07+01:00', '2026-11-22T1305Z'],
  ['2026-11-22T140507+01', '2026-11-22T1305Z'],
  ['2026-11-22T2305-0500', '2026-11-23T0405Z'],
  ['2026-11-22-14-05-07', '2026-11-22T1405Z'],
  ['2026-11-22-1405', '2026-11-22T1405Z'],
])('the message for %s suggests its time in UTC', (name, suggested) => {
  expect(wrongUpdateName(name, new Set())).toContain(`, perhaps ${suggested}.md`);
});
