import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../../src/lib/content/disk.ts';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { calendar } from '../../src/lib/feeds/icalendar.ts';
import { temporaryFolder } from './folders.ts';
import { root } from './halfpast.ts';

/** Third-party calendar parsers, from Debian packages. */
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
 * Returns the events that a parser finds in a calendar file, or its error. Debian packages are only available in
 * Debian's own Python.
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

/** Writes the calendar that a site with this content serves at that time. Returns the path of the file. */
export async function calendarOf(content: string, now: string): Promise<string> {
  const parsed = parseContent(await readTree(content), Date.parse(now));
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const path = join(temporaryFolder(), 'maintenance.ics');
  writeFileSync(path, calendar(parsed.site));
  return path;
}
