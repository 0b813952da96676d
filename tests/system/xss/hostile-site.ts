import { blocks, lines } from './payloads.ts';

/** The files of a content folder, by path. */
export type Files = ReadonlyMap<string, string>;

/** The time of the build. */
export const hostileNow = '2026-11-20T18:40:00Z';

const quoted = (text: string): string => JSON.stringify(text);
const hour = 3_600_000;
/** The name of an update this many hours before the build. */
const hoursAgo = (hours: number): string =>
  new Date(Date.parse(hostileNow) - hours * hour).toISOString().slice(0, 16).replace(':', '') + 'Z';
/** A placeholder for payloads that `check` refuses. */
const harmless = 'a';

/** Each incident, maintenance and postmortem gets one payload, in all of its fields. */
const payloads = [...lines, ...blocks];

/** On every page: some of each kind, in one line. */
const some = lines.filter((_, index) => index % 18 === 0);

// Each message begins with a word, since `check` refuses one that shows nothing, along with its payload.
type Put = (payload: string) => string;

function componentsFile(put: Put): string {
  const component = (payload: string, index: number): string =>
    `    - id: part-${index}\n      name: ${quoted(put(payload))}\n      description: ${quoted(put(payload))}\n`;
  return `groups:\n- name: ${quoted(put(some.join(' ')))}\n  components:\n${lines.map(component).join('')}`;
}

function siteFile(put: Put): string {
  return `name: ${quoted(put(some.join(' ')))}
url: https://status.example.com
time_zone: Europe/Berlin
show_people: true
priorities:
${some.map((payload) => `  - ${quoted(put(payload))}\n`).join('')}links:
${some.map((payload) => `  - label: ${quoted(put(payload))}\n    url: ${quoted(put(`https://a.example/${encodeURI(payload)}`))}\n`).join('')}`;
}

const line = (payload: string): string => payload.replaceAll(/\s+/g, ' ');

function incidentFile(payload: string, index: number, first: boolean, put: Put): string {
  return `---
title: ${quoted(put(`${first ? '' : 'b '}${line(payload)}`))}
status: ${first || index < 8 ? 'investigating' : 'resolved'}
impact: minor
${first || index < 8 ? `components:\n  part-${index % lines.length}: partial_outage\nnext_update: none\n` : ''}lead: ${quoted(put(line(payload)))}
comms: ${quoted(put(line(payload)))}
remedy: ${quoted(put(line(payload)))}
---
Seen.

${put(payload)}
`;
}

function maintenanceFile(payload: string, index: number, put: Put): string {
  const from = new Date(Date.parse(hostileNow) + (index + 1) * hour).toISOString();
  const until = new Date(Date.parse(hostileNow) + (index + 2) * hour).toISOString();
  return `---
title: ${quoted(put(line(payload)))}
status: scheduled
scheduled_for: ${from}
scheduled_until: ${until}
---
Seen.

${put(payload)}
`;
}

function postmortemFile(payload: string, put: Put): string {
  const text = quoted(put(line(payload)));
  return `---
title: ${text}
published: ${hostileNow}
authors:
  - ${text}
summary: ${text}
customer_data: unaffected
remedy: ${text}
lessons:
  - ${text}
actions:
  - what: ${text}
    owner: ${text}
    due: 2026-12-24
---
Seen.

${put(payload)}
`;
}

/** The files of a content folder with every payload in every text field. `refused` files get harmless text instead. */
export function hostileSite(refused: ReadonlySet<string>): Files {
  const putIn =
    (file: string): Put =>
    (payload) =>
      refused.has(file) ? harmless : payload;
  const files = new Map<string, string>();
  files.set('site.yml', siteFile(putIn('site.yml')));
  files.set('components.yml', componentsFile(putIn('components.yml')));
  payloads.forEach((payload, index) => {
    const slug = `payload-${index}`;
    const add = (file: string, make: (put: Put) => string): void => void files.set(file, make(putIn(file)));
    add(`incidents/${slug}/${hoursAgo(2 * index + 2)}.md`, (put) => incidentFile(payload, index, true, put));
    add(`incidents/${slug}/${hoursAgo(2 * index + 1)}.md`, (put) => incidentFile(payload, index, false, put));
    add(`maintenance/${slug}/${hoursAgo(2 * index + 2)}.md`, (put) => maintenanceFile(payload, index, put));
    add(`postmortems/${slug}.md`, (put) => postmortemFile(payload, put));
  });
  return files;
}

/** The number of payloads, and the number of fields they're put in. */
export function hostileCount(): { readonly payloads: number; readonly fields: number } {
  let fields = 0;
  const count: Put = (payload) => (fields++, payload);
  siteFile(count);
  componentsFile(count);
  payloads.forEach((payload, index) => {
    incidentFile(payload, index, true, count);
    incidentFile(payload, index, false, count);
    maintenanceFile(payload, index, count);
    postmortemFile(payload, count);
  });
  return { payloads: payloads.length, fields };
}
