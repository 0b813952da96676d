import { z } from 'zod';
import { UserError } from '../../cli/errors.ts';

/** A release that was looked at after it was published, and was as built. */
const verifiedSchema = z.object({
  /** The full id of the commit. */
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  /** The moment for which it was built, in UTC: with it and the commit the same bytes can be built again. */
  now: z.iso.datetime(),
  /** SHA-256 of its content. */
  content: z.string(),
  /** The permalink of its newest update. */
  newestUpdate: z.string().nullable(),
  verifiedAt: z.iso.datetime(),
});

/** After going back: `from` and what came before it is not published again. */
const holdSchema = z.object({
  /** The commit that was live. */
  from: z.string().regex(/^[0-9a-f]{40}$/),
  /** The release that is live instead. */
  to: verifiedSchema,
  at: z.iso.datetime(),
  reason: z.string(),
});

const recordSchema = z.object({
  form: z.literal(1),
  /** Newest first. */
  releases: z.array(verifiedSchema),
  hold: holdSchema.nullable(),
});

export type VerifiedRelease = Readonly<z.output<typeof verifiedSchema>>;
export type ReleaseHold = Readonly<z.output<typeof holdSchema>>;
export type ReleaseRecord = {
  readonly form: 1;
  readonly releases: readonly VerifiedRelease[];
  readonly hold: ReleaseHold | null;
};

export const emptyRecord: ReleaseRecord = { form: 1, releases: [], hold: null };

/** So that the file stays small; a timer publishes many a day. */
const kept = 200;

/** Throws UserError for a text that is no record: an unknown one must not be replaced. */
export function parseRecord(text: string, where: string): ReleaseRecord {
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(
      `${where} is not a record of releases that this version knows. Put it right, or delete it to begin anew`,
    );
  }
}

export function recordText(record: ReleaseRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

const isSame = (a: Pick<VerifiedRelease, 'commit' | 'now'>, b: Pick<VerifiedRelease, 'commit' | 'now'>): boolean =>
  a.commit === b.commit && a.now === b.now;

/**
 * With a verified release in it, which ends a hold: something newer is live. A release that was taken
 * back while it was being verified stays out; then the record comes back as it is.
 */
export function withRelease(record: ReleaseRecord, release: VerifiedRelease): ReleaseRecord {
  if (record.hold?.from === release.commit) return record;
  const others = record.releases.filter((known) => !isSame(known, release));
  return { form: 1, releases: [release, ...others].slice(0, kept), hold: null };
}

/**
 * The newest release before another one; null when there is none. Without `now` the commit as a whole
 * is left behind, with it only what was built of it at that moment or later.
 */
export function releaseBefore({ releases }: ReleaseRecord, commit: string, now: string | null): VerifiedRelease | null {
  const isLeft = (release: VerifiedRelease): boolean =>
    release.commit === commit && (now === null || release.now >= now);
  return releases.find((release) => !isLeft(release)) ?? null;
}

/** The newest release of a commit, whose id may be shortened to seven characters or more; null when there is none. */
export function releaseOf(record: ReleaseRecord, commit: string): VerifiedRelease | null {
  return /^[0-9a-f]{7,40}$/.test(commit)
    ? (record.releases.find((release) => release.commit.startsWith(commit)) ?? null)
    : null;
}

/** After going back to `to`: what came after it is out, and `from` is held. */
export function goneBack(record: ReleaseRecord, hold: ReleaseHold): ReleaseRecord {
  const at = record.releases.findIndex((release) => isSame(release, hold.to));
  return { form: 1, releases: at === -1 ? record.releases : record.releases.slice(at), hold };
}
