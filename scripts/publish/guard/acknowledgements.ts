import { didYouMean, quote, suggest } from '../../../src/lib/schema/text.ts';
import type { Message } from '../../github/git.ts';
import type { LiveUpdate } from '../../live/snapshot.ts';

/** The changes that a commit message can allow. */
const allowances = ['remove', 'edit', 'remove-component', 'shrink', 'feed', 'restore', 'uncompared'] as const;
type Allowance = (typeof allowances)[number];

/** The allowances that have no name. */
const isNameless = (what: Allowance): boolean => what === 'feed' || what === 'uncompared';

/** A change that a line in a commit message allows. */
export type Allow = { readonly what: Allowance; readonly id: string };

const trailerName = 'Halfpast-Allow';

/** The line for the commit message, such as `Halfpast-Allow: edit 2026-11-22-checkout-errors/2026-11-22T1405Z`. */
export function trailer({ what, id }: Allow): string {
  return `${trailerName}: ${what}${id === '' ? '' : ` ${id}`}`;
}

/** The name of an update in these lines. */
export const updateId = ({ slug, update }: LiveUpdate): string => `${slug}/${update}`;

/** The line that publishes updates again after a person rolled them back. */
export const restoreTrailer = (updates: readonly LiveUpdate[]): string =>
  trailer({ what: 'restore', id: updates.map(updateId).join(' ') });

/** What commit messages allow, and which of their lines aren't understood. */
export type Acknowledgements = {
  readonly allows: (allow: Allow) => boolean;
  /** Notes for the author of the commit. */
  readonly notes: readonly string[];
  /** Notes about names that aren't in `found`. Each may have meant one of `refused`. */
  readonly strays: (found: readonly Allow[], refused: readonly Allow[]) => readonly string[];
};

const form = new RegExp(`^\\s*${trailerName}\\s*:(.*)$`, 'gim');

const isAllowance = (word: string): word is Allowance => allowances.some((known) => known === word);

/** People copy paths, so that `content/incidents/x/y.md` means `x/y`, and add quotes and punctuation. */
function plainId(id: string): string {
  const bare = id.replace(/^["'`<(]+/, '').replace(/["'`>).,;:!]+$/, '');
  return bare
    .replace(/^(?:.*\/)?(?:(?:incidents|maintenance)\/(?=.)|(?=(?:postmortems|announcements)\/))/, '')
    .replace(/\.md$|(?<=.)\/$/, '');
}

/** One line, with the commit as a prefix for notes. */
type Given = { readonly by: string; readonly what: Allowance; readonly ids: readonly string[] };

/** Notes about words that look like a mistyped name. Words such as `and` and `because` don't. */
function strayNotes({ by, what, ids }: Given, found: readonly Allow[], refused: readonly Allow[]): string[] {
  const known = new Set(found.filter((allow) => allow.what === what).map(({ id }) => plainId(id)));
  const meant = (id: string): string | null => {
    const same = refused.find((allow) => plainId(allow.id) === id);
    if (same !== undefined) return `${same.what} ${same.id}`;
    const near = suggest(
      id,
      refused.map((allow) => plainId(allow.id)).filter((other) => !['', '/'].includes(other)),
    );
    const allow = refused.find((other) => near !== null && plainId(other.id) === near);
    return allow === undefined ? null : `${allow.what} ${allow.id}`;
  };
  const isNamed = ids.some((id) => known.has(id));
  return ids
    .filter((id) => !known.has(id))
    .flatMap((id, index) => {
      const near = meant(id);
      if (near !== null)
        return [`${by}${trailerName}: ${what} ${id} matches no refusal. Did you mean ${trailerName}: ${near}`];
      return index === 0 && !isNamed ? [`${by}${trailerName}: ${what} ${id} matches no refusal`] : [];
    });
}

/** Reads lines such as `Halfpast-Allow: remove 2026-11-22-checkout-errors/2026-11-22T1405Z`. */
export function readAcknowledgements(messages: readonly Message[]): Acknowledgements {
  const given: Given[] = [];
  const notes: string[] = [];
  const lines = messages.flatMap(({ commit, text }) =>
    [...text.matchAll(form)].map(([, request = '']) => ({ by: commit === null ? '' : `commit ${commit}: `, request })),
  );
  for (const { by, request } of lines) {
    const [first = '', ...ids] = request.trim().split(/[\s,]+/);
    const what = first.replace(/[.;:!]+$/, '');
    if (!isAllowance(what)) {
      notes.push(`${by}${trailerName}: ${quote(what)} is not understood. ${didYouMean(what, allowances)}`);
      continue;
    }
    if (ids.length === 0 && !isNameless(what))
      notes.push(`${by}${trailerName}: ${what} has no name. Add what it allows`);
    given.push({ by, what, ids: isNameless(what) ? [''] : ids.map(plainId) });
  }
  return {
    allows: ({ what, id }) => given.some((one) => one.what === what && one.ids.includes(plainId(id))),
    notes,
    strays: (found, refused) => given.flatMap((one) => (isNameless(one.what) ? [] : strayNotes(one, found, refused))),
  };
}
