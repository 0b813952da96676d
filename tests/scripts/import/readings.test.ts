import { describe, expect, it } from 'vitest';
import { planCstate } from '../../../scripts/import/cstate-plan.ts';
import { readDump } from '../../../scripts/import/statuspage-dump.ts';
import { planImport } from '../../../scripts/import/statuspage-plan.ts';
import { planUpptime } from '../../../scripts/import/upptime-plan.ts';
import { readUpptimeConfig, savedIssues } from '../../../scripts/import/upptime-read.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import type { Plan } from '../../../scripts/import/plan.ts';
import { noContent, now, siteOf } from './imported.ts';

/** Each update of the only incident as its time, status, components and text. */
function linesOf(plan: Plan): string[] {
  const [incident] = siteOf(plan).incidents;
  return (incident?.updates ?? []).map(({ record, components }) => {
    const states = Object.entries(components).map(([id, status]) => ` ${id}=${status}`);
    return `${shortUtc(record.at).slice(5)} ${record.status}${states.join('')}: ${record.body.trim().replaceAll('\n', ' ')}`;
  });
}

describe('cState', () => {
  const config = {
    path: 'config.yml',
    text: 'title: Acme\nbaseURL: https://status.acme.example\nparams:\n  systems:\n    - name: API\n',
  };
  const plan = (fields: string, body: string, zone = 'UTC'): Plan => {
    const text = `---\ntitle: Stuck\nseverity: down\naffected: [API]\n${fields}\n---\n${body}\n`;
    return planCstate({ config, issues: [{ path: 'a.md', text }], notes: [] }, { zone, now }, noContent, 'c');
  };
  const over = 'date: 2025-01-02T19:00:00Z\nresolved: true\nresolvedWhen: 2025-01-03T09:10:00Z';
  const begins = '01-02T19:00Z investigating api=major_outage:';
  const track = (time: string): string => `{{< track "2025-01-${time}:00Z" >}}`;

  it.each([
    ['a closing word', 'Jobs wait.\n\n**Resolved:** Done.', ['Jobs wait.', '01-03T09:10Z resolved: Done.']],
    [
      'a closing word with a track',
      `Jobs wait.\n\nSorry.\n\n**Resolved:** Done. ${track('03T08:00')}`,
      ['Jobs wait.  Sorry.', '01-03T08:00Z resolved: Done.'],
    ],
    [
      'a closing word and thanks',
      `Jobs wait.\n\n**Resolved:** Done. ${track('03T08:00')}\n\n**Update:** Thanks. ${track('03T09:00')}`,
      ['Jobs wait.', '01-03T08:00Z resolved: Done.', '01-03T09:00Z resolved: **Update:** Thanks.'],
    ],
    ['nothing but a closing word', '**Resolved:** Done.', ['Investigating.', '01-03T09:10Z resolved: Done.']],
    [
      'nothing but a closing word with a track',
      `**Fixed** - Done. ${track('03T08:00')}`,
      ['Investigating.', '01-03T08:00Z resolved: **Fixed** - Done.'],
    ],
    [
      'an update before the closing word',
      `**Update:** Jobs wait. ${track('02T19:00')}\n\n**Resolved:** Done.`,
      ['**Update:** Jobs wait.', '01-03T09:10Z resolved: Done.'],
    ],
    [
      'a postmortem first',
      `**Post-mortem:** A cable.\n\n**Resolved:** Done.\n\n**Investigating:** Jobs wait.`,
      ['Jobs wait.', '01-03T09:10Z resolved: Done.', '01-03T09:10:00.001Z resolved: **Post-mortem:** A cable.'],
    ],
  ])('an issue with %s begins at its date, and ends when it says', (_, body, [first = '', ...rest]) => {
    expect(linesOf(plan(over, body))).toEqual([`${begins} ${first}`, ...rest]);
  });

  it('takes an issue that was over at once as it is', () => {
    expect(linesOf(plan('date: 2025-01-02T19:00:00Z\nresolved: true', '**Resolved:** Done.'))).toEqual([
      '01-02T19:00Z resolved: Done.',
    ]);
  });

  it.each([
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00Z'],
    ['2024-04-26', 'Africa/Cairo', '2024-04-25T22:00Z'],
    ['2022-03-27', 'Asia/Beirut', '2022-03-26T22:00Z'],
    ['2024-03-10', 'America/Havana', '2024-03-10T05:00Z'],
    ['2024-11-03', 'America/Havana', '2024-11-03T04:00Z'],
  ])('the day %s in %s begins at its first minute', (date, zone, at) => {
    const [incident] = siteOf(plan(`date: ${date}\nresolved: false`, 'Jobs wait.', zone)).incidents;
    expect(shortUtc(incident?.startedAt ?? 0)).toBe(at);
  });

  it.each([
    ['2018-11-04 00:30:00', 'America/Sao_Paulo'],
    ['2024-03-31 02:30', 'Europe/Berlin'],
    ['2011-12-30', 'Pacific/Apia'],
  ])('%s in %s was skipped, and the error says so', (date, zone) => {
    expect(() => plan(`date: ${date}\nresolved: false`, 'Jobs wait.', zone)).toThrow(
      `a.md:5 date: "${date}" was skipped in ${zone}, where clocks were put forward. Write it with an offset, like 2018-04-13T15:54:00Z`,
    );
  });

  it('notes a track that was skipped', () => {
    const { notes } = plan(
      'date: 2024-03-31 01:00\nresolved: false',
      'Jobs wait. {{< track "2024-03-31 02:30" >}}',
      'Europe/Berlin',
    );
    expect(notes).toContain(
      'a.md:8: track "2024-03-31 02:30" was skipped in Europe/Berlin, where clocks were put forward, and was ignored',
    );
  });

  it.each([
    ['de', "The page's own words are in English"],
    ['pt-BR', "The page's own words are in English"],
  ])('never advises a locale that check rejects: %s', (language, advice) => {
    const text = `languageCode: ${language}\n${config.text}`;
    const issues = [{ path: 'a.md', text: '---\ntitle: x\ndate: 2025-01-01\nresolved: false\n---\nx\n' }];
    const { notes } = planCstate(
      { config: { ...config, text }, issues, notes: [] },
      { zone: 'UTC', now },
      noContent,
      'c',
    );
    expect(notes).toContain(`config.yml:1: the page's language, ${language}, was not imported. ${advice}`);
  });

  it('keeps braces in code as they are', () => {
    const body = 'Set it:\n\n    host: {{ name }}\n\nor {{ this }}.';
    expect(plan('date: 2025-01-02\nresolved: false', body).files.at(-1)?.text).toContain(
      'Set it:\n\n    host: {{ name }}\n\nor \\{\\{ this }}.',
    );
  });
});

