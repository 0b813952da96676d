import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planCstate } from '../../../scripts/import/cstate-plan.ts';
import { readDump } from '../../../scripts/import/statuspage-dump.ts';
import { planImport } from '../../../scripts/import/statuspage-plan.ts';
import { planUpptime } from '../../../scripts/import/upptime-plan.ts';
import { readUpptimeConfig, savedIssues } from '../../../scripts/import/upptime-read.ts';
import { isoTime } from '../../../src/lib/domain/calendar.ts';
import { noContent, now, type Reading, readingOf, siteOf } from './imported.ts';

const quiet = (): void => undefined;
const minute = 60_000;
const begin = Date.parse('2024-06-01T00:00:00Z');
const iso = (at: number): string => isoTime(at);
/** The same histories on every run. */
const runs = { seed: 20_250_301, numRuns: 30 };

const states = ['operational', 'degraded_performance', 'partial_outage', 'major_outage'] as const;
const active = fc.constantFrom('investigating', 'identified', 'monitoring');
const status = fc.oneof({ weight: 3, arbitrary: active }, fc.constant('resolved'));
const gap = fc.integer({ min: 1, max: 500 });
const names = ['API', 'Mail', 'Web'] as const;
const page = { name: 'Acme', url: 'https://status.acme.example', time_zone: 'UTC' };

/** Consecutive times, from steps in minutes. */
function times(steps: readonly number[], from: number): number[] {
  let at = from;
  return steps.map((step) => (at += step * minute));
}

/** When an incident was finally resolved, from the times and statuses of its updates. */
function endOf(updates: Reading['updates']): string | null {
  let end: string | null = null;
  for (const [at, said] of updates) end = said === 'resolved' ? (end ?? at) : null;
  return end;
}

