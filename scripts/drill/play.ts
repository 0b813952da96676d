import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { readTree } from '../../src/lib/content/disk.ts';
import { type Duration, hour, type Instant, minute } from '../../src/lib/domain/calendar.ts';
import { isOpen, type Incident } from '../../src/lib/domain/incident.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { clockWithoutZone, type Zone } from '../../src/lib/views/time.ts';
import { during } from '../cli/context.ts';
import { Cancelled, fixableMessage, oneLine, UserError } from '../cli/errors.ts';
import { wrapText } from '../cli/text.ts';
import { reminderTimes, wanted } from '../publish/remind/due.ts';
import { folderEmergency } from '../publish/run-card.ts';
import { asCustomersSaw, createObserver } from './observer.ts';
import type { Command, DrillPlace } from './place.ts';
import type { CheckIns, Played } from './report.ts';
import type { Beat, Scenario, WrongUpdate } from './scenarios.ts';
import { readTypedLine } from './typed-line.ts';

/** The clock of a drill. Its pace can change: 0 stops it, and 1 is real time. */
type DrillClock = {
  readonly now: () => Instant;
  readonly setPace: (pace: number) => void;
  readonly pass: (time: Duration) => void;
};

export function drillClock(start: Instant, real: () => Instant): DrillClock {
  let [base, since, pace] = [start, real(), 0];
  const now = (): Instant => Math.round(base + (real() - since) * pace);
  return {
    now,
    setPace: (other) => {
      [base, since, pace] = [now(), real(), other];
    },
    pass: (time) => {
      base += time;
    },
  };
}

/** Reads a line: null at the end; `'late'` when something happens before the line is complete. */
export type Lines = (prompt: string, longest: Duration) => Promise<string | null | 'late'>;

type Night = {
  readonly scenario: Scenario;
  readonly component: { readonly id: string; readonly name: string };
  readonly place: DrillPlace;
  readonly clock: DrillClock;
  readonly command: Command;
  /** The names of the commands that work in a drill. */
  readonly commands: readonly string[];
  readonly lines: Lines;
  /** The pace of the clock while the player thinks, and while a command runs. */
  readonly pace: { readonly thinking: number; readonly working: number };
  readonly print: (text: string) => void;
  /** Whether the team kept its check-ins for an incident. */
  readonly checkInsOf: (incident: Incident, site: Site) => Promise<CheckIns>;
};

const postedSchema = z.object({ incident: z.string(), permalink: z.string().nullable() });

const help: readonly (readonly [typed: string, does: string])[] = [
  ['open --push', 'open an incident'],
  ['update --push', 'post an update'],
  ['status', 'what to do next, what is due, and what is live'],
  ['checkin', 'write down what the team knows'],
  ['reply', 'a message for customers who ask'],
  ['hand-over --push', 'someone else leads, or updates customers'],
  ['resolve --push', 'end the incident'],
  ['echo "why" > published/STOP', 'stop publishing. To resume: rm published/STOP'],
  ['rollback --to published', 'go back to what was on the page before'],
  ['publish --to published', 'publish again'],
  ['git pull, git rm FILE, git push', 'get and remove what others have pushed'],
  ['Enter, wait 10m, wait 21:30', 'continue to the next event, or wait longer'],
  ['end', 'the report'],
];

/** `15:04 (14:04 UTC)`: file names are in UTC. */
function bothClocks(at: Instant, zone: Zone): string {
  const [here, utc] = [clockWithoutZone(at, zone), clockWithoutZone(at, { ...zone, timeZone: 'UTC' })];
  return here === utc ? here : `${here} (${utc} UTC)`;
}

