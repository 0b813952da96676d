import { isoTime, minute } from '../../../../src/lib/domain/calendar.ts';
import { updateName } from '../../../../src/lib/content/update-name.ts';

/** A content folder in memory: text by path. */
export type Files = ReadonlyMap<string, string>;

/** A push: a description, and the content after it. */
export type Push = { readonly what: string; readonly files: Files; readonly now: number };

/** Rolls an integer from 0 to less than `below`. The sequence is the same in each run. */
export type Dice = (below: number) => number;

/** mulberry32 */
export function dice(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const pick = <T>(roll: Dice, from: readonly T[]): T => {
  const picked = from[roll(from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
};

export const start = Date.parse('2026-11-22T15:00:00Z');
const hour = 60 * minute;

const words = 'payments some orders fail in we look into it again slow search works'.split(' ');
const sentence = (roll: Dice): string => `${Array.from({ length: 5 + roll(20) }, () => pick(roll, words)).join(' ')}.`;

function incident(roll: Dice, number: number, at: number, updates: number): [string, string][] {
  const slug = `${isoTime(at).slice(0, 10)}-trouble-${number}`;
  return Array.from({ length: updates }, (_, index) => {
    const time = at + index * (20 + roll(30)) * minute;
    const last = index === updates - 1 && number % 4 !== 0;
    const status = last ? 'resolved' : pick(roll, ['investigating', 'identified', 'monitoring']);
    const first =
      index === 0
        ? `title: Trouble ${number}\nimpact: minor\ncustomer_data: under_review\ncomponents:\n  ${pick(roll, ['website', 'checkout'])}: partial_outage\n`
        : '';
    return [
      `incidents/${slug}/${updateName(time)}.md`,
      `---\nstatus: ${index === 0 ? 'investigating' : status}\n${first}---\n${sentence(roll)}\n`,
    ];
  });
}

/**
 * The content of a site with a history of up to two years, different for each seed. In a `full` one, the feed has
 * pushed out updates, and an old incident is still open.
 */
export function history(roll: Dice, full = false): Files {
  const files = new Map<string, string>([
    ['site.yml', 'name: Example\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n'],
    [
      'components.yml',
      'components:\n  - id: website\n    name: Website\n  - id: checkout\n    name: Checkout\n  - id: api\n    name: API\n  - id: fax\n    name: Fax\n    retired: true\n',
    ],
    [
      'maintenance/2026-12-01-upgrade/2026-11-21T0900Z.md',
      '---\ntitle: Upgrade\nstatus: scheduled\nscheduled_for: 2026-12-01T22:00Z\nscheduled_until: 2026-12-02T00:00Z\n---\nOrders cannot be changed.\n',
    ],
  ]);
  const amount = 4 + roll(8);
  for (let number = 1; number <= amount; number += 1) {
    const at = start - 24 * hour - number * (3 + roll(60)) * 24 * hour - roll(600) * minute;
    for (const [path, text] of incident(roll, number, at, 2 + roll(5))) files.set(path, text);
  }
  if (full) {
    for (const [path, text] of incident(roll, 4, start - 700 * 24 * hour, 2)) files.set(path, text);
    for (let number = 21; number < 60; number += 1)
      if (number % 4 !== 0)
        for (const [path, text] of incident(roll, number, start - number * 24 * hour, 4)) files.set(path, text);
  }
  const [some] = [...files.keys()].filter((path) => path.startsWith('incidents/'));
  const slug = some?.split('/')[1] ?? '';
  files.set(
    `postmortems/${slug}.md`,
    '---\ntitle: What happened\npublished: 2026-11-22T14:00Z\nnotify: true\nauthors: [Dana]\nsummary: It failed.\ncustomer_data: under_review\n---\nA long account of what happened.\n',
  );
  return files;
}

const updates = (files: Files): string[] =>
  [...files.keys()].filter((path) => /^(?:incidents|maintenance)\//.test(path));
const incidents = (files: Files): string[] => [
  ...new Set(
    [...files.keys()]
      .filter((path) => path.startsWith('incidents/'))
      .map((path) => path.split('/').slice(0, 2).join('/')),
  ),
];

function changed(files: Files, path: string, change: (text: string) => string): Files {
  const before = files.get(path) ?? '';
  const after = change(before);
  if (after === before) throw new Error(`${path} was not changed`);
  return new Map([...files, [path, after]]);
}

function moved(files: Files, rename: (path: string) => string): Files {
  return new Map([...files].map(([path, text]) => [rename(path), text]));
}

const without = (files: Files, isGone: (path: string) => boolean): Files =>
  new Map([...files].filter(([path]) => !isGone(path)));

const inBody = (text: string, change: (body: string) => string): string =>
  text.replace(/(\n---\n)([\s\S]*)$/, (_, fence: string, body: string) => `${fence}${change(body)}`);

type Kind = (files: Files, roll: Dice) => { readonly what: string; readonly files: Files; readonly later?: number };

const bad: readonly Kind[] = [
  (files, roll) => {
    const path = pick(roll, updates(files));
    return { what: `${path} removed`, files: without(files, (other) => other === path) };
  },
  (files, roll) => {
    const folder = pick(roll, incidents(files));
    return {
      what: `${folder} removed`,
      files: without(files, (path) => path.startsWith(`${folder}/`) || path === `postmortems/${folder.slice(10)}.md`),
    };
  },
  (files, roll) => {
    const folder = pick(roll, incidents(files));
    return {
      what: `${folder} renamed`,
      files: moved(files, (path) =>
        path
          .replace(folder, `${folder}-2`)
          .replace(`postmortems/${folder.slice(10)}.md`, `postmortems/${folder.slice(10)}-2.md`),
      ),
    };
  },
  (files, roll) => {
    const path = pick(roll, updates(files));
    return {
      what: `${path} reworded`,
      files: changed(files, path, (text) =>
        inBody(text, (body) => body.replace(/\S+/, pick(roll, ['Perhaps', 'Never', 'Everything']))),
      ),
    };
  },
  (files, roll) => {
    const path = pick(roll, updates(files));
    const by = (1 + roll(3)) * minute;
    const later = path.replace(
      /[^/]+\.md$/,
      (name) => `${updateName(Date.parse(name.replace(/^(.*T\d\d)(\d\d)(\d\d)?Z\.md$/, '$1:$2Z')) + by)}.md`,
    );
    return { what: `${path} retimed`, files: moved(files, (other) => (other === path ? later : other)) };
  },
  (files, roll) => {
    const path = pick(roll, updates(files));
    return {
      what: `${path} emptied`,
      files: changed(files, path, (text) => pick(roll, ['', inBody(text, () => ''), '---\n---\n'])),
    };
  },
  (files, roll) => {
    const path = pick(roll, updates(files));
    return {
      what: `${path} truncated`,
      files: changed(files, path, (text) => text.slice(0, roll(text.trimEnd().length - 1))),
    };
  },
  (files, roll) => {
    const path = pick(
      roll,
      updates(files)
        .filter((other) => /status: (?:identified|monitoring)/.test(files.get(other) ?? ''))
        .concat(updates(files)[0] ?? ''),
    );
    return {
      what: `${path} with another status`,
      files: changed(files, path, (text) =>
        text.replace(/status: \w+/, (said) =>
          said.endsWith('investigating') ? 'status: identified' : 'status: investigating',
        ),
      ),
    };
  },
  (files) => ({
    what: 'all incidents removed',
    files: without(files, (path) => /^(?:incidents|postmortems)\//.test(path)),
  }),
  (files, roll) => {
    const folder = pick(roll, incidents(files));
    const first =
      updates(files)
        .filter((path) => path.startsWith(`${folder}/`))
        .sort()[0] ?? '';
    return {
      what: `${first} with another name`,
      files: changed(files, first, (text) => text.replace('title: Trouble', 'title: Bother')),
    };
  },
  ...(
    [
      ['a component removed', '  - id: api\n    name: API\n'],
      ['a retired component removed', '  - id: fax\n    name: Fax\n    retired: true\n'],
    ] as const
  ).map(([what, lines]): Kind => (files) => ({
    what,
    files: changed(files, 'components.yml', (text) => text.replace(lines, '')),
  })),
  (files) => ({
    what: 'another address',
    files: changed(files, 'site.yml', (text) => text.replace('status.example.com', 'example.com/status')),
  }),
  (files) => ({
    what: 'the postmortem made a draft',
    files: changed(files, [...files.keys()].find((path) => path.startsWith('postmortems/')) ?? '', (text) =>
      text.replace('title:', 'draft: true\ntitle:'),
    ),
  }),
  ...(
    [
      ['announced no longer', 'notify: true\n', ''],
      ['with another summary', 'summary: It failed.', 'summary: It worked.'],
      ['with another time', 'published: 2026-11-22T14:00Z', 'published: 2026-11-22T14:01Z'],
    ] as const
  ).map(([what, before, after]): Kind => (files) => {
    const path = [...files.keys()].find((other) => other.startsWith('postmortems/')) ?? '';
    return { what: `${path} ${what}`, files: changed(files, path, (text) => text.replace(before, after)) };
  }),
  (files) => ({
    what: 'the window moved by an edit',
    files: changed(files, 'maintenance/2026-12-01-upgrade/2026-11-21T0900Z.md', (text) =>
      text.replace('T22:00Z', 'T21:00Z'),
    ),
  }),
  ...(
    [
      ['another status', (text) => text.replace(/status: \w+/, 'status: monitoring')],
      ['another impact', (text) => text.replace('impact: minor', 'impact: major')],
      ['another component status', (text) => text.replace('partial_outage', 'major_outage')],
      ['another verdict on customer data', (text) => text.replace('under_review', 'unaffected')],
      ['another time of its beginning', (text) => text.replace('impact:', 'started: 2025-01-01T00:00Z\nimpact:')],
      ['another time of its next update', (text) => text.replace('impact:', 'next_update: 2027-01-01T00:00Z\nimpact:')],
    ] satisfies readonly (readonly [string, (text: string) => string])[]
  ).map(([what, change]): Kind => (files, roll) => {
    const folder = pick(roll, incidents(files));
    const path = updates(files).find((other) => other.startsWith(`${folder}/`)) ?? '';
    return { what: `${path} marked as edited, with ${what}`, files: marked(changed(files, path, change), path) };
  }),
];

const marked = (files: Files, path: string): Files =>
  changed(files, path, (text) => text.replace('status:', 'edited: 2026-11-22T14:59Z\nstatus:'));

const good: readonly Kind[] = [
  (files, roll) => {
    const path = pick(roll, updates(files));
    const reworded = changed(files, path, (text) => inBody(text, (body) => `${sentence(roll)} ${body}`));
    return { what: `${path} reworded and marked as edited`, files: marked(reworded, path) };
  },
  (files, roll) => {
    const folder = pick(roll, incidents(files));
    const path = updates(files).find((other) => other.startsWith(`${folder}/`)) ?? '';
    const renamed = changed(files, path, (text) => text.replace('title: Trouble', 'title: Bother'));
    return { what: `${path} with another title and marked as edited`, files: marked(renamed, path) };
  },
  (files, roll) => {
    const path = pick(roll, updates(files));
    return { what: `${path} marked as edited`, files: marked(files, path) };
  },
  (files, roll) => {
    const folder = pick(roll, incidents(files));
    const path = `${folder}/${updateName(start + roll(50) * minute)}.md`;
    const status = pick(roll, ['investigating', 'identified', 'monitoring', 'resolved']);
    return {
      what: `${path} added`,
      files: new Map([...files, [path, `---\nstatus: ${status}\n---\n${sentence(roll)}\n`]]),
      later: hour,
    };
  },
  (files, roll) => {
    const added = incident(roll, 90, start, 1 + roll(2));
    return { what: 'an incident added', files: new Map([...files, ...added]), later: 2 * hour };
  },
  (files, roll) => {
    const path = 'maintenance/2026-12-01-upgrade/2026-11-22T1500Z.md';
    return {
      what: 'a window moved by an update',
      files: new Map([
        ...files,
        [path, `---\nstatus: scheduled\nscheduled_until: 2026-12-02T01:00Z\n---\n${sentence(roll)}\n`],
      ]),
    };
  },
  (files, roll) => ({ what: 'time passes', files, later: roll(400) * 24 * hour }),
  (files) => ({
    what: 'a component added and another renamed',
    files: changed(
      files,
      'components.yml',
      (text) => `${text.replace('name: API', 'name: Interface')}  - id: app\n    name: App\n`,
    ),
  }),
  (files) => ({
    what: 'a component retired',
    files: changed(files, 'components.yml', (text) => text.replace('name: API', 'name: API\n    retired: true')),
  }),
  (files) => ({
    what: 'another name and colour',
    files: changed(files, 'site.yml', (text) => `${text.replace('Example', 'Exemplary')}accent: "#1f6f5c"\n`),
  }),
  (files, roll) => {
    const path = pick(
      roll,
      incidents(files).flatMap((folder) => updates(files).filter((other) => other.startsWith(`${folder}/`))),
    );
    return {
      what: `${path} says who leads`,
      files: changed(files, path, (text) => text.replace('status:', 'lead: Dana\ncomms: Priya\nstatus:')),
    };
  },
  (files, roll) => {
    const path = pick(roll, updates(files));
    return { what: `${path} with white space`, files: changed(files, path, (text) => `${text}\n\n`) };
  },
  (files) => ({
    what: 'a longer postmortem',
    files: changed(
      files,
      [...files.keys()].find((path) => path.startsWith('postmortems/')) ?? '',
      (text) => `${text}\n## Lessons\n\nMore.\n`,
    ),
  }),
  (files) => {
    const slug = incidents(files)[1]?.slice(10) ?? '';
    return {
      what: 'a postmortem added',
      files: new Map([
        ...files,
        [
          `postmortems/${slug}.md`,
          '---\ntitle: More\npublished: 2026-11-22T14:30Z\nnotify: true\nauthors: [Dana]\nsummary: It failed.\ncustomer_data: under_review\n---\nText.\n',
        ],
      ]),
    };
  },
];

function pushOf(kinds: readonly Kind[], seed: number): { readonly before: Files; readonly push: Push } {
  const roll = dice(seed);
  const before = history(roll, seed >= kinds.length);
  const kind = kinds[seed % kinds.length];
  if (kind === undefined) throw new Error('no such kind');
  const { what, files, later = minute } = kind(before, roll);
  return { before, push: { what, files, now: start + later } };
}

export const badKinds = bad.length;
export const goodKinds = good.length;

/** A push that must be refused. Consecutive seeds go through all kinds. */
export const badPush = (seed: number) => pushOf(bad, seed);

/** A push that must go through. Consecutive seeds go through all kinds. */
export const goodPush = (seed: number) => pushOf(good, seed);
