import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { largePage } from '../../support/long-history.ts';
import { historyFiles, generatedDump } from '../../tools/generated-history.ts';

/** A state of the site to show, with what it adds to the content it starts from. */
export type Scene = {
  readonly name: string;
  /**
   * Where the content comes from: the included sample, `init`, a generated history of ten years, or sixty components.
   */
  readonly from: 'sample' | 'init' | 'history' | 'sixty';
  /** The time of the build. */
  readonly now: string;
  readonly adds: Readonly<Record<string, string>>;
  /** The pages to take pictures of. */
  readonly pages: readonly string[];
  /** The file in docs/images/ that shows its index, if any. */
  readonly picture?: string;
};

const evening = '2026-11-20T18:40:00Z';

const front = (fields: string, text: string): string => `---\n${fields}\n---\n${text}\n`;

const majorIncident = {
  'incidents/2026-11-20-checkout/2026-11-20T1700Z.md': front(
    'title: Checkout fails for some customers in Europe\nstatus: investigating\ncomponents:\n  checkout: partial_outage\n  card-payments: degraded_performance\ncustomer_data: under_review\nlead: Dana\ncomms: Priya',
    'Some customers in Europe see an error when they place an order. We are looking into it.',
  ),
  'incidents/2026-11-20-checkout/2026-11-20T1734Z.md': front(
    'status: identified\ncomponents:\n  checkout: major_outage\ncustomer_data: unaffected\nremedy: Orders that failed will not be charged. Anyone who was charged twice will get their money back by Monday.',
    'A database behind the checkout ran out of connections. Orders are now failing for everyone. We are moving traffic to a second database, and expect the first orders to go through within the hour.',
  ),
  'incidents/2026-11-20-checkout/2026-11-20T1828Z.md': front(
    'status: identified\nedited: 2026-11-20T18:33Z',
    'Half of all orders are going through again. Please do not try more than once: if you have an order number, your order is safe.',
  ),
};

const runningMaintenance = {
  'maintenance/2026-11-20-webhooks/2026-11-19T0900Z.md': front(
    'title: Webhooks move house\nstatus: scheduled\nscheduled_for: 2026-11-20T18:00Z\nscheduled_until: 2026-11-20T20:00Z\ncomponents:\n  webhooks: under_maintenance',
    'Messages are held back and sent afterwards. None is lost.',
  ),
};

const plannedSearch = {
  'maintenance/2024-12-22-search/2024-12-19T0900Z.md': front(
    'title: Search gets a new index\nstatus: scheduled\nscheduled_for: 2024-12-22T05:00Z\nscheduled_until: 2024-12-22T06:00Z\ncomponents:\n  search: under_maintenance',
    'What was changed on the day is found an hour late.',
  ),
};

const causes = ['change', 'dependency', 'capacity', 'hardware'] as const;

/** A postmortem for every 40th incident of a history, published two hours after it began. */
function postmortemsFor(paths: readonly string[]): readonly (readonly [path: string, text: string])[] {
  const begins = new Map(
    paths.flatMap((path) => {
      const [, slug, at] = /^incidents\/([^/]+)\/(.+)Z\.md$/.exec(path) ?? [];
      return slug === undefined || at === undefined ? [] : [[slug, at.slice(0, 10)] as const];
    }),
  );
  return [...begins]
    .filter((_, nth) => nth % 40 === 0)
    .map(([slug, day], nth) => [
      `postmortems/${slug}.md`,
      front(
        `title: What we learned on ${day}\npublished: ${day}T18:00Z\nauthors: [Dana]\nsummary: A change that was tested with little data met much of it.\ncustomer_data: unaffected\ncause: ${causes[nth % causes.length]}\nlessons:\n  - Test with as much data as there is.\nactions:\n  - what: A copy of the data of a day to test with\n    owner: Samir\n    due: ${day}\n${nth % 3 === 0 ? '' : `    done: ${day}`}`.trimEnd(),
        '## What happened\n\nA change that was tested with little data met much of it.\n\n## What we do about it\n\nWe test with the data of a day.',
      ),
    ]);
}

/** The pages that even an empty site has. */
const always = ['/', '/history/', '/postmortems/', '/subscribe/', '/developers/', '/compose/', '/embed/', '/404.html'];
const ofSample = [
  ...always,
  '/history/2026-11/',
  '/components/checkout/',
  '/incidents/2026-04-21-shop-closed/',
  '/maintenance/2026-12-01-checkout-database/',
  '/postmortems/2026-04-21-shop-closed/',
];

