import { day, isoTime, minute } from '../../src/lib/domain/calendar.ts';
import { write } from './folders.ts';

/** The build time of the long history. */
export const longHistoryNow = '2026-11-20T18:40:00Z';

const groups: Readonly<Record<string, readonly string[]>> = {
  Shop: ['Website', 'Search', 'Accounts', 'Mobile app'],
  Payments: ['Checkout', 'Card payments', 'Bank transfers', 'Payouts'],
  Partners: ['Seller portal', 'Partner API', 'Webhooks', 'Reports'],
};
const names = Object.values(groups).flat();
const idOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-');
const nameAt = (index: number): string => names[index % names.length] ?? '';
const fileOf = (at: number): string => `${isoTime(at).slice(0, 16).replace(':', '')}Z.md`;
const states = ['degraded_performance', 'partial_outage', 'degraded_performance', 'major_outage'] as const;

function incident(content: string, at: number, nth: number): void {
  const [first, second] = [nameAt(nth * 5), nameAt(nth * 7 + 3)];
  const touched = [...new Set([first, second])]
    .map((name) => `  ${idOf(name)}: ${states[nth % states.length]}\n`)
    .join('');
  const folder = `incidents/${isoTime(at).slice(0, 10)}-${idOf(first)}-${nth}`;
  write(
    content,
    `${folder}/${fileOf(at)}`,
    `---\ntitle: ${first} answers slowly or not at all (${nth})\nstatus: investigating\ncustomer_data: under_review\ncomponents:\n${touched}---\nSome requests fail or take long. We are looking into it and will tell you more.\n`,
  );
  write(
    content,
    `${folder}/${fileOf(at + 25 * minute)}`,
    '---\nstatus: identified\ncustomer_data: unaffected\n---\nA server was overloaded. We are moving the load elsewhere.\n',
  );
  write(
    content,
    `${folder}/${fileOf(at + 80 * minute)}`,
    '---\nstatus: resolved\n---\nAll requests go through again. We are sorry for the trouble.\n',
  );
}

/**
 * Ten years of a page with twelve components: an incident every three days recently, and one a month before that. One
 * major incident is open, with twelve updates. That's more than most pages ever have.
 */
export function longHistory(content: string): void {
  write(
    content,
    'site.yml',
    'name: Example\nurl: https://status.example.com\ntime_zone: Europe/Berlin\naccent: "#1f6f5c"\nlogo: logo.svg\n',
  );
  write(
    content,
    'logo.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><style>path{fill:#1f6f5c}</style><path d="M2 2h36v16H2z"/></svg>\n',
  );
  const listed = Object.entries(groups).map(([group, members]) => {
    const lines = members.map(
      (name) =>
        `      - id: ${idOf(name)}\n        name: ${name}\n        description: What customers know as ${name} and use every day\n`,
    );
    return `  - name: ${group}\n    components:\n${lines.join('')}`;
  });
  write(content, 'components.yml', `groups:\n${listed.join('')}`);
  const newest = Date.parse('2026-11-19T10:00Z');
  for (let nth = 0; nth < 32; nth += 1) incident(content, newest - nth * 3 * day, nth);
  for (let nth = 32; nth < 150; nth += 1) incident(content, newest - (96 + (nth - 32) * 30) * day, nth);
  const open = 'incidents/2026-11-20-checkout';
  const began = Date.parse('2026-11-20T13:00Z');
  write(
    content,
    `${open}/${fileOf(began)}`,
    `---
title: Checkout fails for some customers in Europe
status: investigating
components:
  checkout: major_outage
  card-payments: degraded_performance
customer_data: under_review
remedy: Orders that failed are not charged. Whoever was charged twice gets the money back by Monday.
---
Some customers in Europe see an error when they place an order. We are looking into it.
`,
  );
  for (let nth = 1; nth <= 11; nth += 1) {
    write(
      content,
      `${open}/${fileOf(began + nth * 30 * minute)}`,
      `---\nstatus: identified\ncustomer_data: unaffected\n---\nStep ${nth} of our way back is done: ${nth * 8} of a hundred orders go through again. Please do not try more than once; every order that shows a number is safe with us.\n`,
    );
  }
  write(
    content,
    'maintenance/2026-12-01-database/2026-11-19T1000Z.md',
    '---\ntitle: Database upgrade\nstatus: scheduled\nscheduled_for: 2026-12-01T22:00Z\nscheduled_until: 2026-12-02T00:00Z\ncomponents:\n  checkout: under_maintenance\n---\nOrders cannot be placed for about forty minutes of this window.\n',
  );
  write(
    content,
    'postmortems/2026-11-19-website-0.md',
    `---\ntitle: Why the website was slow\npublished: 2026-11-20T09:00Z\nauthors: [Dana]\nsummary: A server was overloaded for an hour.\ncustomer_data: unaffected\nlessons:\n  - Watch the load of each server, not of all\nactions:\n  - what: Alert on the load of one server\n    owner: Priya\n    due: 2026-12-01\n---\n${'We did not see that one server took all the load, since we watched only their sum. '.repeat(40)}\n`,
  );
}

