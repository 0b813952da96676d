import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, hashes } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';
import { call } from '../scripts/call.ts';
import { historyData } from './data.ts';

/** cState's own example site, read manually: the expected result for each of its files. */
const example = historyData('cstate-example');

type Expected = { readonly folder: string; readonly updates: readonly string[]; readonly notes: readonly string[] };

const expected: Readonly<Record<string, Expected>> = {
  '2018-01-17-sending-dms-impacted.md': {
    folder: '2017-12-17-issues-sending-dms',
    updates: ['2017-12-17T1624Z investigating api: partial_outage', '2017-12-19T1658Z resolved'],
    notes: [],
  },
  '2018-04-13-unavailable-guilds-connection-issues.md': {
    folder: '2018-04-13-unavailable-guilds-connection-issues',
    updates: [
      '2018-04-13T1554Z investigating api: major_outage, media-proxy: major_outage',
      '2018-04-13T1650Z monitoring',
      '2018-04-13T1730Z resolved',
      '2018-04-13T173000.001Z resolved',
    ],
    notes: ['12: has no time, and now follows the update before it, at 2018-04-13T17:30:00.001Z'],
  },
  '2018-05-25-us-east-conn-issues.md': {
    folder: '2018-05-25-us-east-connection-issues',
    updates: [
      '2018-05-25T0413Z investigating api: major_outage, media-proxy: major_outage',
      '2018-05-25T0440Z monitoring',
      '2018-05-25T0554Z resolved',
    ],
    notes: [
      '5: date 2018-04-25T04:13Z and resolvedWhen 2018-04-25T04:13:59Z are before the first update, 2018-05-25T04:13Z; the times of the updates were kept',
    ],
  },
  '2019-10-08-testing-new-pipeline.md': {
    folder: '2019-10-05-new-pipeline-rollout',
    updates: ['2019-10-05T1624Z investigating api: partial_outage', '2019-10-05T1658Z resolved'],
    notes: ['5: is resolved without an update that says so; one was added at 2019-10-05T16:58Z'],
  },
  '2023-04-16-formatting-testing.md': {
    folder: '2023-04-16-formatting-testing',
    updates: ['2023-04-16T1834Z resolved'],
    notes: ['5: is informational, and became a resolved incident without impact'],
  },
  '2024-02-24-maintenance-window.md': {
    folder: '2024-02-24-maintenance-announcement',
    updates: ['2024-02-24T1035Z investigating api: operational', '2024-02-24T1135Z resolved'],
    notes: [
      '8: is a notice, and became an incident without impact; cState has no maintenance windows',
      '5: names API, which stays operational',
      '4: is resolved without an update that says so; one was added at 2024-02-24T11:35Z',
    ],
  },
  '2024-05-23-planning-meeting.md': {
    folder: '2024-02-24-cstate-v6-planning-meeting',
    updates: ['2024-02-24T1035Z resolved'],
    notes: ['4: is informational, and became a resolved incident without impact'],
  },
  '2024-07-23-excitement.md': {
    folder: '2024-07-23-exciting-downtime',
    updates: [
      '2024-07-23T1035Z investigating api: major_outage',
      '2024-07-23T103500.001Z investigating',
      '2024-07-23T1038Z resolved',
    ],
    notes: [
      ...[13, 17, 22].map(
        (line) =>
          `${line}: track "2024-02-24 10:35:00" is long before the date of the issue, 2024-07-23T10:35Z, and was ignored`,
      ),
      '17: has no time, and now follows the update before it, at 2024-07-23T10:35:00.001Z',
    ],
  },
  '2024-12-24-cstate-showdown.md': {
    folder: '2024-12-24-cstate-v6-showdown',
    updates: ['2024-12-24T1035Z investigating api: partial_outage', '2024-12-24T1335Z resolved'],
    notes: ['4: is resolved without an update that says so; one was added at 2024-12-24T13:35Z'],
  },
  // The only one that is still open.
  '2024-12-27-dns-resolution-api.md': {
    folder: '2024-12-27-api-dns-resolution-error',
    updates: ['2024-12-27T094340.482Z investigating api: major_outage', '2024-12-27T094400.481Z investigating'],
    notes: ['7: automated: true was not imported', '8: id: "dns-resolution-api" was not imported'],
  },
  'i-testing-cstate-functions.md': {
    folder: '2019-10-04-testing-new-cstate-features',
    updates: ['2019-10-04T1805Z resolved'],
    notes: ['4: is informational, and became a resolved incident without impact'],
  },
};

