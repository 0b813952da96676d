import type { ContentTree } from '../../../src/content/content-tree.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import { siteAddress } from '../../../src/schema/web-address.ts';
import { count } from '../../../src/views/words.ts';
import { UserError } from '../../cli/errors.ts';
import { siteFile } from '../../init/site-file.ts';
import type { Plan } from '../plan.ts';
import { planEvents } from '../plan-events.ts';
import { planList } from '../plan-list.ts';
import { planIssue } from './plan-issue.ts';
import type { Config } from './read-config.ts';
import { readConfig } from './read-config.ts';
import type { Site } from './read-folder.ts';
import { type Issue, readIssue } from './read-issue.ts';

/** `zone`: of times without an offset; null is UTC, which is told. */
export type Given = { readonly zone: string | null; readonly now: Instant };

const nothing: Config = { title: null, baseUrl: null, systems: [] };

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

function siteText({ title, baseUrl }: Config, zone: string): string {
  const url = siteAddress.safeParse(baseUrl ?? '').data;
  if (title === null || url === undefined) {
    throw new UserError(
      `the configuration of the cState site has no ${title === null ? 'title' : 'baseURL that is a web address'}, and there is no site.yml yet. Run first: npx halfpast init`,
    );
  }
  return siteFile({ name: oneLine(title), url, time_zone: zone });
}

/** The issues of a site, each read; the report of what keeps it from being imported has all of it. */
function readAll(
  site: Site,
  zone: string,
  now: Instant,
  note: (text: string) => void,
): { readonly issues: readonly Issue[]; readonly localTimes: number } {
  const read = site.issues.map(({ path, text }) => readIssue(path, text, zone, now));
  const problems = read.flatMap((one) => (one.kind === 'wrong' ? one.problems : []));
  if (problems.length > 0)
    throw new UserError(
      ['nothing was written, since the cState site cannot be read as it is:', ...problems].join('\n'),
    );
  const issues: Issue[] = [];
  let localTimes = 0;
  for (const one of read) {
    if (one.kind === 'skipped') note(one.note);
    if (one.kind !== 'issue') continue;
    one.notes.forEach(note);
    issues.push(one.issue);
    localTimes += one.localTimes;
  }
  return { issues, localTimes };
}

/** Names of systems as the configuration has them; cState itself tells upper from lower case, and shows nothing for a slip. */
function withKnownNames(issue: Issue, config: Config, note: (text: string) => void): Issue {
  const affected = issue.affected.map((name) => {
    if (config.systems.some(({ code }) => code === name)) return name;
    const near = config.systems.find(({ code }) => code.toLowerCase() === name.trim().toLowerCase())?.code;
    if (near !== undefined)
      note(`${issue.path}:${issue.page.lineOf('affected')}: "${name}" was taken for the system "${near}"`);
    return near ?? name;
  });
  return { ...issue, affected: [...new Set(affected)] };
}

/** Plans the import of a cState site into a content folder as it is. Pure. Throws UserError when it cannot be done. */
export function planCstate(site: Site, { zone, now }: Given, tree: ContentTree, content: string): Plan {
  const notes = [...site.notes];
  const note = (text: string): void => void notes.push(text);
  const timeZone = zone ?? 'UTC';
  const config = site.config === null ? nothing : readConfig(site.config, note);
  const read = readAll(site, timeZone, now, note);
  const issues = read.issues.map((issue) => withKnownNames(issue, config, note));
  const named = new Set(issues.flatMap(({ affected }) => affected));
  const gone = [...named].filter((name) => !config.systems.some(({ code }) => code === name));
  for (const name of gone.filter(() => site.config !== null))
    note(`${site.config?.path ?? ''}:1: "${name}" is no system any more; it became a retired component`);
  let localTimes = read.localTimes;
  const baseUrl = siteAddress.safeParse(config.baseUrl ?? '').data ?? null;
  const plan = planEvents(
    {
      site: () => siteText(config, timeZone),
      components: planList(
        config.systems,
        named,
        gone.map((name) => ({ code: name, name })),
        site.config !== null,
      ),
      isList: site.config !== null,
      missing: 'the cState site has no system, and there is no components.yml yet. Run first: npx halfpast init',
      sourceOf: (id) => `cstate:${id}`,
      events: (ids) =>
        issues.map((issue) =>
          planIssue(issue, { ids, baseUrl, timeZone, now, note, local: () => void (localTimes += 1) }),
        ),
    },
    tree,
    content,
    notes,
  );
  const told =
    localTimes === 0 || zone !== null
      ? []
      : [
          `${count(localTimes, 'time')} without an offset ${localTimes === 1 ? 'was' : 'were'} read as UTC. If they are local, import into a new folder with --time-zone, as --time-zone Europe/Berlin`,
        ];
  return { ...plan, notes: [...plan.notes, ...told] };
}
