import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { calendarOf, parsers, readCalendar } from '../support/calendar-parsers.ts';
import { temporaryFolder } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { historyData, historyFlags } from './data.ts';

const seconds = (time: string): string =>
  new Date(Math.floor(Date.parse(time) / 1000) * 1000).toISOString().replace('.000Z', 'Z');

it('icalendar, vobject and libical agree on the calendar of four years, with every window at its announced time', async () => {
  const content = join(temporaryFolder(), 'content');
  await succeed(['import', 'statuspage', ...historyFlags(), '--content', content]);
  const served = await calendarOf(content, '2027-01-01T00:00:00Z');
  const { scheduled_maintenances: windows } = JSON.parse(
    readFileSync(historyData('github-scheduled-maintenances-2020-2024.json'), 'utf8'),
  ) as {
    scheduled_maintenances: {
      name: string;
      scheduled_for: string;
      scheduled_until: string;
      incident_updates: unknown[];
    }[];
  };
  expect(windows).toHaveLength(21);
  const expected = windows.map(({ name, scheduled_for: from, scheduled_until: to, incident_updates: updates }) =>
    [name.trim(), seconds(from), seconds(to), updates.length - 1].join(' | '),
  );
  for (const parser of parsers) {
    const events = readCalendar(parser, served);
    const said = events.map(({ summary, start, end, sequence }) =>
      [summary.replace(/^(?:Cancelled: )?.*? ?GitHub: /, ''), start, end, sequence].join(' | '),
    );
    expect(said.sort(), parser).toEqual([...expected].sort());
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(21);
  }
});
