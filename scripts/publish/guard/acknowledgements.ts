import { didYouMean } from '../../../src/schema/suggest.ts';
import { quote } from '../../../src/schema/text.ts';
import { type Allowance, allowances, type Finding, trailerName } from './finding.ts';

/** A message, and the short id of its commit; null for a text that was given by hand. */
export type Message = { readonly commit: string | null; readonly text: string };

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
export function readAcknowledgements(messages: readonly Message[]): Acknowledgements {
  const given = new Set<string>();
  const notes: string[] = [];
  const lines = messages.flatMap(({ commit, text }) => [...text.matchAll(form)].map(([, said = '']) => ({ by: commit === null ? '' : `commit ${commit}: `, said })));
  for (const { by, said } of lines) {
    const [what = '', ...ids] = said.trim().split(/[\s,]+/);
    if (!isAllowance(what)) {
      notes.push(`${by}${trailerName}: ${quote(what)} is not understood. ${didYouMean(what, allowances)}`);
      continue;
    }
    if (ids.length === 0 && what !== 'feed') notes.push(`${by}${trailerName}: ${what} names nothing. Type behind it what it allows`);
    for (const id of what === 'feed' ? [''] : ids) given.add(`${what} ${plainId(id)}`);
  }
  return {
    allows: ({ what, id }) => given.has(`${what} ${plainId(id)}`),
    notes,
  };
}
