import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { siteFile } from '../../src/lib/content/write-content.ts';
import { type Instant, minute } from '../../src/lib/domain/calendar.ts';
import type { ComponentStatus, IncidentStatus, MaintenanceStatus } from '../../src/lib/domain/vocabulary.ts';
import { siteAddress } from '../../src/lib/schema/fields.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { UserError } from '../cli/errors.ts';
import { type Listed, planList } from './components.ts';
import { hugoInstant } from './cstate-hugo.ts';
import {
  type ImportedEvent,
  type ImportedIncident,
  type ImportedUpdate,
  type ImportedWindow,
  planEvents,
  extended,
  stillOpen,
} from './plan-events.ts';
import {
  absoluteImages,
  nameOf,
  type Note,
  type Plan,
  statusWord,
  type StatusWord,
  withoutStatusWord,
} from './plan.ts';
import { keyOf, keysOf, type PlacedIssue, type UpptimeConfig } from './upptime-read.ts';

/** A window, as in Upptime's HTML comment. */
type Window = {
  readonly from: Instant;
  readonly until: Instant;
  /** The slugs of sites. */ readonly sites: readonly string[];
  /** The text without the comment. */ readonly body: string;
};

/**
 * Reads `<!-- start: … end: … expectedDown: a, b -->`, with one or several keys per line.
 * A time without an offset is UTC, as on GitHub's runners. Returns a text if something is missing.
 */
function readWindow(body: string): Window | string {
  const comment = /<!--([^]*?)-->/.exec(body);
  if (comment === null) return 'has no HTML comment that says when';
  const fields = new Map<string, string>();
  for (const [, key = '', value = ''] of (comment[1] ?? '').matchAll(
    /\b(start|end|expectedDown|expectedDegraded)\s*:([^]*?)(?=\b(?:start|end|expectedDown|expectedDegraded)\s*:|$)/g,
  ))
    fields.set(key, value.trim());
  const time = (key: string): Instant | null => hugoInstant(fields.get(key) ?? '', 'UTC');
  const [from, until] = [time('start'), time('end')];
  if (from === null || until === null)
    return `has no ${from === null ? 'start' : 'end'} that is a time in its HTML comment`;
  if (until <= from) return 'has a window that does not end after it begins';
  const sites = [
    ...`${fields.get('expectedDown') ?? ''},${fields.get('expectedDegraded') ?? ''}`.matchAll(/[^,\s]+/g),
  ].map(([slug]) => slug);
  const without = `${body.slice(0, comment.index)}${body.slice(comment.index + comment[0].length)}`;
  return {
    from,
    until,
    sites: [...new Set(sites)],
    // Upptime's documentation has the comment in a code block, and people copy the whole block.
    body: without.replace(/^(`{3,}|~{3,})[^\n`]*\n\s*\1[ \t]*$/m, '').trim(),
  };
}

/** Upptime: `🛑 X is down` and `⚠️ X has degraded performance`. Everything that isn't degraded counts as down. */
function titleOf(title: string): {
  readonly title: string;
  readonly site: string | null;
  readonly isDegraded: boolean;
} {
  const plain = title
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/^(?:🛑|⚠️|⚠|🟥|🟨)\s*/u, '');
  const site = /^(.+?) (?:is down|has degraded performance)$/i.exec(plain)?.[1] ?? null;
  return { title: plain || title.trim(), site, isDegraded: /degraded/i.test(plain) };
}

type Message = {
  readonly at: Instant;
  readonly word: StatusWord | null;
  readonly body: string;
  readonly place: string;
};

/** A message, and the status after it. */
type Update<S> = Message & { readonly status: S };

function messagesOf({ issue, place }: PlacedIssue, body: string): Message[] {
  const comments = issue.comments.map((comment) => ({
    at: comment.createdAt,
    word: statusWord(comment.body),
    body: comment.body,
    place: `${place} comment ${comment.id}`,
  }));
  return [{ at: issue.createdAt, word: null, body, place }, ...comments.toSorted((a, b) => a.at - b.at)];
}

/** What incidents and maintenance have in common. The first update sets the components `ids` to `effect`. */
function eventOf<S extends IncidentStatus | MaintenanceStatus>(
  { issue }: PlacedIssue,
  updates: readonly Update<S>[],
  ids: readonly string[],
  effect: ComponentStatus,
  note: Note,
) {
  return {
    id: String(issue.number),
    source: `upptime:${issue.number}`,
    title: titleOf(issue.title).title,
    updates: updates.map(({ at, status, place, word, body }, index): ImportedUpdate<S> => ({
      at,
      status,
      place,
      body: absoluteImages(withoutStatusWord(body, word, status), null, (problem) => note(`${place}: ${problem}`)),
      ...(index === 0 ? { components: Object.fromEntries(ids.map((id) => [id, effect])) } : {}),
    })),
  };
}

