import { UserError } from '../../cli/errors.ts';
import { goneBack, releaseBefore, releaseOf, type ReleaseRecord, type VerifiedRelease } from './record.ts';

export type GoingBack = {
  /** The commit to leave behind; null for that of the newest release. */
  readonly of: string | null;
  /** The moment for which it was built, when only that build is bad and not the commit; else null. */
  readonly built: string | null;
  /** What is live, as far as it tells. */
  readonly live: { readonly commit: string | null; readonly now: string } | null;
  /** The commit to go back to; null for the last one that verified. */
  readonly to: string | null;
  readonly at: string;
  readonly reason: string;
};

/** Going back again to where a hold went already: the run before may have died half-way. */
function done(record: ReleaseRecord, { of, to, live }: GoingBack): boolean {
  const { hold } = record;
  if (hold === null || hold.from !== of || to !== null) return false;
  return live === null || live.commit !== hold.to.commit || live.now !== hold.to.now;
}

function choose(record: ReleaseRecord, from: string, { to, built }: GoingBack): VerifiedRelease {
  if (to === null) {
    const before = releaseBefore(record, from, built);
    if (before !== null) return before;
    throw new UserError(
      `there is no verified release before ${from.slice(0, 7)}. Put the content right and commit it, or publish by hand`,
    );
  }
  const chosen = releaseOf(record, to);
  if (chosen !== null) return chosen;
  throw new UserError(
    `no verified release was made of ${JSON.stringify(to)}. For all of them: npx halfpast releases list`,
  );
}

/** The record after going back, and the release to publish. Throws UserError when there is none. */
export function goBack(
  record: ReleaseRecord,
  going: GoingBack,
): { readonly record: ReleaseRecord; readonly to: VerifiedRelease } {
  if (record.hold !== null && done(record, going)) return { record, to: record.hold.to };
  const from = going.of ?? record.releases[0]?.commit;
  if (from === undefined) throw new UserError('there is no verified release yet to go back to');
  const to = choose(record, from, going);
  return { record: goneBack(record, { from, to, at: going.at, reason: going.reason }), to };
}
