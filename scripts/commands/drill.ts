import { join, resolve as resolvePath } from 'node:path';
import type { Duration } from '../../src/lib/domain/calendar.ts';
import { isOpen } from '../../src/lib/domain/incident.ts';
import { allComponents } from '../../src/lib/domain/site.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { listOf } from '../../src/lib/words/en.ts';
import { defineCommand } from '../cli/command.ts';
import { readContentTree, readSite } from '../cli/content.ts';
import { type Ask, type Context, during } from '../cli/context.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { run } from '../cli/run-command.ts';
import { inTemporaryFolder } from '../cli/system.ts';
import { readCount } from '../cli/text.ts';
import { createPlace } from '../drill/place.ts';
import { drillClock, type Lines, play } from '../drill/play.ts';
import { report, reportText } from '../drill/report.ts';
import { type Scenario, scenarios } from '../drill/scenarios.ts';
import { checkInsOf, settledCheckIns } from '../write/check-ins.ts';
import { card } from './card.ts';
import { check } from './check.ts';
import { checkin } from './checkin.ts';
import { edit } from './edit.ts';
import { handOver } from './hand-over.ts';
import { open } from './open.ts';
import { postmortem } from './postmortem.ts';
import { publish } from './publish.ts';
import { reply } from './reply.ts';
import { resolve } from './resolve.ts';
import { rollback } from './rollback.ts';
import { schedule } from './schedule.ts';
import { status } from './status.ts';
import { update } from './update.ts';

/** The commands that work in a drill. The others would use other folders, or run until they're stopped. */
const commands = [
  open,
  update,
  checkin,
  handOver,
  reply,
  edit,
  resolve,
  postmortem,
  schedule,
  status,
  card,
  check,
  publish,
  rollback,
];

const names = scenarios.map(({ name }) => name);

async function chooseScenario(given: string | undefined, { ask }: Context): Promise<Scenario> {
  const name =
    given ??
    (await ask?.choose(
      'Which night?',
      scenarios.map(({ name: value, title: label, summary: hint }) => ({ value, label, hint })),
    ));
  if (name === undefined) throw new UsageError(`the scenario is missing. Use one of: ${names.join(', ')}`);
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined)
    throw new UsageError(`${quote(name)} is not a scenario. ${didYouMean(name, names)}`.trim());
  return scenario;
}

type Named = { readonly id: string; readonly name: string };

async function chooseComponent(given: string | undefined, all: readonly Named[], { ask }: Context): Promise<Named> {
  const [first] = all;
  if (first === undefined) throw new UserError('the page has no components. Add one to components.yml');
  const id =
    given ??
    (await ask?.choose(
      'Which component is affected?',
      all.map(({ id: value, name: label }) => ({ value, label })),
    )) ??
    first.id;
  const component = all.find((one) => one.id === id);
  if (component !== undefined) return component;
  throw new UsageError(
    `--component: ${quote(id)} is not a component. ${didYouMean(
      id,
      all.map((one) => one.id),
    )}`.trim(),
  );
}

/** Reads lines from a file and prints them as if they were typed. Skips comments. */
function linesOf(text: string, print: (text: string) => void): Lines {
  const left = text.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return (prompt) => {
    const line = left.shift() ?? null;
    if (line !== null) print(`\n${prompt}${line}\n`);
    return Promise.resolve(line);
  };
}

/** How long it takes to read the prompt. */
const reaction: Duration = 200;

/** Reads a line at the prompt. Ignores an Enter from before the prompt, which would skip time unnoticed. */
async function lineAt(prompt: string, longest: Duration, ask: Ask, context: Context): Promise<string | null> {
  const since = context.clock();
  const line = await ask.line(prompt, longest);
  const left = longest - (context.clock() - since);
  return line === '' && context.clock() - since < reaction ? lineAt(prompt, left, ask, context) : line;
}

/** The default pace of the clock at the prompt: an hour in ten minutes. */
const usualSpeed = 6;

