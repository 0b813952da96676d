import { join } from 'node:path';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { foldIncident, type Incident, type IncidentUpdateRecord } from '../../src/lib/domain/incident.ts';
import type { Cadence } from '../../src/lib/domain/settings.ts';
import { type CustomerData, customerDataVerdicts } from '../../src/lib/domain/vocabulary.ts';
import { paths } from '../../src/lib/views/paths.ts';
import type { Context } from '../cli/context.ts';
import { readStopFile } from '../cli/stop-switch.ts';
import { fileStorage } from '../cli/system.ts';
import { folderReader } from '../live/site-reader.ts';
import { type LiveUpdate, readYear } from '../live/snapshot.ts';
import { openFolder } from '../publish/hosts/folder.ts';
import type { DrillPlace } from './place.ts';
import type { WrongUpdate } from './scenarios.ts';

/** What happened to an update that a colleague pushed. */
export type WrongPush = {
  readonly wrong: WrongUpdate;
  /** When customers first saw it; null if they never did. */
  readonly seenAt: Instant | null;
  /** When it was removed from the page; null while it's live. */
  readonly goneAt: Instant | null;
};

/** A verdict on customer data that was live, no matter who wrote it, and even if it was edited or removed later. */
export type Stated = {
  readonly verdict: CustomerData;
  /** When customers first saw it. */
  readonly at: Instant;
  /** When its update stopped saying so; null while it does. */
  readonly until: Instant | null;
};

/** Without the site's address, as in its API. */
const permalink = (slug: string, update: string): string => `${paths.incident(slug)}#${update}`;

/**
 * An incident made of the updates that customers got, at the times they got them; empty if they got none. Stopped
 * updates don't count, even if they're in the content.
 */
export function asCustomersSaw(incident: Incident, liveAt: ReadonlyMap<string, Instant>, cadence: Cadence): Incident[] {
  const posted = ({ id }: IncidentUpdateRecord): Instant | undefined => liveAt.get(permalink(incident.slug, id));
  const [first, ...more] = incident.updates.flatMap(({ record }) => (posted(record) === undefined ? [] : [record]));
  if (first === undefined) return [];
  const read = foldIncident(incident.slug, [first, ...more], cadence);
  // Set the times only now: the promise of an update depends on the time in its file.
  const [begin, ...rest] = read.updates.map((update) => ({
    ...update,
    record: { ...update.record, posted: posted(update.record) ?? update.record.posted },
  }));
  return begin === undefined ? [] : [{ ...read, updates: [begin, ...rest] }];
}

type ObservedPlace = Pick<DrillPlace, 'isHeld'> & { readonly context: Pick<Context, 'clock' | 'sleep' | 'disk'> };

/** A statement of an update that is or was live; `facts` is its hash. */
type Statement = Pick<LiveUpdate, 'id' | 'facts'> & Omit<Stated, 'verdict'> & { readonly verdict: CustomerData | null };

/**
 * Records what customers saw in a drill, and how publishing was controlled. Watches a releases folder, and whether
 * pushes are held. `known` are the incidents from before the drill.
 */
export function createObserver(
  published: string,
  known: ReadonlySet<string>,
  { isHeld: isPushHeld, context }: ObservedPlace,
) {
  const host = openFolder(published, 'published', context);
  /** When customers first saw each of the drill's other updates, by its permalink, oldest first. */
  const liveAt = new Map<string, Instant>();
  let pushes: readonly (WrongPush & { readonly id: string })[] = [];
  let statements: readonly Statement[] = [];
  /** Whether publishing was stopped, rolled back, and resumed. */
  const tried = { hold: false, rollback: false, restore: false };
  /** The release that was live when publishing was first stopped or rolled back. */
  let mark: string | null = null;

  /** The verdict in a live update. A colleague's update may not have been pulled yet. */
  const verdictOf = ({ id, slug, update }: LiveUpdate, written: readonly Incident[]): CustomerData | null => {
    const pushed = pushes.find((push) => push.id === id)?.wrong.fields.customer_data;
    const updates = written.find((incident) => incident.slug === slug)?.updates;
    const own = updates?.find(({ record }) => record.id === update)?.record.customerData;
    return customerDataVerdicts.find((verdict) => verdict === (own ?? pushed)) ?? null;
  };

  const noteVerdicts = (live: readonly LiveUpdate[], written: readonly Incident[], now: Instant): void => {
    for (const update of live) {
      const { id, facts } = update;
      const before = statements.find((one) => one.id === id && one.until === null);
      if (before !== undefined && before.facts === facts) continue;
      const verdict = verdictOf(update, written);
      // Other facts may have changed.
      const isSame = before !== undefined && before.verdict === verdict;
      const ended = before === undefined || isSame ? [] : [{ ...before, until: now }];
      const at = isSame ? before.at : now;
      statements = [...statements.filter((one) => one !== before), ...ended, { id, facts, verdict, at, until: null }];
    }
    const ids = new Set(live.map(({ id }) => id));
    statements = statements.map((one) => (one.until === null && !ids.has(one.id) ? { ...one, until: now } : one));
  };

  /** Checks the page and records what changed. `written` are the incidents currently in the content. */
  const look = async (written: readonly Incident[]): Promise<void> => {
    const now = context.clock();
    const year = String(new Date(now).getUTCFullYear());
    const live = (await readYear(folderReader(join(published, 'current'), 'published'), year)) ?? [];
    const ids = new Set(live.map(({ id }) => id));
    pushes = pushes.map((push) => ({
      ...push,
      seenAt: push.seenAt ?? (ids.has(push.id) ? now : null),
      // A removed update can be published again.
      goneAt: ids.has(push.id) ? null : (push.goneAt ?? (push.seenAt === null ? null : now)),
    }));
    const tonight = live.filter(({ kind, slug }) => kind === 'incident' && !known.has(slug));
    noteVerdicts(tonight, written, now);
    for (const { id } of tonight) if (!liveAt.has(id) && !pushes.some((push) => push.id === id)) liveAt.set(id, now);

    const log = await host.log();
    const served = await host.served(log);
    const isHeld = isPushHeld() || (await readStopFile(published, fileStorage)) !== null;
    const isBack = log.releases.some(({ rolledBack }) => rolledBack?.by === 'person');
    const newest = log.releases.find(({ rolledBack }) => rolledBack === null)?.id ?? null;
    if (mark !== null && !isHeld && newest !== null && newest === served && newest > mark) tried.restore = true;
    if (isHeld || isBack) mark ??= served ?? '';
    tried.hold ||= isHeld;
    tried.rollback ||= isBack;
  };

  return {
    look,
    /** Expects an update that must be removed; `id` is its permalink without the site's address. */
    expect: (wrong: WrongUpdate, id: string): void => {
      pushes = [...pushes, { wrong, id, seenAt: null, goneAt: null }];
    },
    liveAt,
    pushes: (): readonly WrongPush[] => pushes,
    /** In the order customers saw them. */
    stated: (): readonly Stated[] =>
      statements
        .flatMap(({ verdict, at, until }) => (verdict === null ? [] : [{ verdict, at, until }]))
        .toSorted((a, b) => a.at - b.at),
    /** Whether an update must be removed. */
    isWrong: (slug: string, update: string): boolean => pushes.some(({ id }) => id === permalink(slug, update)),
    tried,
  };
}
