import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { readTree } from '../../src/lib/content/disk.ts';
import { type Duration, hour, type Instant, minute } from '../../src/lib/domain/calendar.ts';
import { isOpen, type Incident } from '../../src/lib/domain/incident.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { paths } from '../../src/lib/views/lookup.ts';
import { clockWithoutZone, type Zone } from '../../src/lib/views/time.ts';
import { Cancelled, oneLine, UserError } from '../cli/errors.ts';
import { readStopFile } from '../cli/stop-switch.ts';
import { fileStorage } from '../cli/system.ts';
import { wrapText } from '../cli/text.ts';
import { folderReader } from '../live/site-reader.ts';
import { readYear } from '../live/snapshot.ts';
import { reminderTimes, wanted } from '../publish/due-reminders.ts';
import { folderHost } from '../publish/hosts/folder.ts';
import { realProcesses } from '../publish/hosts/lock.ts';
import { type Emergency, folderEmergency } from '../publish/run-card.ts';
import type { DrillClock } from './clock.ts';
import type { Command, DrillPlace } from './place.ts';
import type { Played } from './report.ts';
import type { Beat, Scenario, WrongUpdate } from './scenarios.ts';
import { playedCommands, readTypedLine } from './typed-line.ts';

/** Where the lines come from: null at the end; `'late'` when something happens before a line is complete. */
export type Lines = (prompt: string, longest: Duration) => Promise<string | null | 'late'>;

type Night = {
  readonly scenario: Scenario;
  readonly component: { readonly id: string; readonly name: string };
  readonly place: DrillPlace;
  readonly clock: DrillClock;
  readonly command: Command;
  readonly lines: Lines;
  /** The pace of the clock while a person thinks, and while a command runs. */
  readonly pace: { readonly thinking: number; readonly working: number };
  readonly print: (text: string) => void;
};

type Push = { readonly wrong: WrongUpdate; readonly id: string; seenAt: Instant | null; goneAt: Instant | null };

const postedSchema = z.object({ incident: z.string(), permalink: z.string().nullable() });

const help = `Type commands of Halfpast, such as: open, update, resolve, status, rollback --to published
Also: git, ls, cat, echo "why" > published/STOP, rm published/STOP
Enter (or wait) goes on to what happens next; wait 10m or wait 21:30 for longer. end: the report`;

/** `15:04 (14:04 UTC)`: files and reminders have the time in UTC. */
function bothClocks(at: Instant, zone: Zone): string {
  const [here, utc] = [clockWithoutZone(at, zone), clockWithoutZone(at, { ...zone, timeZone: 'UTC' })];
  return here === utc ? here : `${here} (${utc} UTC)`;
}