describe('Statuspage', () => {
  const api = { id: 'c1', name: 'API' };
  type Affected = { readonly code?: string; readonly name?: string; readonly new_status?: string };
  const update = (at: string, status: string, affected: readonly Affected[] | null = null) => ({
    status,
    body: 'Text.',
    created_at: `2025-01-${at}:00Z`,
    affected_components: affected,
  });
  const set = (status: string): Affected[] => [{ code: 'c1', name: 'API', new_status: status }];
  const plan = (updates: readonly unknown[], listed: string): Plan => {
    const incident = {
      id: 'i',
      name: 'Slow',
      impact: 'minor',
      components: [{ ...api, status: listed }],
      incident_updates: updates,
    };
    const page = { name: 'Acme', url: 'https://status.acme.example', time_zone: 'UTC' };
    const notes: string[] = [];
    const note = (text: string): void => void notes.push(text);
    const { incidents } = readDump(JSON.stringify({ incidents: [incident] }), 'incidents', 'f', note);
    return planImport({ page, incidents, maintenances: [], components: [{ ...api }] }, noContent, 'c', notes);
  };

  it('an image whose address is unknown becomes a link, in Markdown and in HTML', () => {
    const body = 'See ![The chart](chart.png) and <img alt="r" src="/rel.png">.';
    expect(linesOf(plan([{ ...update('02T10:00', 'investigating'), body }], 'operational'))).toEqual([
      '01-02T10:00Z investigating: See [The chart](chart.png) and <a href="/rel.png">/rel.png</a>.',
    ]);
  });

  it.each([
    [
      'over, worse today',
      [
        update('02T20:00', 'resolved', set('operational')),
        update('02T10:00', 'investigating', set('degraded_performance')),
      ],
      'major_outage',
      ['01-02T10:00Z investigating api=degraded_performance: Text.', '01-02T20:00Z resolved: Text.'],
    ],
    [
      'over, and not mentioned',
      [update('02T20:00', 'resolved'), update('02T10:00', 'investigating')],
      'major_outage',
      ['01-02T10:00Z investigating: Text.', '01-02T20:00Z resolved: Text.'],
    ],
    [
      'over with a postmortem',
      [update('03T20:00', 'postmortem'), update('02T20:00', 'resolved'), update('02T10:00', 'investigating')],
      'partial_outage',
      ['01-02T10:00Z investigating: Text.', '01-02T20:00Z resolved: Text.', '01-03T20:00Z resolved: Text.'],
    ],
    [
      'open, and not mentioned',
      [update('02T11:00', 'identified'), update('02T10:00', 'investigating')],
      'major_outage',
      ['01-02T10:00Z investigating api=major_outage: Text.', '01-02T11:00Z identified api=major_outage: Text.'],
    ],
    [
      'open, worse today',
      [update('02T11:00', 'identified'), update('02T10:00', 'investigating', set('degraded_performance'))],
      'major_outage',
      ['01-02T10:00Z investigating api=degraded_performance: Text.', '01-02T11:00Z identified api=major_outage: Text.'],
    ],
    [
      'open, better today',
      [update('02T10:00', 'investigating', set('major_outage'))],
      'operational',
      ['01-02T10:00Z investigating api=major_outage: Text.'],
    ],
    [
      'open during maintenance',
      [update('02T10:00', 'investigating')],
      'under_maintenance',
      ['01-02T10:00Z investigating: Text.'],
    ],
    [
      'reopened',
      [update('02T12:00', 'investigating'), update('02T11:00', 'resolved'), update('02T10:00', 'investigating')],
      'major_outage',
      [
        '01-02T10:00Z investigating api=major_outage: Text.',
        '01-02T11:00Z resolved: Text.',
        '01-02T12:00Z investigating: Text.',
      ],
    ],
  ])('an incident that is %s has the components of its time', (_, updates, listed, lines) => {
    expect(linesOf(plan(updates, listed))).toEqual(lines);
  });

  it.each([
    [{ name: 'No components were affected by this update.' }, 'code: is missing. affected_components.0'],
    [{ code: '', name: 'API', new_status: 'major_outage' }, 'code: is blank. affected_components.0'],
    [
      { code: 'c1', name: 'API' },
      'new_status: is missing. Use one of: operational, under_maintenance, degraded_performance, partial_outage, major_outage. affected_components.0',
    ],
    [
      { code: 'c1', name: 'API', new_status: 'down' },
      'new_status: "down" is not a component status. Use one of: operational, under_maintenance, degraded_performance, partial_outage, major_outage. affected_components.0',
    ],
  ])('leaves out and reports the entry %j', (entry, why) => {
    const { notes, counts } = plan([update('02T10:00', 'investigating', [entry])], 'operational');
    expect(counts.incident_updates).toBe(1);
    expect(notes).toEqual([`f: incidents.0.incident_updates.0.affected_components.0.${why} was not imported`]);
  });

  it('reports what is odd in the same way once, with how many there are', () => {
    const entry = { name: 'No components were affected by this update.' };
    const { notes } = plan(
      ['02T10:00', '02T11:00', '02T12:00'].map((at) => update(at, 'investigating', [entry])),
      'operational',
    );
    expect(notes).toEqual([expect.stringMatching(/ affected_components\.0 was not imported \(3 in all\)$/)]);
  });
});