/** The words of a text, without the shortcode and the surrounding punctuation. */
const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/\{\{<\s*track[^>]*>\}\}/g, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}’']+/gu) ?? [];

/** The words that remain after removing those of the other text, each as often as it occurs there. */
function missing(from: readonly string[], among: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const word of among) left.set(word, (left.get(word) ?? 0) + 1);
  return from.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}

const summaryOf = (path: string, text: string): string => {
  const name = /[^/]+(?=\.md$)/.exec(path)?.[0] ?? '';
  const status = /^status: (.*)$/m.exec(text)?.[1] ?? '';
  const components = [...(/^components:\n((?: {2}.*\n)+)/m.exec(text)?.[1]?.matchAll(/^ {2}(.*)$/gm) ?? [])].map(
    ([, line]) => line,
  );
  return [name, status, components.join(', ')].filter((part) => part !== '').join(' ');
};

describe("cState's example site", () => {
  let content = '';
  let notes: readonly string[] = [];

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halfpast-'));
    content = join(folder, 'content');
    const { code, stdout, stderr } = await call(['import', 'cstate', example, '--content', content, '--json'], root);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    notes = (JSON.parse(stdout) as { notes: string[] }).notes;
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it('has all its files imported or reported', () => {
    expect(readdirSync(example).filter((name) => name.endsWith('.md'))).toEqual(Object.keys(expected));
    expect(new Set(filesBelow(join(content, 'incidents')).map((path) => path.split('/')[0]))).toEqual(
      new Set(Object.values(expected).map(({ folder }) => folder)),
    );
  });

  it.each(Object.entries(expected))(
    '%s: its folder, its updates with time and status, its notes, and every word',
    (file, { folder, updates, notes: told }) => {
      const paths = filesBelow(join(content, 'incidents', folder));
      const texts = paths.map((path) => readFileSync(join(content, 'incidents', folder, path), 'utf8'));
      // Names sort by character: a whole minute sorts after its own milliseconds.
      const inOrder = paths
        .map((path, index) => summaryOf(path, texts[index] ?? ''))
        .sort((a, b) => (a.replace(/(T\d{4})Z/, '$100.000Z') < b.replace(/(T\d{4})Z/, '$100.000Z') ? -1 : 1));
      expect(inOrder).toEqual(updates);
      expect(texts.filter((text) => text.includes(`source: cstate:${file.replace(/\.md$/, '')}\n`))).toHaveLength(1);
      expect(notes.filter((note) => note.startsWith(`${file}:`)).map((note) => note.slice(file.length + 1))).toEqual(
        told,
      );
      const body = /^---\n[^]*?\n---\n([^]*)$/.exec(readFileSync(join(example, file), 'utf8'))?.[1] ?? '';
      expect(wordsOf(body).length).toBeGreaterThan(5);
      expect(missing(wordsOf(body), wordsOf(texts.join('\n')))).toEqual([]);
    },
  );

  it('has its systems in their groups, and a line for each setting that was not imported', () => {
    expect(
      readFileSync(join(content, 'components.yml'), 'utf8')
        .match(/^ *(?:- )?(?:id|- name|name): .*$/gm)
        ?.map((line) => line.trim()),
    ).toEqual([
      '- id: website',
      'name: Website',
      '- id: api',
      'name: API',
      '- id: media-proxy',
      'name: Media Proxy',
      '- name: North Coast',
      '- id: gateway',
      'name: Gateway',
      '- id: backup-gateway',
      'name: Backup Gateway',
    ]);
    expect(notes.filter((note) => note.startsWith('config.yml:')).map((note) => note.slice(0, 60).trimEnd())).toEqual([
      'config.yml:146: category "North Coast": its description was',
      'config.yml:146: category "North Coast": its setting "closed"',
      'config.yml:166: system "Website": its link was not imported:',
      'config.yml:166: system "Website" had no histogram; to hide i',
      'config.yml:319: the description of the page was not imported',
      'config.yml:121: design settings were not imported: enableUpt',
      'config.yml:1: settings of Hugo were not imported: buildfutur',
    ]);
    expect(notes.at(-1)).toBe(
      '22 times without an offset were read as UTC. If they are local, import into a new folder with --time-zone, such as --time-zone Europe/Berlin',
    );
  });

  it('passes check, and a second run changes no bytes', async () => {
    expect((await call(['check', '--content', content], root)).stdout).toBe(
      '11 incidents, 0 maintenance windows, 0 postmortems: no problems\n',
    );
    const before = hashes(content);
    expect((await call(['import', 'cstate', example, '--content', content], root)).stdout).toContain('0 files written');
    expect(hashes(content)).toEqual(before);
  });
});
