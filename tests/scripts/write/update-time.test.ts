import { describe, expect, it } from 'vitest';
import { updateTime } from '../../../scripts/write/draft.ts';

const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`);

describe('the time of a new update', () => {
  it('is the minute when nothing else is in it', () => {
    expect(updateTime(at('14:05:40.123'), null)).toBe(at('14:05:00'));
    expect(updateTime(at('14:05:40.123'), at('14:04:59'))).toBe(at('14:05:00'));
  });

  it('is the second when the minute is taken, so that it comes after the update before', () => {
    expect(updateTime(at('14:05:40.123'), at('14:05:00'))).toBe(at('14:05:40'));
    expect(updateTime(at('14:05:40.123'), at('14:05:30'))).toBe(at('14:05:40'));
  });

  it('is the millisecond when the second is taken', () => {
    expect(updateTime(at('14:05:40.123'), at('14:05:40'))).toBe(at('14:05:40.123'));
  });

  it('comes after an update of a clock that is a little ahead', () => {
    expect(updateTime(at('14:05:40'), at('14:06:00'))).toBe(at('14:06:00.001'));
  });

  it('is not before customers began to be affected', () => {
    expect(updateTime(at('14:05:40.123'), null, at('14:05:20'))).toBe(at('14:05:40'));
  });

  it('may be the very moment at which customers began to be affected, and is never before it', () => {
    expect(updateTime(at('14:05:40.123'), null, at('14:05:00'))).toBe(at('14:05:00'));
    expect(updateTime(at('14:05:40'), null, at('14:05:50'))).toBe(at('14:05:50'));
    expect(updateTime(at('14:05:40'), at('14:05:45'), at('14:05:50'))).toBe(at('14:05:50'));
  });

  it('is refused when the newest update is later by more than clocks differ', () => {
    expect(() => updateTime(at('14:05:40'), at('14:30:00'))).toThrow(
      'there is an update later than 2026-11-22T14:05Z: 2026-11-22T1430Z.md. Wait until then, or pass a later time with --now',
    );
  });
});