export const drill = defineCommand({
  name: 'drill',
  summary: 'Rehearse an incident at night on a copy of your page',
  details: `Copies your page to a temporary folder, with its own git repository and its own folder of releases, and plays one of three scenarios: ${listOf(names)}. You type the commands that you would use on a real night. At the end, a report says how it went, and what you never tried. Nothing leaves this machine: your page, its repository and its channels aren't touched. The clock runs faster while you think, and at its normal pace while a command runs. With --answers, each command takes a minute.`,
  args: ['scenario'],
  onCopy: true,
  options: {
    component: { value: 'ID', help: 'the affected component (default: the first)' },
    speed: { value: 'N', help: `how much faster the clock runs while you think (default: ${usualSpeed})` },
    answers: { value: 'FILE', help: 'a file with the lines to type, instead of asking' },
    out: { value: 'FILE', help: 'also write the report to a file' },
  },
  examples: [
    { line: 'npx halfpast drill', says: 'asks for the scenario' },
    { line: 'npx halfpast drill breach --component checkout --speed 12', says: 'an hour in five minutes' },
    { line: 'npx halfpast drill prices --answers night.txt --out report.txt', says: 'with the lines from a file' },
  ],
  run: async (call, context) => {
    const { answers, out, component: id } = call.options;
    const speed = readCount(call.options.speed, '--speed', usualSpeed);
    const text = answers === undefined ? null : await context.disk.read(resolvePath(context.cwd, answers));
    if (answers !== undefined && text === null)
      throw new UserError(`--answers: ${answers} doesn't exist. Check the path`);
    const { ask } = context;
    if (text === null && (ask === null || call.json))
      throw new UsageError('--answers is missing. Without a terminal, add a file with one command per line');
    const site = (await readSite(call.content, call.now(), context)).site;
    const current = site.incidents.find(isOpen);
    if (current !== undefined)
      throw new UserError(`${quote(current.title)} is open. Rehearse when it is over, or with another --content DIR`);
    const choosing = text === null ? context : { ...context, ask: null };
    const scenario = await chooseScenario(call.args[0], choosing);
    const component = await chooseComponent(
      id,
      allComponents(site).filter(({ retired }) => !retired),
      choosing,
    );

    const print = (line: string): void => (call.json ? undefined : context.stdout(line));
    const clock = drillClock(site.now, context.clock);
    const command = (words: readonly string[], given: Context): Promise<number> => run(words, commands, given);
    const outside: Context = {
      ...context,
      stdout: print,
      ask: text === null ? ask : null,
      // In scripts, time doesn't depend on the machine's speed.
      sleep: async (time) => {
        if (text !== null) clock.pass(time);
        await context.sleep(time);
      },
    };
    const tree = await readContentTree(call.content, context);
    await inTemporaryFolder(
      'halfpast-drill-',
      (line) => context.stderr(`\n${line}\n`),
      async (empty) => {
        const place = await during(context.progress, 'Copying and publishing your page', () =>
          createPlace(tree, { empty, now: clock.now, command, outside }),
        );
        try {
          print(
            `\nDRILL: ${scenario.title}. ${scenario.summary}.\nThis is a copy of your page, in ${place.folder}\nOpen it in a browser: ${place.url}/\nNothing leaves this machine. Type help for what you can do; Enter goes on to what happens next.\n`,
          );
          const lines: Lines =
            text === null && ask !== null
              ? async (prompt, longest) => (await lineAt(prompt, longest, ask, context)) ?? 'late'
              : linesOf(text ?? '', print);
          const pace = text === null ? { thinking: speed, working: 1 } : { thinking: 0, working: 0 };
          const played = await play({
            ...{ scenario, component, place, clock, command, lines, pace, print },
            commands: commands.map(({ name }) => name),
            checkInsOf: async (incident, { now, settings }) => {
              const log = await checkInsOf(join(place.folder, 'content'), incident.slug, place.context);
              return { ...settledCheckIns(incident, log, now, settings.cadence), lines: log.length };
            },
          });
          const result = report(played, site.settings);
          if (out !== undefined)
            await context.disk.replace(resolvePath(context.cwd, out), reportText(result, Infinity));
          context.stdout(
            call.json ? `${JSON.stringify({ ok: true, ...result })}\n` : `\n${reportText(result, context.columns)}`,
          );
        } finally {
          place.close();
        }
      },
    );
    return 0;
  },
});