/** The ready-made themes in docs/theming.md. */
const looks = ['night', 'paper'].map((name): Scene => ({
  name,
  from: 'sample',
  now: evening,
  adds: {
    ...majorIncident,
    'theme.css': readFileSync(join(import.meta.dirname, `../../../docs/themes/${name}.css`), 'utf8'),
    'pages/help.md': front(
      'title: Getting help\nnavigation: 1',
      'Write to [our support](mailto:support@example.com). We answer within an hour, day and night.\n\n## By phone\n\n- Europe: +49 30 555 0100\n- America: +1 202 555 0100',
    ),
  },
  pages: ['/', '/help/', '/history/', '/incidents/2026-11-20-checkout/'],
  picture: `theme-${name}.png`,
}));

/** A site in English, German and Arabic, with an incident that's translated except for its newest update. */
const languages: Scene = {
  name: 'languages',
  from: 'sample',
  now: evening,
  adds: {
    ...majorIncident,
    'site.yml': readFileSync(join(import.meta.dirname, '../../../content/site.yml'), 'utf8').replace(
      'locale: en-GB',
      'locales: [en-GB, de, ar]',
    ),
    'incidents/2026-11-20-checkout/2026-11-20T1700Z.de.md': front(
      'title: Bestellungen schlagen bei einigen Kunden in Europa fehl',
      'Einige Kunden in Europa sehen beim Bestellen eine Fehlermeldung. Wir gehen dem nach.',
    ),
    'incidents/2026-11-20-checkout/2026-11-20T1700Z.ar.md': front(
      'title: تعذّر إتمام الطلبات لدى بعض العملاء في أوروبا',
      'يرى بعض العملاء في أوروبا رسالة خطأ عند تقديم الطلب. نحن نبحث في السبب.',
    ),
    'incidents/2026-11-20-checkout/2026-11-20T1734Z.de.md': front(
      'remedy: Fehlgeschlagene Bestellungen werden nicht berechnet. Doppelt abgebuchte Beträge erstatten wir bis Montag.',
      'Einer Datenbank hinter der Kasse gingen die Verbindungen aus. Wir verlagern die Last auf eine zweite Datenbank.',
    ),
    'incidents/2026-11-20-checkout/2026-11-20T1734Z.ar.md': front(
      'remedy: لن تُحتسب الطلبات التي فشلت، وسنعيد المبالغ المخصومة مرتين قبل يوم الاثنين.',
      'نفدت الاتصالات المتاحة في إحدى قواعد البيانات. ننقل الحمل إلى قاعدة بيانات ثانية.',
    ),
  },
  pages: ['de', 'ar'].flatMap((language) =>
    ['', 'incidents/2026-11-20-checkout/', 'history/', 'components/checkout/', 'postmortems/', 'subscribe/'].map(
      (path) => `/${language}/${path}`,
    ),
  ),
};

export const scenes: readonly Scene[] = [
  { name: 'all-well', from: 'sample', now: evening, adds: {}, pages: ofSample },
  {
    name: 'incident',
    from: 'sample',
    now: evening,
    adds: majorIncident,
    pages: [...ofSample, '/incidents/2026-11-20-checkout/'],
    picture: 'incident.png',
  },
  {
    name: 'maintenance',
    from: 'sample',
    now: evening,
    adds: runningMaintenance,
    pages: [...ofSample, '/maintenance/2026-11-20-webhooks/', '/components/webhooks/'],
  },
  { name: 'empty', from: 'init', now: evening, adds: {}, pages: [...always, '/components/website/'] },
  { name: 'sixty-components', from: 'sixty', now: evening, adds: {}, pages: ['/', '/history/', '/subscribe/'] },
  {
    name: 'ten-years',
    from: 'history',
    now: '2024-12-20T18:40:00Z',
    adds: plannedSearch,
    pages: [
      ...always,
      '/history/2024-12/',
      '/components/website/',
      '/incidents/2024-12-20-website-does-not-answer/',
      '/maintenance/2024-12-22-search/',
      '/postmortems/2024-12-20-website-does-not-answer/',
    ],
  },
  ...looks,
  languages,
];

/** Writes the content of a scene into `content`, a folder that doesn't exist yet unless `init` has created it. */
export function writeScene({ from, adds }: Scene, content: string, root: string): void {
  if (from === 'sample') cpSync(join(root, 'content'), content, { recursive: true });
  if (from === 'sixty') largePage(content, 60);
  const files =
    from === 'history'
      ? historyFiles(generatedDump(1120), 1120).map(({ path, text }) => [path.replace(/^content\//, ''), text] as const)
      : [];
  for (const [path, text] of [...files, ...postmortemsFor(files.map(([path]) => path)), ...Object.entries(adds)]) {
    mkdirSync(dirname(join(content, path)), { recursive: true });
    writeFileSync(join(content, path), text);
  }
  // Without a repository, there's no form at /compose/.
  appendFileSync(join(content, 'site.yml'), '\nrepository:\n  github: example/status\n');
}
