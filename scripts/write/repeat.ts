import { withFiles } from '../../src/lib/content/check-content.ts';
import type { Fields } from '../../src/lib/content/write-content.ts';
import { type ClosedPeriod, type Day, day, type Instant, isoTime, wallTime } from '../../src/lib/domain/calendar.ts';
import { maintenanceStatus } from '../../src/lib/domain/maintenance.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { clockFault, localInstant, shortUtc } from '../../src/lib/schema/time-fields.ts';
import { utcAndLocal } from '../../src/lib/views/time.ts';
import type { ContentFolder } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { type FileDraft, type Moment, scheduleDraft, type UpdateText } from './draft.ts';
import { FlagError } from './options.ts';

const intervals = ['daily', 'weekly', 'monthly'] as const;
type Repeat = { readonly interval: (typeof intervals)[number]; readonly count: number };

/** The maximum: plans further ahead rarely hold. */
const mostWindows = 52;

type RepeatFlags = Readonly<Record<'repeat' | 'count' | 'slug', string | undefined>>;

/** The values of `--repeat` and `--count`; null without them. Throws FlagError, UsageError. */
export function readRepeat({ repeat, count, slug }: RepeatFlags): Repeat | null {
  if (repeat === undefined && count === undefined) return null;
  if (repeat === undefined) throw new UsageError('--repeat is missing. Add how often, such as --repeat weekly');
  const interval = intervals.find((known) => known === repeat.trim());
  if (interval === undefined)
    throw new FlagError('repeat', `${quote(repeat)} is not an interval. ${didYouMean(repeat, intervals)}`);
  if (count === undefined) throw new UsageError('--count is missing. Add how many windows, such as --count 6');
  const amount = /^\d{1,4}$/.test(count.trim()) ? Number(count) : 0;
  if (amount < 2 || amount > mostWindows)
    throw new FlagError('count', `${quote(count)} is not a number of windows. Use one from 2 to ${mostWindows}`);
  if (/^\d{4}-\d{2}-\d{2}-/.test(slug ?? ''))
    throw new FlagError('slug', 'with --repeat, each window has its own date. Leave it out of the name');
  return { interval, count: amount };
}

/** Adds intervals to a day. Throws FlagError for the 31st if the month is shorter. */
function dayAfter(first: Day, interval: Repeat['interval'], steps: number): Day {
  if (interval !== 'monthly') {
    const days = steps * (interval === 'daily' ? 1 : 7);
    return isoTime(Date.parse(first) + days * day).slice(0, 10);
  }
  const [year = 0, month = 0] = first.split('-').map(Number);
  const months = year * 12 + month - 1 + steps;
  const later = `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-${first.slice(8)}`;
  const fault = clockFault(later, '00', '00');
  if (fault !== null) throw new FlagError('repeat', `${fault}. Start on a day that every month has`);
  return later;
}

/** The first one if clocks show it twice. Throws FlagError if a clock change skips this time of day. */
function localTime(date: Day, clock: string, timeZone: string): Instant {
  const instant = localInstant(`${date}T${clock}`, timeZone);
  if (instant === null)
    throw new FlagError('repeat', `clocks in ${timeZone} skip ${clock.slice(0, 5)} on ${date}. Choose another time`);
  return instant;
}

/** When each window begins and ends. All have the same local times, and end the same number of days later. */
function repeated(first: ClosedPeriod, { interval, count }: Repeat, timeZone: string): ClosedPeriod[] {
  const [fromDate = '', fromClock = ''] = wallTime(first.from, timeZone).split('T');
  const [toDate = '', toClock = ''] = wallTime(first.to, timeZone).split('T');
  const days = Date.parse(toDate) - Date.parse(fromDate);
  return Array.from({ length: count }, (_, steps) => {
    if (steps === 0) return first;
    const date = dayAfter(fromDate, interval, steps);
    return {
      from: localTime(date, fromClock, timeZone),
      to: localTime(isoTime(Date.parse(date) + days).slice(0, 10), toClock, timeZone),
    };
  });
}

/**
 * All windows, including the first one, at the same local times in the site's time zone. Throws FlagError, UserError.
 */
export function windowsOf(first: ClosedPeriod, repeat: Repeat, content: ContentFolder): ClosedPeriod[] {
  const { settings, maintenances, now } = content;
  const windows = repeated(first, repeat, settings.timeZone);
  for (const [index, { from, to }] of windows.entries()) {
    const next = windows[index + 1];
    if (to <= from) throw new FlagError('repeat', `the window on ${shortUtc(from)} would end before it starts`);
    if (next !== undefined && next.from < to)
      throw new FlagError(
        'repeat',
        `the windows overlap: one ends at ${shortUtc(to)}, and the next one starts at ${shortUtc(next.from)}. Choose an earlier --until`,
      );
    const other = maintenances.find(
      ({ value }) =>
        value !== null &&
        maintenanceStatus(value, now) !== 'completed' &&
        value.window.from < to &&
        from < value.window.to,
    );
    if (other !== undefined)
      throw new UserError(
        `the window on ${shortUtc(from)} overlaps ${other.slug}. Choose another time, or complete that one first`,
      );
  }
  return windows;
}

/** A draft with all windows, one folder each. `fields` are those of the first window. Throws UserError. */
export function seriesDraft(
  update: UpdateText,
  windows: readonly ClosedPeriod[],
  slug: string | undefined,
  moment: Moment,
  content: ContentFolder,
): FileDraft {
  const drafts: FileDraft[] = [];
  let { tree } = content;
  for (const [index, { from, to }] of windows.entries()) {
    const times = index === 0 ? {} : { scheduled_for: shortUtc(from), scheduled_until: shortUtc(to) };
    const fields: Fields = { ...update.fields, ...times };
    // Each file needs its own second in the feeds.
    const draft = scheduleDraft({ ...update, fields }, from, slug, moment, { ...content, tree });
    tree = withFiles(tree, [draft.file]);
    drafts.push(draft);
  }
  const [first, ...more] = drafts;
  if (first === undefined) throw new Error('a series has at least one window');
  const starts = windows.map(({ from }) => utcAndLocal(from, content.settings));
  return {
    ...first,
    more: more.map(({ file }) => file),
    notes: [...first.notes, `This schedules ${windows.length} windows, starting at ${starts.join(', ')}.`],
    redraft: ({ message = update.message, tree: fresh = content.tree }) =>
      seriesDraft({ ...update, message }, windows, slug, moment, { ...content, tree: fresh }),
  };
}
