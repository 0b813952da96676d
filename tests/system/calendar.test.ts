import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree } from '../../src/content/disk.ts';
import { parseContent } from '../../src/content/parse-content.ts';
import { calendar } from '../../src/views/calendar.ts';
import { temporaryFolder, write } from '../support/folders.ts';
import { root, succeed } from '../support/halfpast.ts';

const data = join(root, '..', 'shared', 'data');
const parsers = ['icalendar', 'vobject', 'libical'] as const;

type Event = { readonly uid: string; readonly status: string; readonly summary: string; readonly description: string; readonly start: string; readonly end: string; readonly sequence: number };

/** What a parser reads in a calendar file, or in which words it refuses. Debian's own Python knows Debian's packages. */
function ask(parser: (typeof parsers)[number], file: string): { readonly events: readonly Event[] } | { readonly refused: string } {
  const { status, stdout, stderr, error } = spawnSync('/usr/bin/python3', [join(root, 'tests/system/read-calendar.py'), parser, file], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status === 3) return { refused: stderr };
  if (status !== 0) throw new Error(`${parser} did not run: ${stderr}`);
  return { events: JSON.parse(stdout) as Event[] };
}

function read(parser: (typeof parsers)[number], file: string): readonly Event[] {
  const answer = ask(parser, file);
  if ('refused' in answer) throw new Error(`${parser}: ${answer.refused}`);
  return answer.events;
}

/** A copy of a calendar with one thing replaced. */
function spoiled(file: string, from: string | RegExp, to: string): string {
  const text = readFileSync(file, 'utf8');
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  const path = join(temporaryFolder(), 'spoiled.ics');
  writeFileSync(path, other);
  return path;
}

async function calendarOf(content: string, now: string): Promise<string> {
  const parsed = parseContent(await readTree(content), Date.parse(now));
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const path = join(temporaryFolder(), 'maintenance.ics');
  writeFileSync(path, calendar(parsed.site));
  return path;
}

const seconds = (time: string): string => new Date(Math.floor(Date.parse(time) / 1000) * 1000).toISOString().replace('.000Z', 'Z');

describe('the calendar of four years of real windows', () => {
  it('is read alike by icalendar, vobject and libical: every window at its announced time', async () => {
    const file = (name: string): string => join(data, `github-${name}.json`);
    const dump = file('scheduled-maintenances-2020-2024');
    if (!existsSync(dump)) throw new Error(`${dump} is not there. Put the folder "shared" beside this one`);
    const content = join(temporaryFolder(), 'content');
    await succeed(['import', 'statuspage', '--incidents', file('incidents-2020-2024'), '--maintenances', dump, '--components', file('components'), '--content', content]);
    const served = await calendarOf(content, '2027-01-01T00:00:00Z');
    const { scheduled_maintenances: windows } = JSON.parse(readFileSync(dump, 'utf8')) as {
      scheduled_maintenances: { name: string; scheduled_for: string; scheduled_until: string; incident_updates: unknown[] }[];
    };
    expect(windows).toHaveLength(21);
    const expected = windows.map(({ name, scheduled_for: from, scheduled_until: to, incident_updates: updates }) => [name.trim(), seconds(from), seconds(to), updates.length - 1].join(' | '));
    for (const parser of parsers) {
      const events = read(parser, served);
      const said = events.map(({ summary, start, end, sequence }) => [summary.replace(/^(?:Cancelled: )?.*? ?GitHub: /, ''), start, end, sequence].join(' | '));
      expect(said.sort(), parser).toEqual([...expected].sort());
      expect(new Set(events.map(({ uid }) => uid)).size).toBe(21);
    }
  });
});

describe('the calendar of a hostile small site', () => {
  const title = 'A, B; C \\ "D" <b>&amp;</b> END:VEVENT 日本語のメンテナンス作業のお知らせ、データベースの更新 👩‍🔧🚧 ééé';

  async function hostile(): Promise<string> {
    const content = join(temporaryFolder(), 'content');
    write(content, 'site.yml', 'name: "A, B; \\"C\\" & <D>"\nurl: https://status.example.com/a,b\ntime_zone: Asia/Kathmandu\n');
    write(content, 'components.yml', 'components:\n  - id: one\n    name: One\n');
    const text = (status: string, more: string, body: string): string => `---\nstatus: ${status}\n${more}---\n${body}\n`;
    const window = 'scheduled_for: 2026-12-01T22:00+05:45\nscheduled_until: 2026-12-02T00:00+05:45\n';
    const body = `One, two; three \\\\ four\n\n\nBEGIN:VALARM\n\n- ${'日本語'.repeat(60)}\n\n\`END:VCALENDAR\``;
    write(content, 'maintenance/2026-12-01-hostile/2026-11-20T0900Z.md', text('scheduled', `title: ${JSON.stringify(title)}\n${window}`, body));
    write(content, 'maintenance/2026-12-02-off/2026-11-20T0900Z.md', text('scheduled', `title: Off\n${window}`, 'Soon.'));
    write(content, 'maintenance/2026-12-02-off/2026-11-21T0900Z.md', text('completed', '', 'Not needed.'));
    return calendarOf(content, '2026-11-22T12:00:00Z');
  }

  it('is read alike by icalendar, vobject and libical', async () => {
    const file = await hostile();
    for (const parser of parsers) {
      const events = read(parser, file);
      expect(events.map(({ uid, status, sequence }) => [uid, status, sequence]), parser).toEqual(expect.arrayContaining([
        ['2026-12-01-hostile@status.example.com/a-b', 'CONFIRMED', 0],
        ['2026-12-02-off@status.example.com/a-b', 'CANCELLED', 1],
      ]));
      expect(events, parser).toHaveLength(2);
      const event = events.find(({ uid }) => uid.startsWith('2026-12-01'));
      expect(event, parser).toMatchObject({ summary: `A, B; "C" & <D>: ${title}`, start: '2026-12-01T16:15:00Z', end: '2026-12-01T18:15:00Z' });
      expect(event?.description, parser).toBe(`One, two; three \\ four\n\nBEGIN:VALARM\n\n- ${'日本語'.repeat(60)}\nEND:VCALENDAR`);
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
    expect(ask(parser, file)).toEqual({ refused: expect.any(String) });
  });
});
