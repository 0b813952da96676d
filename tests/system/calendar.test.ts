import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askParser, calendarOf, parsers, readCalendar } from '../support/calendar-parsers.ts';
import { temporaryFolder, write } from '../support/folders.ts';

/** A copy of a calendar with one thing replaced. */
function spoiled(file: string, from: string | RegExp, to: string): string {
  const text = readFileSync(file, 'utf8');
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  const path = join(temporaryFolder(), 'spoiled.ics');
  writeFileSync(path, other);
  return path;
}

describe('the calendar of a hostile small site', () => {
  const title =
    'A, B; C \\ "D" <b>&amp;</b> END:VEVENT 日本語のメンテナンス作業のお知らせ、データベースの更新 👩‍🔧🚧 ééé';

  async function hostile(): Promise<string> {
    const content = join(temporaryFolder(), 'content');
    write(
      content,
      'site.yml',
      'name: "A, B; \\"C\\" & <D>"\nurl: https://status.example.com/a,b\ntime_zone: Asia/Kathmandu\n',
    );
    write(content, 'components.yml', 'components:\n  - id: one\n    name: One\n');
    const text = (status: string, more: string, body: string): string =>
      `---\nstatus: ${status}\n${more}---\n${body}\n`;
    const window = 'scheduled_for: 2026-12-01T22:00+05:45\nscheduled_until: 2026-12-02T00:00+05:45\n';
    const body = `One, two; three \\\\ four\n\n\nBEGIN:VALARM\n\n- ${'日本語'.repeat(60)}\n\n\`END:VCALENDAR\``;
    write(
      content,
      'maintenance/2026-12-01-hostile/2026-11-20T0900Z.md',
      text('scheduled', `title: ${JSON.stringify(title)}\n${window}`, body),
    );
    write(
      content,
      'maintenance/2026-12-02-off/2026-11-20T0900Z.md',
      text('scheduled', `title: Off\n${window}`, 'Soon.'),
    );
    write(content, 'maintenance/2026-12-02-off/2026-11-21T0900Z.md', text('completed', '', 'Not needed.'));
    return calendarOf(content, '2026-11-22T12:00:00Z');
  }

  it('is read the same by icalendar, vobject and libical', async () => {
    const file = await hostile();
    for (const parser of parsers) {
      const events = readCalendar(parser, file);
      expect(
        events.map(({ uid, status, sequence }) => [uid, status, sequence]),
        parser,
      ).toEqual(
        expect.arrayContaining([
          ['2026-12-01-hostile@status.example.com/a-b', 'CONFIRMED', 0],
          ['2026-12-02-off@status.example.com/a-b', 'CANCELLED', 1],
        ]),
      );
      expect(events, parser).toHaveLength(2);
      const event = events.find(({ uid }) => uid.startsWith('2026-12-01'));
      expect(event, parser).toMatchObject({
        summary: `A, B; "C" & <D>: ${title}`,
        start: '2026-12-01T16:15:00Z',
        end: '2026-12-01T18:15:00Z',
      });
      expect(event?.description, parser).toBe(
        `One, two; three \\ four\n\nBEGIN:VALARM\n\n- ${'日本語'.repeat(60)}\n\nEND:VCALENDAR`,
      );
    }
  });

  it.each([
    ['icalendar', 'a line without a name', 'STATUS:CONFIRMED', 'no name here'],
    ['icalendar', 'a line folded without a space', '\r\n ', '\r\n'],
    ['icalendar', 'a time that is none', /DTSTART:\w+/, 'DTSTART:tomorrow'],
    ['vobject', 'an event without an end', 'END:VEVENT\r\n', ''],
    ['vobject', 'an event without a UID', /UID:.*\r\n/, ''],
    ['vobject', 'a calendar without PRODID', /PRODID:.*\r\n/, ''],
    ['libical', 'a status that is none', 'STATUS:CONFIRMED', 'STATUS:MAYBE'],
    ['libical', 'a time that is none', /DTSTART:\w+/, 'DTSTART:tomorrow'],
    ['libical', 'a METHOD that wants an organizer', 'VERSION:2.0\r\n', 'VERSION:2.0\r\nMETHOD:PUBLISH\r\n'],
  ] as const)('%s refuses it with %s', async (parser, _, from, to) => {
    const file = spoiled(await hostile(), from, to);
    expect(askParser(parser, file)).toEqual({ refused: expect.any(String) });
  });
});