/** Plays a night until its last line, or until it is over and the player ends it. */
export async function play(night: Night): Promise<Played> {
  const { scenario, component, place, clock, command, lines, pace, print } = night;
  const from = clock.now();
  const { folder, url, context } = place;
  const published = join(folder, 'published');
  const host = folderHost(
    published,
    'published',
    { storage: fileStorage, processes: realProcesses, clock: clock.now, sleep: context.sleep },
    context.disk,
  );
  const emergency: Emergency = folderEmergency({
    to: 'published',
    program: 'bin/halfpast',
    content: 'content',
    url,
    bare: null,
  });
  let lastSite: Site | null = null;
  /** The release that was served when publishing was first stopped or taken back. */
  let mark = '';
  const known = new Set((await site()).incidents.map(({ slug }) => slug));
  const reminded = new Set<string>();
  const pushes: Push[] = [];
  const tried = { hold: false, rollback: false, restore: false };
  /** When customers first saw each update that was written in this night, by its permalink. */
  const liveAt = new Map<string, Instant>();
  let beats = scenario.beats.map((beat) => ({ ...beat, at: from + beat.at * minute }));
  let [isEnded, isOver] = [false, false];

  /** The content as written; the last that could be read while it has a problem. */
  async function site(): Promise<Site> {
    const parsed = parseContent(await readTree(join(folder, 'content')), clock.now());
    if ('site' in parsed) lastSite = parsed.site;
    if (lastSite === null) throw new UserError('the copy of the content has problems. Run: npx halfpast check');
    return lastSite;
  }

  const opened = (now: Site): Incident[] => now.incidents.filter(({ slug }) => !known.has(slug));
  const say = (at: Instant, who: string, text: string, zone: Site['settings']): void =>
    print(`\n${wrapText(`${clockWithoutZone(at, zone)}  ${who}: ${text}`, context.columns, '       ')}\n`);

  /** What customers see now, for the report. */
  async function look(): Promise<void> {
    const now = clock.now();
    const year = String(new Date(now).getUTCFullYear());
    const log = await host.log();
    const live = (await readYear(folderReader(join(published, 'current'), 'published'), year)) ?? [];
    const wrong = new Set(pushes.map(({ id }) => id));
    for (const { slug, id } of live) if (!known.has(slug) && !wrong.has(id) && !liveAt.has(id)) liveAt.set(id, now);
    for (const push of pushes) {
      const isLive = live.some(({ id }) => id === push.id);
      if (isLive) push.seenAt ??= now;
      if (!isLive && push.seenAt !== null) push.goneAt ??= now;
    }
    const isHeld = (await readStopFile(published, fileStorage)) !== null;
    const isBack = log.releases.some(({ rolledBack }) => rolledBack?.by === 'person');
    const served = await host.served(log);
    const newest = log.releases.find(({ rolledBack }) => rolledBack === null);
    if ((tried.hold || tried.rollback) && !isHeld && newest?.id === served && (newest?.id ?? '') > mark)
      tried.restore = true;
    if (isHeld || isBack) mark = mark === '' ? (served ?? '') : mark;
    tried.hold ||= isHeld;
    tried.rollback ||= isBack;
  }

  /** A colleague's update, in the newest incident that was opened here. */
  async function push(wrong: WrongUpdate): Promise<void> {
    const incident = opened(await site()).toSorted((a, b) => b.startedAt - a.startedAt)[0];
    const { status, customer_data: data } = wrong.fields;
    const words =
      incident === undefined
        ? ['open', '--title', wrong.title, '--component', `${component.id}=partial_outage`]
        : ['update', incident.slug];
    const verdict = typeof data === 'string' ? ['--customer-data', data] : [];
    const isEarly = incident === undefined && status === 'resolved';
    const posted = await place.colleague([
      ...words,
      '--status',
      isEarly ? 'monitoring' : status,
      ...verdict,
      '--message',
      wrong.message,
    ]);
    const { permalink } = postedSchema.parse(posted);
    pushes.push({ wrong, id: (permalink ?? '').replace(url, ''), seenAt: null, goneAt: null });
  }

  /** Everything that is due by now: what the scenario says, and the reminders that `watch` would send. */
  async function happen(): Promise<void> {
    const now = clock.now();
    const due: (Beat & { readonly at: Instant })[] = beats.filter(({ at }) => at <= now);
    beats = beats.filter(({ at }) => at > now);
    const current = await site();
    for (const { at, who, says, pushes: wrong } of due) {
      say(at, who, says.replaceAll('{component}', component.name), current.settings);
      if (wrong !== undefined) await push(wrong);
      await look();
    }
    const mine = opened(current).map(({ slug }) => `incident:${slug}`);
    for (const { about, lapses } of wanted(current, [], null).reminders.filter((one) => mine.includes(one.about)))
      for (const { key, to, text } of lapses.filter((lapse) => !reminded.has(`${about} ${lapse.key}`))) {
        reminded.add(`${about} ${key}`);
        say(now, `Reminder for ${oneLine(to.name ?? 'the team')}`, oneLine(text), current.settings);
      }
  }

  /** When something happens next; null for nothing. */
  async function next(): Promise<Instant | null> {
    const now = clock.now();
    const current = await site();
    const mine = { ...current, incidents: opened(current) };
    const times = [...beats.map(({ at }) => at), ...reminderTimes(mine, now, now + 2 * hour)].filter((at) => at > now);
    return times.length === 0 ? null : Math.min(...times);
  }

  async function waitUntil(until: Instant | null): Promise<void> {
    for (;;) {
      const coming = await next();
      const goal = until ?? coming;
      if (goal === null) {
        print('\nNothing else happens tonight. Resolve what is open, or type end for the report.\n');
        return;
      }
      const stop = Math.min(goal, coming ?? goal);
      clock.pass(Math.max(0, stop - clock.now()));
      await happen();
      if (stop >= goal) return;
    }
  }

  async function run(line: string): Promise<void> {
    const { settings } = await site();
    const typed = readTypedLine(line, { folder, now: clock.now(), timeZone: settings.timeZone });
    switch (typed.kind) {
      case 'nothing':
        return waitUntil(null);
      case 'wait':
        return waitUntil(typed.until);
      case 'end':
        isEnded = true;
        return;
      case 'help':
        return print(`${help}\nCommands: ${playedCommands.join(', ')}\n`);
      case 'write':
        await mkdir(dirname(typed.path), { recursive: true });
        return writeFile(typed.path, typed.text);
      case 'remove':
        return rm(typed.path, { recursive: true, force: true });
      case 'program': {
        const { stdout, stderr } = await context.runProgram(typed.file, typed.args, folder, context.env);
        return print(`${stdout}${stderr}`);
      }
      case 'halfpast':
        await command(typed.words, context);
    }
  }

  /** Ctrl-C ends the night as well. */
  async function typedAt(...prompt: Parameters<Lines>): ReturnType<Lines> {
    try {
      return await lines(...prompt);
    } catch (error) {
      if (error instanceof Cancelled) return null;
      throw error;
    }
  }

  await happen();
  while (!isEnded) {
    const { settings } = await site();
    const coming = await next();
    clock.setPace(pace.thinking);
    const line = await typedAt(
      `${bothClocks(clock.now(), settings)} drill> `,
      coming === null ? Infinity : (coming - clock.now()) / pace.thinking,
    );
    clock.setPace(pace.working);
    if (line === null) break;
    if (line !== 'late') {
      try {
        await run(line);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        print(`${error.message}\n`);
      }
      if (isEnded) break;
      if (pace.working === 0 && line.trim() !== '') clock.pass(minute);
    }
    await look();
    await happen();
    const mine = opened(await site());
    if (beats.length === 0 && mine.length > 0 && !mine.some(isOpen) && !isOver) {
      isOver = true;
      print('\nThe night is over. Draft the postmortem, or type end for the report.\n');
    }
  }
  clock.setPace(0);
  const incidents = opened(await site()).flatMap((incident) => asRead(incident, liveAt));
  return { scenario, component, from, to: clock.now(), incidents, pushes, tried, emergency };
}

/** An incident with the updates that customers got, at the times at which they got them; none without any. */
function asRead(incident: Incident, liveAt: ReadonlyMap<string, Instant>): Incident[] {
  const [first, ...more] = incident.updates.flatMap((update) => {
    const posted = liveAt.get(`${paths.incident(incident.slug)}#${update.record.id}`);
    return posted === undefined ? [] : [{ ...update, record: { ...update.record, posted } }];
  });
  return first === undefined ? [] : [{ ...incident, updates: [first, ...more] }];
}