/** The updates of an issue that was closed, of which one says that it's resolved. */
function closed(updates: readonly Update<IncidentStatus>[], closedAt: Instant, place: string, note: Note) {
  const resolved = (update: Message): Update<IncidentStatus> => ({ ...update, status: 'resolved' });
  const after = updates.findIndex(({ at }, index) => index > 0 && at > closedAt);
  const end = after === -1 ? updates.length : after;
  const last = updates[end - 1];
  // Closing an issue with a comment sets both to the same second.
  const isClosing =
    last !== undefined && end > 1 && last.status !== 'resolved' && last.word === null && closedAt - last.at < minute;
  const isReported = last?.status === 'resolved' || isClosing;
  const closing = resolved({ at: Math.max(closedAt, last?.at ?? closedAt), word: null, body: 'Resolved.', place });
  if (!isReported)
    note(
      `${place}: was closed without saying that it is resolved; an update that does was added at ${shortUtc(closedAt)}`,
    );
  const before = updates.slice(0, end);
  for (const update of before)
    if (update.status === 'resolved' && update.word === null && closedAt - update.at >= minute)
      note(
        `${update.place}: follows an update that says resolved, while the issue was open until ${shortUtc(closedAt)}; if the incident went on, change its status`,
      );
  return [
    ...before.map((update) => (isClosing && update === last ? resolved(update) : update)),
    ...(isReported ? [] : [closing]),
    ...updates.slice(end).map(resolved),
  ];
}

/** Converts an issue with the label `status` to an incident. `ids` are the components for its sites. */
function planIncidentIssue(placed: PlacedIssue, ids: readonly string[], note: Note): ImportedIncident {
  const { issue, place } = placed;
  const { site, isDegraded } = titleOf(issue.title);
  if (site === null && !isDegraded)
    note(`${place}: its title does not say how bad it was; its sites were imported as down, as in Upptime`);
  const { closedAt } = issue;
  let status: IncidentStatus = 'investigating';
  const all = messagesOf(placed, issue.body).map((one) => {
    status = one.word?.status === 'postmortem' ? 'resolved' : (one.word?.status ?? status);
    return { ...one, status };
  });
  const updates =
    closedAt === null
      ? stillOpen(all, 'says that it is resolved, but the issue is open', note)
      : closed(all, closedAt, place, note);
  return {
    kind: 'incident',
    impact: isDegraded ? 'minor' : 'major',
    ...eventOf(placed, updates, ids, isDegraded ? 'degraded_performance' : 'major_outage', note),
  };
}

/** Converts an issue with the label `maintenance` and its times to a maintenance window. */
function planWindowIssue(
  placed: PlacedIssue,
  { from, until, body }: Window,
  ids: readonly string[],
  note: Note,
): ImportedWindow {
  const { issue, place } = placed;
  const { closedAt } = issue;
  const all = messagesOf(placed, body);
  const isEarly = closedAt !== null && closedAt < until;
  // Upptime closes an issue some time after its window. The work only continued if people still commented.
  const isLate = closedAt !== null && closedAt - until >= minute && all.some(({ at }) => at >= until && at <= closedAt);
  const end = isEarly || isLate ? closedAt : until;
  const updates = all.map((one): Update<MaintenanceStatus> => {
    const isClosing = isLate && one.at <= end && end - one.at < minute;
    const isOver =
      one.at > end || (one.at === end && !isEarly) || isClosing || (one.at >= until && one.word?.status === 'resolved');
    return { ...one, status: isOver ? 'completed' : one.at >= from ? 'in_progress' : 'scheduled' };
  });
  const isReported = isLate && updates.some(({ at, status }) => status === 'completed' && at <= end);
  if (isEarly || (isLate && !isReported)) {
    const [how, word] = isLate
      ? ['after its window ended', 'Completed.']
      : end < from
        ? ['before its window began', 'Cancelled.']
        : ['before its window ended', 'Completed.'];
    note(`${place}: was closed ${how}; an update that says so was added at ${shortUtc(end)}`);
    const index = updates.findIndex(({ at }, position) => position > 0 && at > end);
    const ending = { at: end, word: null, body: word, place, status: 'completed' } as const;
    updates.splice(index === -1 ? updates.length : index, 0, ending);
  }
  const event = eventOf(placed, updates, ids, 'under_maintenance', note);
  return {
    kind: 'maintenance',
    from,
    until,
    ...event,
    updates: isLate ? extended(event.updates, until, note) : event.updates,
  };
}