/** Plays a night until the last line of input, or until the player ends it. */
export async function play(night: Night): Promise<Played> {
  const { scenario, component, place, clock, command, commands, lines, pace, print } = night;
  const from = clock.now();
  const { folder, url, context } = place;
  const published = join(folder, 'published');
  let lastSite: Site | null = null;
  const known = new Set((await site()).incidents.map(({ slug }) => slug));
  const reminded = new Set<string>();
  const observer = createObserver(published, known, place);
  let hasReplied = false;
  let beats = scenario.beats.map((beat) => ({ ...beat, at: from + beat.at * minute }));
  let [isEnded, isOver] = [false, false];

  /** The current content, or the last valid version while it has a problem. */
  async function site(): Promise<Site> {
    const parsed = parseContent(await readTree(join(folder, 'content')), clock.now());
    if ('site' in parsed) lastSite = parsed.site;
    if (lastSite === null) throw new UserError('the copy of the content has problems. Run: npx halfpast check');
    return lastSite;
  }

  const opened = (now: Site): Incident[] => now.incidents.filter(({ slug }) => !known.has(slug));
  const say = (at: Instant, who: string, text: string, zone: Site['settings']): void =>
    print(`\n${wrapText(`${clockWithoutZone(at, zone)}  ${who}: ${text}`, context.columns, '       ')}\n`);

  /** Posts a colleague's update to the newest incident of the night. */
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
    observer.expect(wrong, (permalink ?? '').replace(url, ''));
  }

  /** Does everything that is due: the scenario's events, and the reminders that `watch` would send. */
  async function happen(): Promise<void> {
    const now = clock.now();
    const due: (Beat & { readonly at: Instant })[] = beats.filter(({ at }) => at <= now);
    beats = beats.filter(({ at }) => at > now);
    const current = await site();
    for (const { at, who, says, pushes: wrong } of due) {
      say(at, who, says.replaceAll('{component}', component.name), current.settings);
      if (wrong !== undefined) await during(context.progress, 'They are pushing', () => push(wrong));
      await observer.look(current.incidents);
    }
    const mine = opened(current).map(({ slug }) => `incident:${slug}`);
    for (const { about, lapses } of wanted(current, [], null).reminders.filter((one) => mine.includes(one.about)))
      for (const { key, to, text } of lapses.filter((lapse) => !reminded.has(`${about} ${lapse.key}`))) {
        reminded.add(`${about} ${key}`);
        say(now, `Reminder for ${oneLine(to.name ?? 'the team')}`, oneLine(text), current.settings);
      }
  }

  /** When the next event happens; null if nothing is left. */
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
    const typed = readTypedLine(line, { folder, now: clock.now(), timeZone: settings.timeZone, commands });
    switch (typed.kind) {
      case 'nothing':
        return waitUntil(null);
      case 'wait':
        return waitUntil(typed.until);
      case 'end':
        isEnded = true;
        return;
      case 'help':
        return print(
          `${help.map(([typed, does]) => `  ${typed.padEnd(34)}${does}`).join('\n')}\n${wrapText(`Each command asks for what you leave out. Also: ${commands.filter((name) => !help.some(([typed]) => typed.startsWith(name))).join(', ')}, ls, cat.`, context.columns)}\n`,
        );
      case 'write':
        await mkdir(dirname(typed.path), { recursive: true });
        return writeFile(typed.path, typed.text);
      case 'remove':
        return rm(typed.path, { recursive: true });
      case 'program': {
        const { stdout, stderr } = await context.runProgram(typed.file, typed.args, folder, context.env, minute);
        return print(`${stdout}${stderr}`);
      }
      case 'halfpast': {
        const code = await command(typed.words, context);
        hasReplied ||= code === 0 && typed.words[0] === 'reply' && !typed.words.includes('--help');
      }
    }
  }

  /** Ctrl-C also ends the drill. */
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
      coming === null ? Infinity : Math.max(0, coming - clock.now()) / pace.thinking,
    );
    clock.setPace(pace.working);
    if (line === null) break;
    if (line !== 'late') {
      try {
        await run(line);
      } catch (error) {
        const message = fixableMessage(error);
        if (message === null) throw error;
        print(`${wrapText(message, context.columns)}\n`);
      }
      if (isEnded) break;
      if (pace.working === 0 && line.trim() !== '') clock.pass(minute);
    }
    await observer.look((await site()).incidents);
    await happen();
    const mine = opened(await site());
    if (beats.length === 0 && mine.length > 0 && !mine.some(isOpen) && !isOver) {
      isOver = true;
      print('\nThe night is over. Draft the postmortem, or type end for the report.\n');
    }
  }
  clock.setPace(0);
  const end = await site();
  const mine = opened(end);
  const read = mine.flatMap((incident) => asCustomersSaw(incident, observer.liveAt, end.settings.cadence));
  const [informed = null] = observer.liveAt.values();
  const wrong = mine.reduce(
    (sum, { slug, updates }) => sum + updates.filter(({ record }) => observer.isWrong(slug, record.id)).length,
    0,
  );
  const checkIns = await Promise.all(mine.map((incident) => night.checkInsOf(incident, end)));
  return {
    scenario,
    component,
    from,
    to: clock.now(),
    incidents: read,
    informed,
    neverLive: mine.flatMap(({ updates }) => updates).length - wrong - read.flatMap(({ updates }) => updates).length,
    pushes: observer.pushes(),
    stated: observer.stated(),
    checkIns: {
      kept: checkIns.flatMap(({ kept }) => kept),
      missed: checkIns.flatMap(({ missed }) => missed),
      lines: checkIns.reduce((sum, { lines }) => sum + lines, 0),
    },
    tried: {
      ...observer.tried,
      reply: hasReplied,
      handOver: mine.some(({ updates }) => updates.some(({ record }) => record.handOvers.length > 0)),
    },
    emergency: folderEmergency({ to: 'published', program: 'bin/halfpast', content: 'content', url, bare: null }),
  };
}
