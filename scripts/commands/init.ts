import { join, resolve } from 'node:path';
import { componentsPath } from '../../src/lib/content/read-components.ts';
import { settingsPath } from '../../src/lib/content/read-settings.ts';
import { dayOf } from '../../src/lib/domain/calendar.ts';
import { count } from '../../src/lib/words/en.ts';
import { defineCommand } from '../cli/command.ts';
import { emptiedFolders, mayBeEmptied, treeOrEmpty } from '../cli/content.ts';
import { Cancelled } from '../cli/errors.ts';
import {
  askMissing,
  emptied,
  newPage,
  notTheSample,
  parseComponents,
  repositoryOf,
  requireAll,
  requireValid,
} from '../write/init.ts';

export const init = defineCommand({
  name: 'init',
  summary: 'Replace the sample content with your own page',
  details:
    'Writes site.yml and components.yml, and removes the incidents, maintenance, postmortems and templates of the sample. If the git remote origin is on GitHub, site.yml names it, which enables the form at /compose/. Content other than the sample is left alone.',
  args: [],
  options: {
    name: { value: 'NAME', help: 'the name of your company or service' },
    url: { value: 'ADDRESS', help: 'the address of the page' },
    'time-zone': { value: 'ZONE', help: 'an IANA time zone, such as Europe/Berlin' },
    component: { repeatable: true, value: 'ID=NAME', help: 'a component; the id is optional' },
    support: { value: 'ADDRESS', help: 'where customers get help: a web address or mailto:' },
    accent: { value: 'COLOR', help: 'the color of links and buttons, such as "#1f6f5c"' },
    force: { help: 'also remove content other than the sample' },
    'dry-run': { help: 'show the files without writing or removing anything' },
  },
  examples: [
    {
      line: 'npx halfpast init --name Acme --url https://status.acme.com --time-zone Europe/Berlin --component Website --component "checkout=Checkout and payments"',
      says: 'without questions',
    },
    {
      line: 'npx halfpast init --content status --name Acme --url https://status.acme.com --time-zone UTC --component API',
      says: 'in another folder',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const path = resolve(context.cwd, call.content);
    const tree = await treeOrEmpty(call.content, context);
    const given = {
      name: options.name?.trim(),
      url: options.url?.trim(),
      time_zone: options['time-zone']?.trim(),
      components: parseComponents(options.component),
      support: options.support?.trim(),
      accent: options.accent?.trim(),
    };
    requireValid(given);
    const isWhole =
      given.components.length > 0 && [given.name, given.url, given.time_zone].every((value) => value !== undefined);
    const ask = isWhole ? null : context.ask;
    if (ask === null) requireAll(given);
    if (!mayBeEmptied(tree) && !options.force) throw notTheSample(tree, call.content);
    const page = ask === null ? requireAll(given) : await askMissing(given, ask, context.timeZone);
    const place = {
      content: path,
      root: context.root,
      repository: await repositoryOf(path, context),
      since: dayOf(call.fixed ?? context.clock(), page.time_zone),
    };
    const { site, components, files } = await newPage(page, place, context.disk);
    const removed = emptied(tree).length;
    const shown = `${join(call.content, settingsPath)}\n\n${site}\n${join(call.content, componentsPath)}\n\n${components}`;
    if (options['dry-run'])
      return (context.stdout(`${shown}\nNot written, and ${count(removed, 'file')} not removed.\n`), 0);
    if (ask !== null) {
      ask.show(shown.trimEnd(), 'The new content');
      const removal = removed === 0 ? '' : `, and remove ${count(removed, 'file')} of the old content`;
      if (!(await ask.confirm(`Write these${removal}?`, !options.force))) throw new Cancelled();
    }
    for (const file of files) await context.disk.replace(join(path, file.path), file.text);
    for (const folder of emptiedFolders(tree)) await context.disk.remove(join(path, folder));
    const done = { site: join(call.content, settingsPath), components: join(call.content, componentsPath), removed };
    const next = `${removed === 0 ? '' : `${count(removed, 'file')} removed. `}Your first incident: npx halfpast open`;
    context.stdout(
      call.json
        ? `${JSON.stringify(done)}\n`
        : ask !== null
          ? `\nWritten: ${done.site} and ${done.components}\n${next}\n`
          : `${shown}\n${next}\n`,
    );
    return 0;
  },
});