describe('Statuspage', () => {
  const affected = fc.option(
    fc.array(fc.record({ name: fc.constantFrom(...names), new_status: fc.constantFrom(...states) }), { maxLength: 3 }),
  );
  const listed = fc.array(fc.record({ name: fc.constantFrom(...names), status: fc.constantFrom(...states) }), {
    maxLength: 3,
  });
  const updates = fc.array(
    fc.record({ gap, status: fc.oneof(status, fc.constant('postmortem')), affected, isDisplayed: fc.boolean() }),
    { minLength: 1, maxLength: 5 },
  );
  const history = fc.array(fc.record({ updates, listed }), { minLength: 1, maxLength: 4 });

  /**
   * Reads updates from oldest to newest. A component stays as the last update set it. The incident's list of components
   * only counts while it's open.
   */
  function naive(incident: {
    incident_updates: {
      status: string;
      display_at: string;
      affected_components: { name: string; new_status: string }[] | null;
    }[];
    components: { name: string; status: string }[];
  }): Reading {
    const ordered = [...incident.incident_updates].reverse();
    const isOver = ['resolved', 'postmortem'].includes(ordered.at(-1)?.status ?? '');
    const worse = (a: string, b: string): boolean =>
      states.indexOf(a as 'operational') > states.indexOf(b as 'operational');
    const ever: Record<string, string> = {};
    for (const update of ordered)
      for (const { name, new_status: to } of update.affected_components ?? []) ever[name] = to;
    let current: Record<string, string> = {};
    const rows = ordered.map((update, index): Reading['updates'][number] => {
      const ends = ['resolved', 'postmortem'].includes(update.status);
      for (const { name, new_status: to } of update.affected_components ?? []) current[name.toLowerCase()] = to;
      for (const { name, status: to } of isOver ? [] : incident.components) {
        const before = ever[name];
        if (before === undefined && index === 0 && worse(to, 'operational')) current[name.toLowerCase()] = to;
        if (before !== undefined && index === ordered.length - 1 && worse(to, before)) current[name.toLowerCase()] = to;
      }
      if (ends) current = {};
      return [new Date(update.display_at).toISOString(), ends ? 'resolved' : update.status, { ...current }];
    });
    return { start: rows[0]?.[0] ?? '', end: endOf(rows), updates: rows };
  }

  it('incidents have the start, end, statuses and components from the dump', () => {
    fc.assert(
      fc.property(history, (events) => {
        const incidents = events.map((event, nth) => {
          const at = times(
            event.updates.map((one) => one.gap),
            begin + nth * 40 * 24 * 60 * minute,
          );
          const unique = [...new Map(event.listed.map((one) => [one.name, one])).values()];
          return {
            id: `i${nth}`,
            name: `Incident ${nth}`,
            impact: 'minor',
            created_at: iso(at[0] ?? 0),
            components: unique.map((one) => ({ id: `code-${one.name}`, ...one })),
            incident_updates: event.updates
              .map((one, index) => ({
                id: `u${nth}-${index}`,
                status: one.status,
                body: `Text ${index}.`,
                created_at: iso((at[index] ?? 0) + (one.isDisplayed ? 5 * minute : 0)),
                display_at: iso(at[index] ?? 0),
                affected_components: one.affected && [
                  ...new Map(one.affected.map((each) => [each.name, { ...each, code: `code-${each.name}` }])).values(),
                ],
              }))
              .reverse(),
          };
        });
        const components = names.map((name) => ({ id: `code-${name}`, name, status: 'operational' }));
        const dump = {
          page: readDump({ page, incidents: [] }, 'incidents', 'i.json', quiet).page,
          incidents: readDump({ incidents }, 'incidents', 'i.json', quiet).incidents,
          maintenances: [],
          components: readDump({ components }, 'components', 'c.json', quiet).components,
        };
        const site = siteOf(planImport(dump, noContent, 'c'));
        const read = new Map(site.incidents.map((incident) => [incident.title, readingOf(incident)]));
        for (const incident of incidents) expect(read.get(incident.name)).toEqual(naive(incident));
      }),
      runs,
    );
  });

  it('windows have the times, statuses and components from the dump, and end when the work did', () => {
    const step = fc.record({ gap, affected: fc.option(fc.array(fc.constantFrom(...names), { maxLength: 3 })) });
    const windows = fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 4 }),
      length: fc.integer({ min: 30, max: 400 }),
      isOver: fc.boolean(),
      listed: fc.subarray([...names]),
    });
    fc.assert(
      fc.property(windows, ({ steps, length, isOver, listed: list }) => {
        const at = times(
          steps.map((one) => one.gap),
          begin,
        );
        const from = (at[0] ?? 0) + 10 * minute;
        const until = from + length * minute;
        const statusAt = (time: number, index: number): string =>
          time < from ? 'scheduled' : isOver && index === steps.length - 1 ? 'completed' : 'in_progress';
        const rows = at.map((time, index) => [time, statusAt(time, index)] as const);
        const maintenance = {
          id: 'm',
          name: 'Work',
          created_at: iso(at[0] ?? 0),
          scheduled_for: iso(from),
          scheduled_until: iso(until),
          components: list.map((name) => ({ id: `code-${name}`, name, status: 'major_outage' })),
          incident_updates: rows
            .map(([time, said], index) => ({
              status: said,
              body: 'Text.',
              created_at: iso(time),
              affected_components:
                steps[index]?.affected?.map((name) => ({
                  code: `code-${name}`,
                  name,
                  new_status: said === 'in_progress' ? 'under_maintenance' : 'operational',
                })) ?? null,
            }))
            .reverse(),
        };
        const dump = { page, scheduled_maintenances: [maintenance] };
        const read = readDump(dump, 'scheduled_maintenances', 'm.json', quiet);
        const { components } = readDump(
          { components: [{ id: 'other', name: 'Other' }] },
          'components',
          'c.json',
          quiet,
        );
        const site = siteOf(
          planImport(
            { page: read.page, incidents: [], maintenances: read.scheduled_maintenances, components },
            noContent,
            'c',
          ),
        );
        const [window] = site.maintenances;
        expect(window?.updates.map(({ record }) => [record.at, record.status])).toEqual(rows);
        const named = new Set([...list, ...steps.flatMap((one) => one.affected ?? [])]);
        expect(window?.components).toEqual(
          Object.fromEntries([...named].map((name) => [name.toLowerCase(), 'under_maintenance'])),
        );
        // The last thing known about the work: when it ended, or that it was still going on.
        const last = rows.at(-1) ?? [0, ''];
        const lateEnd = last[1] === 'completed' && rows.length > 1 && last[0] - until >= minute ? last[0] : null;
        const lateWork = rows.filter(([time, said]) => said === 'in_progress' && time >= until);
        expect(window?.window.from).toBe(from);
        if (lateEnd !== null) expect(window?.window.to).toBe(lateEnd);
        else if (lateWork.length === 0) expect(window?.window.to).toBe(until);
        else expect(window?.window.to).toBeGreaterThan(lateWork.at(-1)?.[0] ?? Infinity);
      }),
      runs,
    );
  });
});

