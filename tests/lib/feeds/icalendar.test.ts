import { describe, expect, it } from 'vitest';
import { hour } from '../../../src/lib/domain/calendar.ts';
import {
  foldMaintenance,
  type Maintenance,
  type MaintenanceUpdateRecord,
} from '../../../src/lib/domain/maintenance.ts';
import { calendar } from '../../../src/lib/feeds/icalendar.ts';
import { at, work } from '../domain/make.ts';
import { smallSite } from '../views/small-site.ts';

const announced = work('2026-11-21T09:00Z', {
  title: 'Database upgrade',
  scheduledFor: at('2026-12-01T22:00Z'),
  scheduledUntil: at('2026-12-02T00:00Z'),
  body: 'The shop is **closed**. See [help](https://www.example.com/help).',
});

const upgrade = (...more: MaintenanceUpdateRecord[]): Maintenance =>
  foldMaintenance('2026-12-01-database-upgrade', [announced, ...more]);

/** The lines of the calendar as they were before folding. */
const lines = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');

/** The value of a property of the only event. */
function value(maintenance: Maintenance, name: string, settings = {}): string | undefined {
  const all = lines(calendar(smallSite({ maintenances: [maintenance] }, settings)));
  const event = all.slice(all.indexOf('BEGIN:VEVENT'), all.indexOf('END:VEVENT'));
  return event.find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))?.replace(/^[^:]*:/, '');
}

describe('the calendar', () => {
  it('describes a window, line by line', () => {
    expect(calendar(smallSite({ maintenances: [upgrade()] }))).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Halfpast//Halfpast//EN',
        'NAME:Example maintenance',
        'X-WR-CALNAME:Example maintenance',
        'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
        'X-PUBLISHED-TTL:PT1H',
        'BEGIN:VEVENT',
        'UID:2026-12-01-database-upgrade@status.example.com',
        'SEQUENCE:0',
        'DTSTAMP:20261121T090000Z',
        'DTSTART:20261201T220000Z',
        'DTEND:20261202T000000Z',
        'SUMMARY:Example: Database upgrade',
        'TRANSP:TRANSPARENT',
        'DESCRIPTION:The shop is closed. See help (https://www.example.com/help).',
        'URL;VALUE=URI:https://status.example.com/maintenance/2026-12-01-database-u',
        ' pgrade/',
        'STATUS:CONFIRMED',
        'LAST-MODIFIED:20261121T090000Z',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  it('is valid even if no maintenance was ever announced', () => {
    expect(lines(calendar(smallSite()))).toEqual(expect.arrayContaining(['BEGIN:VCALENDAR', 'END:VCALENDAR']));
  });

  it('has the same bytes whenever it’s built, unless the content changes', () => {
    const built = (now: string): string => calendar(smallSite({ now: at(now), maintenances: [upgrade()] }));
    expect(built('2026-12-01T23:00Z')).toBe(built('2026-11-22T15:00Z'));
    expect(built('2031-01-01T00:00Z')).toBe(built('2026-11-22T15:00Z'));
  });

  it('follows a window that is moved, under the same UID, as a later revision', () => {
    const moved = work('2026-11-30T10:00Z', {
      scheduledFor: at('2026-12-08T22:00Z'),
      scheduledUntil: at('2026-12-09T00:30Z'),
      body: 'A week later.',
    });
    const said = (name: string): string | undefined => value(upgrade(moved), name);
    expect([
      said('UID'),
      said('DTSTART'),
      said('DTEND'),
      said('SEQUENCE'),
      said('DTSTAMP'),
      said('LAST-MODIFIED'),
      said('DESCRIPTION'),
    ]).toEqual([
      '2026-12-01-database-upgrade@status.example.com',
      '20261208T220000Z',
      '20261209T003000Z',
      '1',
      '20261130T100000Z',
      '20261130T100000Z',
      'A week later.',
    ]);
  });

  it('counts an edited text as a revision, at the time of the edit', () => {
    const edited = foldMaintenance('upgrade', [{ ...announced, edited: at('2026-11-25T08:00Z') }]);
    expect([value(edited, 'SEQUENCE'), value(edited, 'DTSTAMP')]).toEqual(['1', '20261125T080000Z']);
  });

  it('marks a canceled window as cancelled, and keeps one that ended early', () => {
    const off = upgrade(work('2026-11-30T10:00Z', { status: 'completed', body: 'Not needed.' }));
    expect([value(off, 'STATUS'), value(off, 'SUMMARY')]).toEqual([
      'CANCELLED',
      'Cancelled: Example: Database upgrade',
    ]);
    const early = upgrade(work('2026-12-01T22:30Z', { status: 'completed' }));
    expect([value(early, 'STATUS'), value(early, 'DTEND')]).toEqual(['CONFIRMED', '20261202T000000Z']);
  });

  it('escapes any kind of text', () => {
    const title = 'A, B; C \\ "D": \u0007\ud800 END:VEVENT';
    const hostile = foldMaintenance('upgrade', [{ ...announced, title, body: 'One,\r\ntwo;\n\nBEGIN:VALARM' }]);
    expect(value(hostile, 'SUMMARY')).toBe('Example: A\\, B\\; C \\\\ "D": \ufffd\ufffd END:VEVENT');
    expect(value(hostile, 'DESCRIPTION')).toBe('One\\,\\ntwo\\;\\n\\nBEGIN:VALARM');
    const named = lines(calendar(smallSite({ maintenances: [hostile] }, { name: 'A, B; \\n' })));
    expect(named).toContain('X-WR-CALNAME:A\\, B\\; \\\\n maintenance');
    expect(value(hostile, 'URL', { url: 'https://example.com/a,b;c' })).toBe(
      'https://example.com/a%2Cb%3Bc/maintenance/upgrade/',
    );
  });

  it('folds at 75 octets, and never inside a character', () => {
    for (let shift = 0; shift < 8; shift += 1) {
      const title = `${'x'.repeat(shift)}${'äß日本語🚧👩‍🔧é'.repeat(30)}`;
      const bytes = Buffer.from(
        calendar(smallSite({ maintenances: [foldMaintenance('upgrade', [{ ...announced, title }])] })),
      );
      const physical = bytes
        .toString('latin1')
        .split('\r\n')
        .map((line) => Buffer.from(line, 'latin1'));
      expect(Math.max(...physical.map(({ length }) => length))).toBe(75);
      for (const line of physical) new TextDecoder('utf-8', { fatal: true }).decode(line);
      expect(lines(bytes.toString())).toContain(`SUMMARY:Example: ${title}`);
    }
  });

  it('has every upcoming window and the hundred newest past ones', () => {
    const window = (index: number, from: number): Maintenance =>
      foldMaintenance(`window-${index}`, [{ ...announced, scheduledFor: from, scheduledUntil: from + hour }]);
    const now = at('2026-12-10T00:00Z');
    const ahead = Array.from({ length: 150 }, (_, index) => window(index, now + (150 - index) * hour));
    const past = Array.from({ length: 130 }, (_, index) => window(200 + index, now - (1 + index) * hour));
    const held = lines(calendar(smallSite({ now, maintenances: [...ahead, ...past] }))).filter((line) =>
      line.startsWith('UID:'),
    );
    expect(held.map((line) => Number(/\d+/.exec(line)?.[0]))).toEqual([
      ...Array(150).keys(),
      ...Array.from({ length: 100 }, (_, index) => 200 + index),
    ]);
  });
});