const cities = [
  ...[
    'Amsterdam',
    'Ashburn',
    'Bangalore',
    'Bogota',
    'Chicago',
    'Dallas',
    'Dublin',
    'Frankfurt',
    'Hong Kong',
    'Jakarta',
  ],
  ...[
    'Johannesburg',
    'London',
    'Los Angeles',
    'Madrid',
    'Mexico City',
    'Milan',
    'Mumbai',
    'New York',
    'Osaka',
    'Paris',
  ],
  ...['Santiago', 'Seoul', 'Singapore', 'Stockholm', 'Sydney', 'Taipei', 'Tokyo', 'Toronto', 'Warsaw', 'Zurich'],
];
const services = [
  ...[
    'API',
    'Backups',
    'Billing',
    'Block storage',
    'Build servers',
    'Certificates',
    'Console',
    'Containers',
    'Databases',
  ],
  ...[
    'DNS',
    'Email',
    'Firewalls',
    'Functions',
    'Identity',
    'Images',
    'Key management',
    'Load balancers',
    'Logs',
    'Metrics',
  ],
  ...[
    'Mobile push',
    'Object storage',
    'Private network',
    'Queues',
    'Registry',
    'Search',
    'Secrets',
    'Snapshots',
    'Streams',
  ],
  ...[
    'Support chat',
    'Traces',
    'Transit',
    'Tunnels',
    'Uploads',
    'Video',
    'Virtual machines',
    'Volumes',
    'VPN',
    'Webhooks',
  ],
  ...['Website', 'Workflows'],
];

/**
 * A page with many components, one group per city. In the last 90 days, 40 incidents affected up to eight components
 * each, and four affected up to 40 in a row. One is open.
 */
export function largePage(content: string, components: number): void {
  const all = Array.from({ length: components }, (_, nth) => {
    const name = `${cities[Math.floor(nth / services.length)] ?? ''} ${services[nth % services.length] ?? ''}`;
    return { name, id: idOf(name) };
  });
  write(content, 'site.yml', 'name: Example\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n');
  const groups = cities.flatMap((city, nth) => {
    const members = all.slice(nth * services.length, (nth + 1) * services.length);
    const lines = members.map(({ id, name }) => `      - { id: ${id}, name: ${name} }\n`);
    return members.length === 0 ? [] : [`  - name: ${city}\n    components:\n${lines.join('')}`];
  });
  write(content, 'components.yml', `groups:\n${groups.join('')}`);
  for (let nth = 0; nth < 44; nth += 1) {
    const at = Date.parse('2026-11-20T13:07Z') - nth * 2 * day;
    const first = (nth * 37) % components;
    const touched =
      nth % 11 === 3 ? all.slice(first, first + services.length) : all.filter((_, n) => (n - first) % 61 === 0);
    const lines = touched
      .slice(0, nth % 11 === 3 ? 40 : 8)
      .map(({ id }) => `  ${id}: ${states[nth % states.length]}\n`);
    const folder = `incidents/${isoTime(at).slice(0, 10)}-large-${nth}`;
    const name = all[first]?.name ?? '';
    write(
      content,
      `${folder}/${fileOf(at)}`,
      `---\ntitle: ${name} answers slowly or not at all\nstatus: investigating\ncustomer_data: under_review\ncomponents:\n${lines.join('')}---\nSome requests fail or take long. We are looking into it and will tell you more.\n`,
    );
    if (nth > 0)
      write(
        content,
        `${folder}/${fileOf(at + (20 + nth * 3) * minute)}`,
        '---\nstatus: resolved\ncustomer_data: unaffected\n---\nAll requests go through again.\n',
      );
  }
}