describe('cState', () => {
  const config = {
    path: 'config.yml',
    text: 'title: Acme\nbaseURL: https://status.acme.example\nparams:\n  systems:\n    - name: API\n    - name: Mail\n',
  };
  const effects: Record<string, string> = { down: 'major_outage', disrupted: 'partial_outage', notice: 'operational' };
  const issue = fc.record({
    severity: fc.constantFrom('down', 'disrupted', 'notice'),
    affected: fc.subarray(['API', 'Mail'], { minLength: 1 }),
    steps: fc.array(fc.record({ gap, word: fc.constantFrom('Investigating', 'Identified', 'Monitoring', 'Update') }), {
      maxLength: 4,
    }),
    opening: fc.boolean(),
    /** How the text resolves it: with a track, with a bare word, or not at all. */
    closing: fc.constantFrom('track', 'bare', 'none'),
    isResolved: fc.boolean(),
    isNewestFirst: fc.boolean(),
    length: gap,
  });

  /** Reads paragraphs as updates. Without a track, the first one is at `date`, and the end at `resolvedWhen`. */
  function naive(text: string): Reading {
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
    const [date, over, when] = [field('date'), field('resolved') === 'true', field('resolvedWhen')];
    const paragraphs = (text.split('\n---\n')[1] ?? '').trim().split('\n\n');
    const read = paragraphs.map((paragraph) => ({
      word: /^\*\*(\w+):\*\*/.exec(paragraph)?.[1]?.toLowerCase() ?? '',
      at: /track "(.*?)"/.exec(paragraph)?.[1] ?? null,
    }));
    const ordered = text.includes('newest: true') ? [...read].reverse() : read;
    const components = Object.fromEntries(
      field('affected')
        .slice(1, -1)
        .split(', ')
        .map((name) => [name.toLowerCase(), effects[field('severity')] ?? '']),
    );
    let said = 'investigating';
    const updates = ordered.map(({ word, at }, index): [string, string] => {
      if (word !== '' && word !== 'update') said = word;
      return [at ?? (index === 0 ? date : when), said === 'resolved' && !over ? 'monitoring' : said];
    });
    if (over && updates.at(-1)?.[1] !== 'resolved') updates.push([when, 'resolved']);
    const rows = updates.map(
      ([at, each]) => [new Date(at).toISOString(), each, each === 'resolved' ? {} : components] as const,
    );
    return { start: new Date(date).toISOString(), end: over ? endOf(rows) : null, updates: rows };
  }

  it('issues have the start, end, statuses and systems from their files', () => {
    fc.assert(
      fc.property(issue, (given) => {
        const at = times(
          given.steps.map((one) => one.gap),
          begin,
        );
        const when = (at.at(-1) ?? begin) + given.length * minute;
        const track = (time: number): string => `{{< track "${iso(time)}" >}}`;
        const hasText = given.opening || given.steps.length === 0;
        const paragraphs = [
          ...(hasText
            ? [given.steps.length === 0 ? 'Jobs wait.' : `**Investigating:** Jobs wait. ${track(begin)}`]
            : []),
          ...given.steps.map(({ word }, index) => `**${word}:** Text. ${track(at[index] ?? 0)}`),
          ...(given.closing === 'none'
            ? []
            : [`**Resolved:** Done.${given.closing === 'track' ? ` ${track(when)}` : ''}`]),
        ];
        // Without any track, a text can only be read from top to bottom.
        const isNewestFirst = given.isNewestFirst && given.steps.length > 0;
        const text = [
          '---',
          'title: Jobs are stuck',
          `date: ${iso(begin)}`,
          `severity: ${given.severity}`,
          `affected: [${given.affected.join(', ')}]`,
          `resolved: ${given.isResolved}`,
          `resolvedWhen: ${iso(when)}`,
          ...(isNewestFirst ? ['newest: true'] : []),
          '---',
          (isNewestFirst ? paragraphs.toReversed() : paragraphs).join('\n\n'),
          '',
        ].join('\n');
        // Unless the front matter says that it's resolved, a bare closing word has no time.
        fc.pre(given.isResolved || given.closing !== 'bare');
        const plan = planCstate(
          { config, issues: [{ path: 'a.md', text }], notes: [] },
          { zone: 'UTC', now },
          noContent,
          'c',
        );
        const [incident] = siteOf(plan).incidents;
        if (incident === undefined) throw new Error('not imported');
        expect(readingOf(incident)).toEqual(naive(text));
      }),
      runs,
    );
  });
});

