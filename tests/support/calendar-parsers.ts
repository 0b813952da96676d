import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../../src/lib/content/disk.ts';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { calendar } from '../../src/lib/feeds/icalendar.ts';
import { temporaryFolder } from './folders.ts';
import { root } from './halfpast.ts';

/** Parsers of calendars that are not ours, from Debian's packages. */
export const parsers = ['icalendar', 'vobject', 'libical'] as const;

type Parser = (typeof parsers)[number];

export type Event = {
  readonly uid: string;
  readonly status: string;
  readonly summary: string;
  readonly description: string;
  readonly start: string;
  readonly end: string;
  readonly sequence: number;
};

/**
 * What a parser reads in a calendar file, or in which words it refuses. Debian's own Python knows Debian's packages.
 */
export function askParser(
  parser: Parser,
  file: string,
): { readonly events: readonly Event[] } | { readonly refused: string } {
  const { status, stdout, stderr, error } = spawnSync(
    '/usr/bin/python3',
    [join(root, 'tests/support/read-calendar.py'), parser, file],
    { encoding: 'utf8' },
  );
  if (error !== undefined) throw error;
  if (status === 3) return { refused: stderr };
  if (status !== 0) throw new Error(`${parser} did not run: ${stderr}`);
  return { events: JSON.parse(stdout) as Event[] };
}

export function readCalendar(parser: Parser, file: string): readonly Event[] {
  const answer = askParser(parser, file);
  if ('refused' in answer) throw new Error(`${parser}: ${answer.refused}`);
  return answer.events;
}

/** The calendar file that a page with this content serves at that time: its path. */
export async function calendarOf(content: string, now: string): Promise<string> {
  const parsed = parseContent(await readTree(content), Date.parse(now));
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const path = join(temporaryFolder(), 'maintenance.ics');
  writeFileSync(path, calendar(parsed.site));
  return path;
}
