import { z } from 'zod';
import { type Instant, isoTime } from '../../src/lib/domain/calendar.ts';
import { boundariesBetween, type Boundary, type Site } from '../../src/lib/domain/site.ts';
import { UserError } from '../cli/errors.ts';
import type { Git } from '../github/git.ts';
import { changeFile } from '../github/github.ts';
import type { GitHubPort } from '../github/port.ts';

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
type ReleaseHold = Readonly<z.output<typeof holdSchema>>;
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
      `${where} is not a record of releases that this version can read. Fix it, or delete it to start over`,
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
function releaseBefore({ releases }: ReleaseRecord, commit: string, now: string | null): VerifiedRelease | null {
  const isLeft = (release: VerifiedRelease): boolean =>
    release.commit === commit && (now === null || release.now >= now);
  return releases.find((release) => !isLeft(release)) ?? null;
}

/** The newest release of a commit, whose id may be shortened to seven characters or more; null when there is none. */
function releaseOf(record: ReleaseRecord, commit: string): VerifiedRelease | null {
  return /^[0-9a-f]{7,40}$/.test(commit)
    ? (record.releases.find((release) => release.commit.startsWith(commit)) ?? null)
    : null;
}

/** After going back to `to`: what came after it is out, and `from` is held. */
function goneBack(record: ReleaseRecord, hold: ReleaseHold): ReleaseRecord {
  const at = record.releases.findIndex((release) => isSame(release, hold.to));
  return { form: 1, releases: at === -1 ? record.releases : record.releases.slice(at), hold };
}

/** Where the record is kept: a branch of its own, so that writing to it publishes nothing. */
const branch = 'halfpast-state';
const path = 'releases.json';

/** An empty record when there is none yet. Throws UserError for one that cannot be read. */
export async function readRecord(port: GitHubPort): Promise<ReleaseRecord> {
  return parseStored((await port.readFile(path, branch))?.text ?? null);
}

const parseStored = (text: string | null): ReleaseRecord =>
  text === null ? emptyRecord : parseRecord(text, `${path} on the branch ${branch}`);

/** Changes the record as one commit, and gives it; nothing is written when `change` gives back what it got. */
export async function changeRecord(
  port: GitHubPort,
  message: string,
  change: (record: ReleaseRecord) => ReleaseRecord,
): Promise<ReleaseRecord> {
  let after = emptyRecord;
  await changeFile(port, { path, branch, message }, (text) => {
    const before = parseStored(text);
    after = change(before);
    return after === before ? null : recordText(after);
  });
  return after;
}

/**
 * Why a commit is not published again after going back, as one line; null when it may be. What git
 * does not know of is newer: a shallow copy must not keep an update from customers.
 */
export async function mayPublish({ hold }: ReleaseRecord, commit: string | null, git: Git): Promise<string | null> {
  if (hold === null || commit === null) return null;
  const ancestry = await git.ancestry(commit, hold.from);
  if (commit !== hold.from && ancestry !== 'same' && ancestry !== 'older') return null;
  return `not published: ${commit.slice(0, 7)} was rolled back at ${hold.at} (${hold.reason}), and a release of ${hold.to.commit.slice(0, 7)} is live. A newer commit will be published`;
}

/**
 * Why an older release is not put back after all, as one line; null when it still is to be. Between the
 * choice and the deployment lies a build, in which a newer commit may have gone live.
 */
export async function mayPutBack(
  { hold }: ReleaseRecord,
  older: Pick<VerifiedRelease, 'now'> & { readonly commit: string | null },
  live: string | null,
  git: Git,
): Promise<string | null> {
  const name = older.commit?.slice(0, 7) ?? 'this build';
  if (hold?.to.commit !== older.commit || hold.to.now !== older.now)
    return `not restored: ${name} of ${older.now} isn't the release chosen last, or a newer one was verified since`;
  if (live === null || (await git.ancestry(live, hold.from)) !== 'newer') return null;
  return `not restored: ${live.slice(0, 7)} is live now, and newer than ${hold.from.slice(0, 7)}, which is being rolled back`;
}

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
      `there is no verified release before ${from.slice(0, 7)}. Fix the content and commit it, or publish manually`,
    );
  }
  const chosen = releaseOf(record, to);
  if (chosen !== null) return chosen;
  throw new UserError(
    `there is no verified release of ${JSON.stringify(to)}. To list them: npx halfpast releases list`,
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

/** What the live site says of itself; null when none was published yet. */
type LiveRelease = { readonly now: string } | null;

type Tick = { readonly publish: boolean; readonly says: string };

const words = ({ kind, slug, at }: Boundary): string => `${kind}${slug === null ? '' : `: ${slug}`} (${isoTime(at)})`;

/** A publish that failed for a reason of the moment is tried again; one that is refused would be refused for ever. */
const tickTries = 3;

/**
 * Whether the clock has changed what the live page should say, and no publish has been tried in vain for
 * that often enough. `site` is the content as it is now, `runs` when its commit was tried to be published.
 */
export function tick(site: Site, live: LiveRelease, runs: readonly Instant[] = []): Tick {
  if (live === null) return { publish: false, says: 'no Halfpast site is live yet. Publish it first' };
  const passed = boundariesBetween(site, Date.parse(live.now), site.now);
  const [first] = passed;
  if (first === undefined) return { publish: false, says: `time has changed nothing since ${live.now}` };
  const since = passed.at(-1)?.at ?? first.at;
  if (runs.filter((at) => at >= since).length >= tickTries) {
    return {
      publish: false,
      says: `not tried again: ${words(first)}, and publishing this commit failed ${tickTries} times since. See the Publish runs, fix the cause and commit, or run Publish manually`,
    };
  }
  const more = passed.length === 1 ? '' : `, and ${passed.length - 1} more since`;
  return { publish: true, says: `publishing: ${words(first)}${more}` };
}