describe('Upptime', () => {
  const config = readUpptimeConfig('owner: a\nrepo: b\nsites:\n  - name: Shop\n', '.upptimerc.yml', () => undefined);
  const comment = '<!-- start: 2025-01-02T10:00:00Z end: 2025-01-02T11:00:00Z expectedDown: shop -->';
  const plan = (body: string): Plan => {
    const issue = {
      number: 1,
      title: 'Work',
      body,
      state: 'open',
      labels: ['maintenance'],
      created_at: '2025-01-01T00:00:00Z',
    };
    return planUpptime(
      savedIssues({ name: 'i', text: JSON.stringify([issue]) }, [], () => undefined),
      config,
      noContent,
      'c',
      [],
    );
  };

  it.each([
    [`${comment}\n\nNew disks.`, 'New disks.'],
    [`\`\`\`\n${comment}\n\`\`\`\n\nNew disks.`, 'New disks.'],
    [`New disks.\n\n\`\`\`md\n${comment}\n\`\`\``, 'New disks.'],
    [`~~~~\n${comment}\n~~~~\nNew disks.`, 'New disks.'],
    [`${comment}\nNew disks:\n\n\`\`\`\nsda\n\`\`\``, 'New disks:\n\n```\nsda\n```'],
  ])('no empty code block is left of the comment: %j', (body, text) => {
    expect(siteOf(plan(body)).maintenances[0]?.updates[0].record.body.trim()).toBe(text);
  });
});

it('no importer writes when something was posted', () => {
  // Only Halfpast's own commands know that. With it, feeds would take an imported history for news.
  const issue = { path: 'a.md', text: '---\ntitle: x\ndate: 2020-01-01\nresolved: false\n---\nx\n' };
  const { files } = planCstate(
    {
      config: {
        path: 'config.yml',
        text: 'title: A\nbaseURL: https://a.example\nparams:\n  systems:\n    - name: API\n',
      },
      issues: [issue],
      notes: [],
    },
    { zone: 'UTC', now },
    noContent,
    'c',
  );
  expect(files.map(({ text }) => text).join('\n')).not.toContain('posted:');
});

it('a folder without files is free to use', () => {
  const config = {
    path: 'config.yml',
    text: 'title: A\nbaseURL: https://a.example\nparams:\n  systems:\n    - name: API\n',
  };
  const issues = [{ path: 'a.md', text: '---\ntitle: x\ndate: 2020-01-01\nresolved: false\n---\nx\n' }];
  const left = { ...noContent, folders: ['incidents', 'incidents/2020-01-01-x'] };
  const { files } = planCstate({ config, issues, notes: [] }, { zone: 'UTC', now }, left, 'c');
  expect(files.at(-1)?.path).toBe('incidents/2020-01-01-x/2020-01-01T0000Z.md');
});
