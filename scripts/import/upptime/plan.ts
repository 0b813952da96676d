import type { ContentTree } from '../../../src/content/content-tree.ts';
import { siteAddress } from '../../../src/schema/web-address.ts';
import { UserError } from '../../cli/errors.ts';
import { siteFile } from '../../init/site-file.ts';
import type { ImportedEvent } from '../event-files.ts';
import { planEvents } from '../plan-events.ts';
import { type Listed, planList } from '../plan-list.ts';
import type { Plan } from '../plan.ts';
import { planIncidentIssue, planWindowIssue, titleOf } from './plan-issue.ts';
import { keyOf, type UpptimeConfig } from './read-config.ts';
import type { Placed } from './saved-issues.ts';
import { readWindow, type Window } from './window.ts';

/** Labels that say what an issue is, not which site it is about. */
const kinds = ['status', 'maintenance'];

function siteText(config: UpptimeConfig | null): string {
  const url = siteAddress.safeParse(config?.url ?? '').data;
  if (config === null || config.name === null || url === undefined) {
    throw new UserError(
      "issues alone do not say whose page it is, and there is no site.yml yet. Pass Upptime's configuration with --config .upptimerc.yml, or run first: npx halfpast init",
    );
  }
  return siteFile({ name: config.name.replaceAll(/\s+/g, ' '), url, time_zone: 'UTC' });
}

type Kept = { readonly placed: Placed; readonly window: Window | null; readonly codes: readonly string[] };

/** The labels of an issue that are sites: those known, else that of the title, else all. */
function siteLabels(
  { issue, place }: Placed,
  known: ReadonlySet<string>,
  tags: ReadonlySet<string>,
  note: (text: string) => void,
): string[] {
  const others = issue.labels.filter((name) => !kinds.includes(name.toLowerCase()) && !tags.has(name));
  const named = others.filter((name) => known.has(keyOf(name)));
  const about = titleOf(issue.title).site;
  const titled = others.filter((name) => about !== null && keyOf(name) === keyOf(about));
  const chosen = titled.length > 0 ? [...new Set([...named, ...titled])] : named.length > 0 ? named : others;
  if (chosen.length > 1 && titled.length === 0)
    note(`${place}: nothing says which of its labels is the site; all became components: ${chosen.join(', ')}`);
  for (const name of others.filter((one) => !chosen.includes(one)))
    note(`${place}: the label "${name}" is no site, and was not carried over`);
  if (others.length === 0) note(`${place}: names no site, and affects no component`);
  return chosen;
}

/** Plans the import of Upptime's issues into a content folder as it is. Pure. Throws UserError when it cannot be done. */
export function planUpptime(
  placed: readonly Placed[],
  config: UpptimeConfig | null,
  tree: ContentTree,
  content: string,
  told: readonly string[],
): Plan {
  if (placed.length === 0 && config === null) {
    throw new UserError(
      "the list of issues is empty. Save https://api.github.com/repos/OWNER/NAME/issues?state=all&per_page=100 again, or pass Upptime's configuration with --config .upptimerc.yml",
    );
  }
  const notes = [...told];
  const note = (text: string): void => void notes.push(text);
  const isOf = ({ issue }: Placed, kind: string): boolean => issue.labels.some((name) => name.toLowerCase() === kind);
  // Each site that a title names together with its label; the newest title has the name.
  const titles = new Map(
    placed
      .filter((one) => isOf(one, 'status'))
      .flatMap(({ issue }) => {
        const { site } = titleOf(issue.title);
        return site === null || !issue.labels.some((name) => keyOf(name) === keyOf(site))
          ? []
          : [[keyOf(site), site] as const];
      }),
  );
  const byName = new Map(
    (config?.sites ?? []).flatMap(({ key, name }) => [[keyOf(name), key] as const, [key, key] as const]),
  );
  const codeOf = (label: string): string => byName.get(keyOf(label)) ?? keyOf(label);
  const known = new Set([...byName.keys(), ...(config === null ? titles.keys() : [])]);
  const kept = placed.flatMap((one): Kept[] => {
    const { issue, place } = one;
    const skip = (why: string): Kept[] => (note(`${place}: ${why}, and was not carried over`), []);
    if (issue.isPullRequest) return skip('is a pull request');
    if (isOf(one, 'maintenance')) {
      const window = readWindow(issue.body);
      if (typeof window === 'string') return skip(`is a maintenance that ${window}`);
      return [{ placed: one, window, codes: window.sites.map(codeOf) }];
    }
    if (!isOf(one, 'status'))
      return skip(
        issue.labels.length === 0
          ? 'has no label'
          : `has neither the label status nor maintenance, but ${issue.labels.join(', ')}`,
      );
    return [
      {
        placed: one,
        window: null,
        codes: [...new Set(siteLabels(one, known, config?.tags ?? new Set(), note).map(codeOf))],
      },
    ];
  });
  const listed = (config?.sites ?? []).map(({ key, name, slug }): Listed => ({ code: key, name, wish: slug }));
  const labels = new Map(placed.flatMap(({ issue }) => issue.labels.map((name) => [keyOf(name), name] as const)));
  const slugs = new Map(
    kept.flatMap(({ window }) => (window?.sites ?? []).map((slug) => [keyOf(slug), slug] as const)),
  );
  const used = new Set(kept.flatMap(({ codes }) => codes));
  const gone = [...used]
    .filter((code) => !listed.some((one) => one.code === code))
    .map((code): Listed => {
      const name = labels.get(code) ?? slugs.get(code) ?? code;
      return { code, name: titles.get(code) ?? name, wish: name };
    });
  for (const { name } of gone.filter(() => config !== null))
    note(`"${name}" is no site of the configuration any more; it became a retired component`);
  return planEvents(
    {
      site: () => siteText(config),
      components: planList(listed, used, gone, config !== null),
      isList: config !== null,
      missing:
        "no issue names a site, and there is no components.yml yet. Pass Upptime's configuration with --config .upptimerc.yml",
      sourceOf: (id) => `upptime:${id}`,
      events: (ids) =>
        kept.map(({ placed: one, window, codes }): ImportedEvent => {
          const ours = codes.map((code) => ids.get(code) ?? code);
          return window === null ? planIncidentIssue(one, ours, note) : planWindowIssue(one, window, ours, note);
        }),
    },
    tree,
    content,
    notes,
  );
}
