import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow, hashes, temporaryFolder } from '../support/folders.ts';
import { halfpast, succeed } from '../support/halfpast.ts';
import { historyData, historyFlags } from './data.ts';

type Update = { readonly body: string; readonly display_at: string };
type Entry = { readonly id: string; readonly incident_updates: readonly Update[] };

it('four years of a real page are imported with nothing dropped, merged or changed', async () => {
  const folder = temporaryFolder();
  const content = join(folder, 'content');
  const flags = historyFlags();
  const report: unknown = JSON.parse(await succeed(['import', 'statuspage', ...flags, '--content', content, '--json']));
  expect(report).toMatchObject({
    incidents: 450,
    incident_updates: 2104,
    maintenances: 21,
    kept: [],
    not_in_source: [],
    notes: [],
    remarks: [
      expect.stringMatching(/^450 incidents, 21 maintenance windows: created_at /),
      expect.stringMatching(/^37 incidents: components that no update mentions were not imported/),
    ],
  });

  const { incidents } = JSON.parse(readFileSync(historyData('github-incidents-2020-2024.json'), 'utf8')) as {
    incidents: Entry[];
  };
  const { scheduled_maintenances: windows } = JSON.parse(
    readFileSync(historyData('github-scheduled-maintenances-2020-2024.json'), 'utf8'),
  ) as { scheduled_maintenances: Entry[] };
  const written = filesBelow(content).filter((path) => path.endsWith('.md'));
  // Each update by its time to the millisecond and its text: from the dump and from the written files.
  const said = [...incidents, ...windows].flatMap(({ incident_updates: updates }) =>
    updates.map(({ body, display_at: at }) => `${new Date(at).toISOString()} ${body.replaceAll('\r\n', '\n').trim()}`),
  );
  const stands = written.map((path) => {
    const [, date, hours, minutes, seconds = '00', fraction = '.000'] =
      /(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)?(\.\d+)?Z\.md$/.exec(path) ?? [];
    const text = readFileSync(join(content, path), 'utf8');
    return `${date}T${hours}:${minutes}:${seconds}${fraction}Z ${text.slice(text.indexOf('\n---\n') + 5).trim()}`;
  });
  expect(stands.sort()).toEqual(said.sort());
  expect(new Set(written.map((path) => path.split('/').slice(0, 2).join('/'))).size).toBe(450 + 21);

  for (const now of [[], ['--now', '2024-12-31T00:00:00Z']]) {
    expect(await halfpast(['check', '--content', content, ...now])).toEqual({
      code: 0,
      stdout: '450 incidents, 21 maintenance windows, 0 postmortems: no problems\n',
      stderr: '',
    });
  }

  const before = hashes(content);
  expect(await succeed(['import', 'statuspage', ...flags, '--content', content])).toContain('0 files written');
  expect(hashes(content)).toEqual(before);
});
