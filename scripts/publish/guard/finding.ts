/** The words that a commit uses to allow what the guard would refuse. */
export const allowances = ['remove', 'edit', 'remove-component', 'shrink', 'feed'] as const;
export type Allowance = (typeof allowances)[number];

/** Something about to go live that would take back or rewrite what is live. */
export type Finding = {
  /** What happened, without the file and without what to type. */
  readonly what: string;
  /** The content file behind it, relative to the content folder; null when there is none. */
  readonly file: string | null;
  /** What in a commit message allows it; null when nothing does. */
  readonly allow: { readonly what: Allowance; readonly id: string } | null;
  /** What to type instead, or as well; null for nothing. */
  readonly advice: string | null;
  /** For an allowed change of an update: what its file still lacks. */
  readonly lacks: string | null;
};

export const trailerName = 'Halfpast-Allow';

/** The line that a commit message needs, as `Halfpast-Allow: edit 2026-11-22-checkout-errors/2026-11-22T1405Z`. */
export function trailer({ what, id }: NonNullable<Finding['allow']>): string {
  return `${trailerName}: ${what}${id === '' ? '' : ` ${id}`}`;
}
