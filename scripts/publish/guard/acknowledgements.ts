import { didYouMean } from '../../../src/schema/suggest.ts';
import { quote } from '../../../src/schema/text.ts';
import { type Allowance, allowances, type Finding, trailerName } from './finding.ts';

/** What commit messages allow, and what in them is not understood. */
export type Acknowledgements = {
  readonly allows: (allow: NonNullable<Finding['allow']>) => boolean;
  /** Lines for the person who wrote them. */
  readonly notes: readonly string[];
};

const form = new RegExp(`^\\s*${trailerName}\\s*:(.*)$`, 'gim');

const isAllowance = (word: string): word is Allowance => allowances.some((known) => known === word);

/** People copy paths and file names: `content/incidents/x/y.md` is `x/y`. */
function plainId(id: string): string {
  return id.replace(/^(?:.*\/)?(?:incidents|maintenance)\/(?=.)/, '').replace(/\.md$|\/$/, '');
}

/** Reads lines such as `Halfpast-Allow: remove 2026-11-22-checkout-errors/2026-11-22T1405Z`. */
export function readAcknowledgements(messages: string): Acknowledgements {
  const given = new Set<string>();
  const notes: string[] = [];
  for (const [, said = ''] of messages.matchAll(form)) {
    const [what = '', ...ids] = said.trim().split(/[\s,]+/);
    if (!isAllowance(what)) {
      notes.push(`${trailerName}: ${quote(what)} is not understood. ${didYouMean(what, allowances)}`);
      continue;
    }
    if (ids.length === 0 && what !== 'feed') notes.push(`${trailerName}: ${what} names nothing. Type behind it what it allows`);
    for (const id of what === 'feed' ? [''] : ids) given.add(`${what} ${plainId(id)}`);
  }
  return {
    allows: ({ what, id }) => given.has(`${what} ${plainId(id)}`),
    notes,
  };
}