describe('Upptime', () => {
  const config = readUpptimeConfig(
    'owner: acme\nrepo: upptime\nsites:\n  - name: Shop\n  - name: Mail\n',
    '.upptimerc.yml',
    quiet,
  );
  const comment = fc.record({ gap, word: fc.constantFrom('', 'Identified', 'Monitoring', 'Resolved') });
  const incident = fc.record({
    isDegraded: fc.boolean(),
    comments: fc.array(comment, { maxLength: 4 }),
    closedAfter: fc.option(gap),
  });

  /** Reads the issue's text, then its comments. Closing resolves it. Comments alone never leave it resolved. */
  function naive(
    issue: { title: string; created_at: string; closed_at: string | null },
    comments: readonly { body: string; created_at: string }[],
  ): Reading {
    let said = 'investigating';
    const rows: [string, string][] = [[issue.created_at, said]];
    for (const { body, created_at: at } of comments) {
      said = /^\*\*(\w+)\*\*/.exec(body)?.[1]?.toLowerCase() ?? said;
      rows.push([at, said]);
    }
    if (issue.closed_at !== null && said !== 'resolved') rows.push([issue.closed_at, 'resolved']);
    if (issue.closed_at === null)
      for (let index = rows.length - 1; rows[index]?.[1] === 'resolved'; index -= 1)
        (rows[index] ?? [])[1] = 'monitoring';
    const effect = { shop: issue.title.includes('degraded') ? 'degraded_performance' : 'major_outage' };
    let wasResolved = false;
    const updates = rows.map(([at, each]) => {
      wasResolved ||= each === 'resolved';
      return [at, each, wasResolved ? {} : effect] as const;
    });
    return { start: issue.created_at, end: endOf(updates), updates };
  }

  it('issues have the start, end, statuses and sites from GitHub', () => {
    fc.assert(
      fc.property(incident, (given) => {
        const at = times(
          given.comments.map((one) => one.gap),
          begin,
        );
        const closed =
          given.closedAfter === null ? null : iso((at.at(-1) ?? begin) + given.closedAfter * minute + minute);
        const issue = {
          number: 3,
          title: given.isDegraded ? '⚠️ Shop has degraded performance' : '🛑 Shop is down',
          body: 'It fails.',
          state: closed === null ? 'open' : 'closed',
          labels: ['status', { name: 'shop' }],
          created_at: iso(begin),
          closed_at: closed,
        };
        const comments = given.comments.map(({ word }, index) => ({
          id: index,
          issue_url: 'https://api.github.com/repos/acme/upptime/issues/3',
          created_at: iso(at[index] ?? 0),
          body: word === '' ? 'Still at it.' : `**${word}** Text.`,
        }));
        const placed = savedIssues(
          { name: 'issues.json', text: JSON.stringify([issue]) },
          [{ name: 'comments.json', text: JSON.stringify(comments) }],
          quiet,
        );
        const [read] = siteOf(planUpptime(placed, config, noContent, 'c', [])).incidents;
        if (read === undefined) throw new Error('not imported');
        expect(readingOf(read)).toEqual(naive(issue, comments));
      }),
      runs,
    );
  });

  it('windows have the times in the comment, and end when the issue was closed if work continued', () => {
    const window = fc.record({
      lead: gap,
      length: gap,
      comments: fc.array(gap, { maxLength: 3 }),
      closedAfter: fc.option(fc.integer({ min: 2, max: 900 })),
    });
    fc.assert(
      fc.property(window, (given) => {
        const from = begin + given.lead * minute;
        const until = from + given.length * minute;
        const said = times(given.comments, begin);
        const closed = given.closedAfter === null ? null : (said.at(-1) ?? begin) + given.closedAfter * minute;
        const issue = {
          number: 4,
          title: 'New disks',
          body: `\`\`\`\n<!--\nstart: ${iso(from)}\nend: ${iso(until)}\nexpectedDown: shop\n-->\n\`\`\`\nWe change disks.`,
          state: closed === null ? 'open' : 'closed',
          labels: ['maintenance'],
          created_at: iso(begin),
          closed_at: closed === null ? null : iso(closed),
        };
        const comments = said.map((at, id) => ({
          id,
          issue_url: 'https://api.github.com/repos/acme/upptime/issues/4',
          created_at: iso(at),
          body: 'At it.',
        }));
        const placed = savedIssues(
          { name: 'issues.json', text: JSON.stringify([issue]) },
          [{ name: 'comments.json', text: JSON.stringify(comments) }],
          quiet,
        );
        const plan = planUpptime(placed, config, noContent, 'c', []);
        const [read] = siteOf(plan).maintenances;
        const wentOn = closed !== null && closed - until >= minute && said.some((at) => at >= until);
        const end = wentOn ? closed : until;
        expect(read?.window).toEqual({ from, to: end });
        expect(read?.components).toEqual({ shop: 'under_maintenance' });
        if (closed !== null && (closed < until || wentOn)) expect(read?.actual.to).toBe(closed);
        expect(read?.updates[0].record.body.trim()).toBe('We change disks.');
        const statusAt = (at: number): string =>
          at > Math.min(end, closed ?? end) || at === end ? 'completed' : at >= from ? 'in_progress' : 'scheduled';
        for (const at of said)
          expect(read?.updates.find(({ record }) => record.at === at)?.record.status, iso(at)).toBe(statusAt(at));
      }),
      runs,
    );
  });
});