/** Labels for the kind of issue, not for a site. */
const kinds = ['status', 'maintenance'];

function siteText(config: UpptimeConfig | null): string {
  const url = siteAddress.safeParse(config?.url ?? '').data;
  if (config === null || config.name === null || url === undefined) {
    throw new UserError(
      "issues alone do not say whose page it is, and there is no site.yml yet. Pass Upptime's configuration with --config .upptimerc.yml, or first run: npx halfpast init",
    );
  }
  return siteFile({ name: nameOf(config.name), url, time_zone: 'UTC' });
}

type Kept = { readonly placed: PlacedIssue; readonly window: Window | null; readonly codes: readonly string[] };

/** An issue's labels for sites: the known ones, or else the one in the title, or else all. */
function siteLabels(
  { issue, place }: PlacedIssue,
  known: ReadonlySet<string>,
  tags: ReadonlySet<string>,
  note: (text: string) => void,
): string[] {
  const others = issue.labels.filter((name) => !kinds.includes(name.toLowerCase()) && !tags.has(name));
  const named = others.filter((name) => known.has(keyOf(name)));
  const about = titleOf(issue.title).site;
  const titled = others.filter((name) => about !== null && keysOf(about).includes(keyOf(name)));
  const chosen = titled.length > 0 ? [...new Set([...named, ...titled])] : named.length > 0 ? named : others;
  if (chosen.length > 1 && titled.length === 0)
    note(`${place}: nothing says which of its labels is the site; all became components: ${chosen.join(', ')}`);
  for (const name of others.filter((one) => !chosen.includes(one)))
    note(`${place}: the label "${name}" is not a site, and was not imported`);
  if (others.length === 0) note(`${place}: names no site, and affects no component`);
  return chosen;
}

/**
 * Plans the import of Upptime's issues into an existing content folder. Pure. Throws UserError if it isn't possible.
 */
export function planUpptime(
  placed: readonly PlacedIssue[],
  config: UpptimeConfig | null,
  tree: ContentTree,
  content: string,
  earlierNotes: readonly string[],
): Plan {
  if (placed.length === 0 && config === null) {
    throw new UserError(
      "the list of issues is empty. Save https://api.github.com/repos/OWNER/NAME/issues?state=all&per_page=100 again, or pass Upptime's configuration with --config .upptimerc.yml",
    );
  }
  const notes = [...earlierNotes];
  const note = (text: string): void => void notes.push(text);
  const isOf = ({ issue }: PlacedIssue, kind: string): boolean =>
    issue.labels.some((name) => name.toLowerCase() === kind);
  // Sites whose title and label appear together. The newest title has the name.
  const titles = new Map(
    placed
      .filter((one) => isOf(one, 'status'))
      .flatMap(({ issue }) => {
        const { site } = titleOf(issue.title);
        const label = issue.labels.map(keyOf).find((key) => site !== null && keysOf(site).includes(key));
        return site === null || label === undefined ? [] : [[label, site] as const];
      }),
  );
  const byName = new Map(
    (config?.sites ?? []).flatMap(({ key, name }) => [
      ...keysOf(name).map((one) => [one, key] as const),
      [key, key] as const,
    ]),
  );
  const codeOf = (label: string): string => byName.get(keyOf(label)) ?? keyOf(label);
  const known = new Set([...byName.keys(), ...(config === null ? titles.keys() : [])]);
  const kept = placed.flatMap((one): Kept[] => {
    const { issue, place } = one;
    const skip = (why: string): Kept[] => (note(`${place}: ${why}, and was not imported`), []);
    if (issue.isPullRequest) return skip('is a pull request');
    if (isOf(one, 'maintenance')) {
      const window = readWindow(issue.body);
      if (typeof window === 'string') return skip(`is maintenance that ${window}`);
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
    note(`"${name}" is no longer a site in the configuration, and became a retired component`);
  return planEvents(
    {
      site: () => siteText(config),
      components: planList({ list: config && listed, used, gone }),
      missing:
        "no issue names a site, and there is no components.yml yet. Pass Upptime's configuration with --config .upptimerc.yml",
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
