import { day, minute } from '../../../src/domain/instant.ts';
import { type Choice, pick } from '../mutation.ts';
import { file, type Tree } from '../tree.ts';
import type { Edit } from './history.ts';
import { textOf } from './incident-edits.ts';

const path = 'site.yml';

/** Sets a field of one line of `site.yml`. */
const setting =
  (name: string, valueOf: (choice: Choice) => string): Edit =>
  ({ tree }, choice) => {
    const kept = textOf(tree, path).replace(new RegExp(`^${name}:.*\\n(?:[ -].*\\n)*`, 'm'), '');
    tree.set(path, file(`${kept.trimEnd()}\n${name}: ${valueOf(choice)}\n`));
    return true;
  };

/** The moments at which a page may say something else though nobody wrote anything, as far as files name them. */
function moments(tree: Tree): number[] {
  return [...tree.keys()].flatMap((one) =>
    [...textOf(tree, one).matchAll(/^scheduled_(?:for|until): (\S+)$/gm)].map(([, time = '']) => Date.parse(time)),
  );
}

const boundary: Edit = (moment, { a, b }) => {
  const next = moments(moment.tree)
    .filter((at) => at >= moment.now && at < moment.now + 9 * day)
    .sort((one, other) => one - other);
  if (next.length === 0) return false;
  const at = pick(next, a) + pick([-minute, -1, 0, 1, minute], b);
  if (at <= moment.now) return false;
  moment.now = at;
  return true;
};

export const siteEdits: Readonly<Record<string, Edit>> = {
  'rename the site': setting('name', ({ a }) => `Site ${a % 100}`),
  'another time zone': setting('time_zone', ({ a }) =>
    pick(
      ['Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York', 'Etc/UTC', 'Pacific/Auckland', 'Asia/Kolkata'],
      a,
    ),
  ),
  'another locale': setting('locale', ({ a }) => pick(['en-GB', 'de-DE', 'en-US', 'fr-FR'], a)),
  'another accent': setting('accent', ({ a }) => pick(['"#1f6f5c"', '"#a00"', '"#123456"'], a)),
  'other links': setting('links', ({ a }) => `[{ label: Help ${a % 10}, url: https://www.example.com/help/${a % 7} }]`),
  'another address': setting('url', ({ a }) =>
    pick(['https://status.example.com', 'https://www.example.com/status', 'https://www.githubstatus.com'], a),
  ),
  'another cadence': setting(
    'cadence',
    ({ a }) => `{ check_in: 15m, update: ${pick(['at :00', 'at :45', '20m', '1h'], a)} }`,
  ),
  'other goals': setting('priorities', ({ a }) => `[Be kind ${a % 10}, Tell customers]`),
  'show people or not': setting('show_people', ({ a }) =>
    pick(['yes', 'no'], a).replace('yes', 'true').replace('no', 'false'),
  ),
  'another promise of postmortems': setting('postmortem_within', ({ a }) => `${1 + (a % 20)}d`),
  'another template': ({ tree }, { a }) => (
    tree.set(
      'templates/looking.md',
      file(`---\nstatus: investigating\nlabel: We look ${a % 100}\n---\nSome requests fail.\n`),
    ),
    true
  ),
};

export const clockEdits: Readonly<Record<string, Edit>> = {
  'the clock goes on': (moment, { a, b }) => (
    (moment.now += pick([1, 7, 31, 90, 1440, 3000], b) * minute + (a % minute)),
    true
  ),
  'the clock comes to a window': boundary,
};
