import { join, resolve } from 'node:path';
import type { ContentTree } from '../../src/content/content-tree.ts';
import { componentsPath } from '../../src/content/components.ts';
import { NoContentFolder } from '../../src/content/disk.ts';
import { readSettings, settingsPath } from '../../src/content/settings.ts';
import type { SourceFile } from '../../src/content/source-file.ts';
import { dayOf } from '../../src/domain/calendar.ts';
import { siteSettingsSchema } from '../../src/schema/site-settings.ts';
import { quote } from '../../src/schema/text.ts';
import { isTimeZone } from '../../src/schema/time-zone.ts';
import { count } from '../../src/views/words.ts';
import { command } from '../cli/command.ts';
import { Cancelled, UsageError, UserError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';
import type { Ask } from '../cli/world.ts';
import { type ListedComponent, readComponents } from '../init/component-list.ts';
import { emptiedFolders, mayBeEmptied } from '../init/sample.ts';
import { siteFile } from '../init/site-file.ts';
import { inFlagForm } from '../writing/flag-values.ts';
import { readContentTree } from '../writing/desk.ts';
import { toYaml } from '../writing/update-file.ts';

type Site = { readonly name: string; readonly url: string; readonly time_zone: string };
type Answers = { readonly [K in keyof Site]: string | undefined } & { readonly components: readonly ListedComponent[] };

const flags = { name: '--name "Acme"', url: '--url https://status.acme.com', time_zone: '--time-zone Europe/Berlin' } as const;

/** What is wrong with one setting; null when it is fine or not given. */
function wrong(field: keyof Site, given: string | undefined): string | null {
  if (given === undefined) return null;
  const whole = { name: 'x', url: 'https://x.example', time_zone: 'UTC', [field]: given };
  const issue = siteSettingsSchema('UTC').safeParse(whole).error?.issues[0];
  return issue === undefined ? null : oneLine(issue.message);
}

function requireRight(answers: Answers): void {
  for (const field of ['name', 'url', 'time_zone'] as const) {
    const message = wrong(field, answers[field]);
    if (message !== null) throw new UsageError(inFlagForm(message, field));
  }
}

function requireAll({ name, url, time_zone, components }: Answers): Site {
  const missing = Object.entries({ name, url, time_zone }).find(([, value]) => value === undefined)?.[0] as keyof Site | undefined;
  if (missing !== undefined) throw new UsageError(`--${missing.replace('_', '-')} is missing. Type it as ${flags[missing]}`);
  if (components.length === 0) throw new UsageError('--component is missing. Name the parts of your service that customers know, as --component checkout=Checkout');
  return { name: name ?? '', url: url ?? '', time_zone: time_zone ?? '' };
}

async function askMissing(answers: Answers, ask: Ask, timeZone: string): Promise<Answers> {
  const one = (field: keyof Site, message: string, initial?: string): Promise<string> | string =>
    answers[field] ?? ask.text({ message, ...(initial === undefined ? {} : { initial }), check: (answer) => wrong(field, answer) });
  const check = (answer: string): string | null => {
    try {
      return readComponents(answer.split(',')), null;
    } catch (error) {
      return error instanceof UsageError ? error.message : String(error);
    }
  };
  return {
    name: await one('name', 'What is it the status of?'),
    url: await one('url', 'At which address will the page be? (as https://status.acme.com)'),
    time_zone: await one('time_zone', 'In which time zone do most readers live?', isTimeZone(timeZone) ? timeZone : 'UTC'),
    components: answers.components.length > 0
      ? answers.components
      : readComponents((await ask.text({ message: 'Which parts of the service do customers know? (as Website, Checkout, API)', check })).split(',')),
  };
}

/** The files that init removes. */
function emptied(tree: ContentTree): readonly SourceFile[] {
  return tree.files.filter((file) => emptiedFolders.some((folder) => file.path.startsWith(`${folder}/`)));
}

function notTheSample(tree: ContentTree, content: string): UserError {
  const { settings } = readSettings(tree.files.find(({ path }) => path === settingsPath));
  if (settings !== null && emptied(tree).length === 0) {
    return new UserError(`${content} is the page of ${quote(settings.name)} already. Edit ${content}/${settingsPath} and ${content}/${componentsPath}, or type --force to write them anew`);
  }
  return new UserError(`${content} is not the included sample, and init would remove its incidents. Name another folder with --content DIR, or type --force to remove them`);
}

const emptyTree: ContentTree = { files: [], folders: [], others: [] };

export const init = command({
  name: 'init',
  summary: 'Empty the sample content and make the page yours',
  details: 'Writes site.yml and components.yml, and removes all incidents, maintenances and postmortems of the included sample. Content that is not the sample is left alone.',
  args: [],
  options: {
    name: { kind: 'text', value: 'NAME', help: 'what it is the status of' },
    url: { kind: 'text', value: 'ADDRESS', help: 'where the page will be' },
    'time-zone': { kind: 'text', value: 'ZONE', help: 'an IANA name, as Europe/Berlin' },
    component: { kind: 'list', value: 'ID=NAME', help: 'a part of the service; the id may be left out' },
    force: { kind: 'switch', help: 'also remove content that is not the sample' },
    'dry-run': { kind: 'switch', help: 'show the files without writing or removing any' },
  },
  examples: [
    { line: 'npx halfpast init --name Acme --url https://status.acme.com --time-zone Europe/Berlin --component Website --component "checkout=Checkout and payments"', says: 'all at once; in a terminal it asks' },
    { line: 'npx halfpast init --content status --name Acme --url https://status.acme.com --time-zone UTC --component API', says: 'in another folder' },
  ],
  run: async (call, world) => {
    const { options } = call;
    const path = resolve(world.cwd, call.content);
    const tree = await readContentTree(call.content, world).catch((error: unknown) => {
      if (error instanceof NoContentFolder) return emptyTree;
      throw error;
    });
    if (!mayBeEmptied(tree) && !options.force) throw notTheSample(tree, call.content);
    const given = { name: options.name?.trim(), url: options.url?.trim(), time_zone: options['time-zone']?.trim(), components: readComponents(options.component) };
    requireRight(given);
    const isWhole = given.components.length > 0 && [given.name, given.url, given.time_zone].every((value) => value !== undefined);
    const asks = world.ask !== null && !isWhole;
    const answers = asks && world.ask !== null ? await askMissing(given, world.ask, world.timeZone) : given;
    const said = requireAll(answers);
    const site = siteFile(said);
    // A page that is new must not claim the days before it as days without an outage.
    const since = dayOf(call.now(), said.time_zone);
    const components = toYaml({ components: answers.components.map((component) => ({ ...component, since })) });
    const removed = emptied(tree).length;
    const shown = `${join(call.content, settingsPath)}\n\n${site}\n${join(call.content, componentsPath)}\n\n${components}`;
    if (options['dry-run']) return world.stdout(`${shown}\nNot written, and ${count(removed, 'file')} not removed.\n`), 0;
    if (asks && world.ask !== null) {
      world.ask.show(shown.trimEnd(), 'The new content');
      if (!(await world.ask.confirm(`Write these${removed === 0 ? '' : `, and remove ${count(removed, 'file')} of the old content`}?`))) throw new Cancelled();
    }
    await world.disk.replace(join(path, settingsPath), site);
    await world.disk.replace(join(path, componentsPath), components);
    for (const folder of emptiedFolders) await world.disk.remove(join(path, folder));
    const done = { site: join(call.content, settingsPath), components: join(call.content, componentsPath), removed };
    world.stdout(call.json ? `${JSON.stringify(done)}\n` : `${shown}\n${removed === 0 ? '' : `${count(removed, 'file')} removed. `}Your first incident: npx halfpast open${call.content === 'content' ? '' : ` --content ${call.content}`}\n`);
    return 0;
  },
});
