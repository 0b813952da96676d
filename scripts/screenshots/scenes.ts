import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { historyFiles } from '../bench/history.ts';
import { inventedDump } from '../bench/invented.ts';

/** What a page may have to show: the names of the scenes and what each adds to the content it begins with. */
export type Scene = {
  readonly name: string;
  /** Where the content comes from: the included sample, `init`, or an invented history of ten years. */
  readonly from: 'sample' | 'init' | 'history';
  /** The moment at which it is looked at. */
  readonly now: string;
  readonly adds: Readonly<Record<string, string>>;
  /** Pages to look at. */
  readonly pages: readonly string[];
};

const evening = '2026-11-20T18:40:00Z';

const front = (fields: string, text: string): string => `---\n${fields}\n---\n${text}\n`;

const majorIncident = {
  'incidents/2026-11-20-checkout/2026-11-20T1700Z.md': front(
    'title: Checkout fails for some customers in Europe\nstatus: investigating\ncomponents:\n  checkout: partial_outage\n  card-payments: degraded_performance\ncustomer_data: under_review\nlead: Dana\ncomms: Priya',
    'Some customers in Europe see an error when they place an order. We are looking into it.',
  ),
  'incidents/2026-11-20-checkout/2026-11-20T1734Z.md': front(
    'status: identified\ncomponents:\n  checkout: major_outage\ncustomer_data: unaffected\nremedy: Orders that failed are not charged. Whoever was charged twice gets the money back by Monday.',
    'A database behind the checkout ran out of connections. Orders fail for everybody now. We are moving the load to a second database and expect the first orders to go through within the hour.',
  ),
  'incidents/2026-11-20-checkout/2026-11-20T1828Z.md': front(
    'status: identified\nedited: 2026-11-20T18:33Z',
    'Half of the orders go through again. Please do not try more than once: every order that shows a number is safe with us.',
  ),
};

const runningMaintenance = {
  'maintenance/2026-11-20-webhooks/2026-11-19T0900Z.md': front(
    'title: Webhooks move house\nstatus: scheduled\nscheduled_for: 2026-11-20T18:00Z\nscheduled_until: 2026-11-20T20:00Z\ncomponents:\n  webhooks: under_maintenance',
    'Messages are held back and sent afterwards. None is lost.',
  ),
};

const everyType = ['/', '/history/', '/history/2026-11/', '/components/checkout/', '/incidents/2026-04-21-shop-closed/', '/maintenance/2026-12-01-checkout-database/', '/postmortems/', '/postmortems/2026-04-21-shop-closed/', '/subscribe/', '/embed/', '/404.html'];

export const scenes: readonly Scene[] = [
  { name: 'all-well', from: 'sample', now: evening, adds: {}, pages: everyType },
  { name: 'incident', from: 'sample', now: evening, adds: majorIncident, pages: ['/', '/incidents/2026-11-20-checkout/', '/components/checkout/', '/history/2026-11/', '/embed/'] },
  { name: 'maintenance', from: 'sample', now: evening, adds: runningMaintenance, pages: ['/', '/maintenance/2026-11-20-webhooks/', '/components/webhooks/'] },
  { name: 'empty', from: 'init', now: evening, adds: {}, pages: ['/', '/history/', '/postmortems/', '/subscribe/', '/components/website/'] },
  { name: 'ten-years', from: 'history', now: '2024-12-20T18:40:00Z', adds: {}, pages: ['/', '/history/', '/history/2024-12/', '/components/website/'] },
];

/** Writes the content of a scene into `content`, a folder that is not there yet; all but that of `init`, a command. */
export function writeScene({ from, adds }: Scene, content: string, root: string): void {
  if (from === 'sample') cpSync(join(root, 'content'), content, { recursive: true });
  const files = from === 'history' ? historyFiles(inventedDump(1120), 1120).map(({ path, text }) => [path.replace(/^content\//, ''), text] as const) : [];
  for (const [path, text] of [...files, ...Object.entries(adds)]) {
    mkdirSync(dirname(join(content, path)), { recursive: true });
    writeFileSync(join(content, path), text);
  }
}
