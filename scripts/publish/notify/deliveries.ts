import { createHash } from 'node:crypto';
import { z } from 'zod';
import { day, type Duration, type Instant, isoTime } from '../../../src/lib/domain/calendar.ts';
import { UserError } from '../../cli/errors.ts';
import type { Disk } from '../../cli/context.ts';
import type { GitHubPort } from '../../github/port.ts';

/** A stored record. Both are null if there is none yet. */
type Stored = { readonly text: string | null; readonly version: string | null };

/** Where the record of deliveries is kept between runs. */
export type Store = {
  /** For messages. */
  readonly name: string;
  readonly load: () => Promise<Stored>;
  /** Replaces this version, and returns the new one; null if another run has written in the meantime. */
  readonly save: (text: string, version: string | null) => Promise<string | null>;
  /** Runs `work` while no other run uses the record, so that what another run is sending isn't sent twice. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
};

/**
 * `known`: older than the channel or outside its scope, so it isn't sent. `sending`: a run has started to send it. If
 * it's still `sending` in the next run, the earlier run died, and it's unclear whether it arrived.
 */
const deliverySchema = z.object({
  state: z.enum(['known', 'sending', 'sent']),
  /** When it got this state, in UTC. */
  at: z.iso.datetime(),
  /** The run that claimed it, which distinguishes it from other runs at the same time. */
  run: z.string().optional(),
  /** How many attempts had an answer that doesn't tell whether it arrived. */
  unclear: z.number().int().optional(),
  /** A hash of its text, to recognize it when its folder is renamed. */
  said: z.string().optional(),
});

const deliveriesSchema = z.object({
  form: z.literal(1),
  /** By channel, then by the id of the update. */
  channels: z.record(z.string(), z.record(z.string(), deliverySchema)),
});

export type Delivery = Readonly<z.output<typeof deliverySchema>>;
export type ChannelRecord = Readonly<Record<string, Delivery>>;

/** What was delivered to each channel: everything that a run knows about earlier runs. */
export type Deliveries = { readonly form: 1; readonly channels: Readonly<Record<string, ChannelRecord>> };

export const noDeliveries: Deliveries = { form: 1, channels: {} };

/** Older updates, such as imported ones, are never sent. */
export const newsFor: Duration = 7 * day;

/**
 * How long to keep entries. Much longer than `newsFor`, so that a channel that got an incident's first updates also
 * gets its last ones and the postmortem, even if its scope has been narrowed since.
 */
const keptFor: Duration = 90 * day;

/** Reads a record. Throws UserError if it's damaged: treating it as empty would send old news, or none at all. */
export function readDeliveries(text: string, where: string): Deliveries {
  try {
    return deliveriesSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(
      `${where} is not a record of deliveries. Restore an earlier version, or delete it to start over: existing updates won't be sent`,
    );
  }
}

/** The text of a record. Entries are sorted, one per line, so that its git history is easy to read. */
export function writeDeliveries({ channels }: Deliveries): string {
  const sorted = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  const blocks = sorted(channels).map(([channel, record]) => {
    const lines = sorted(record).map(([id, delivery]) => `      ${JSON.stringify(id)}: ${JSON.stringify(delivery)}`);
    return `    ${JSON.stringify(channel)}: {${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n    `}}`;
  });
  return `{\n  "form": 1,\n  "channels": {${blocks.length === 0 ? '' : `\n${blocks.join(',\n')}\n  `}}\n}\n`;
}

export function setDelivery({ channels }: Deliveries, channel: string, id: string, delivery: Delivery): Deliveries {
  return { form: 1, channels: { ...channels, [channel]: { ...channels[channel], [id]: delivery } } };
}

/** Removes the entry of an update that wasn't delivered. */
export function forgetDelivery({ channels }: Deliveries, channel: string, id: string): Deliveries {
  const { [id]: _, ...rest } = channels[channel] ?? {};
  return { form: 1, channels: { ...channels, [channel]: rest } };
}

/** Marks updates as known to a channel, so that they aren't sent to it. Keeps the entries it has. */
export function beginChannel(
  { channels }: Deliveries,
  channel: string,
  known: readonly string[],
  now: Instant,
): Deliveries {
  const record = Object.fromEntries(known.map((id) => [id, { state: 'known', at: isoTime(now) } as const]));
  return { form: 1, channels: { ...channels, [channel]: { ...record, ...channels[channel] } } };
}

const rank = { sending: 0, known: 1, sent: 2 } as const;

/** Whether a delivery is unchanged. */
export function isSameDelivery(a: Delivery | undefined, b: Delivery | undefined): boolean {
  return a?.state === b?.state && a?.at === b?.at && a?.run === b?.run;
}

/**
 * Merges the records of two runs that both started with `base`. Anything that either has delivered is delivered, and
 * anything that the other run claimed first belongs to that run.
 */
export function mergeDeliveries(base: Deliveries, ours: Deliveries, theirs: Deliveries): Deliveries {
  const names = new Set([...Object.keys(ours.channels), ...Object.keys(theirs.channels)]);
  const channels = [...names].map((name) => {
    const merged: Record<string, Delivery> = { ...ours.channels[name] };
    for (const [id, other] of Object.entries(theirs.channels[name] ?? {})) {
      const mine = merged[id];
      // Unchanged since both started, so it's from an earlier run, and this run can take it over.
      if (isSameDelivery(base.channels[name]?.[id], other)) continue;
      if (mine === undefined || rank[other.state] >= rank[mine.state]) merged[id] = other;
    }
    return [name, merged] as const;
  });
  return { form: 1, channels: Object.fromEntries(channels) };
}

/**
 * Removes old entries, and channels that are no longer configured: one that is configured again starts from scratch.
 * `newestAt` is the time of the newest update. The current time doesn't matter, because a clock can be wrong.
 */
export function prune({ channels }: Deliveries, configured: readonly string[], newestAt: Instant): Deliveries {
  const current = Object.entries(channels).filter(([name]) => configured.includes(name));
  const kept = current.map(([name, record]) => {
    const recent = Object.entries(record).filter(([, { at }]) => Date.parse(at) >= newestAt - keptFor);
    return [name, Object.fromEntries(recent)] as const;
  });
  return { form: 1, channels: Object.fromEntries(kept) };
}

const versionOf = (text: string | null): string | null =>
  text === null ? null : createHash('sha256').update(text).digest('hex');

/**
 * The record in a file, which is always replaced as a whole. `exclusively` takes a lock next to it.
 */
export function fileStore(path: string, shown: string, disk: Disk, exclusively: Store['exclusively']): Store {
  return {
    name: shown,
    exclusively,
    load: async () => {
      const text = await disk.read(path);
      return { text, version: versionOf(text) };
    },
    save: async (text, version) => {
      if (versionOf(await disk.read(path)) !== version) return null;
      await disk.replace(path, text);
      return versionOf(text);
    },
  };
}

/** A branch for records only. It outlives each run, and changes to it don't start a publish. */
export const stateBranch = 'halfpast-state';

/** A record in a file on its own branch. The workflow's concurrency group ensures that only one run uses it. */
export function gitHubStore(port: GitHubPort, path = 'deliveries.json', message = 'Deliveries'): Store {
  return {
    exclusively: (work) => work(),
    name: `${path} on branch ${stateBranch}`,
    load: async () => (await port.readFile(path, stateBranch)) ?? { text: null, version: null },
    save: async (text, version) => {
      const result = await port.writeFile({
        path,
        text,
        message,
        branch: stateBranch,
        replaces: version,
      });
      return result.kind === 'written' ? result.version : null;
    },
  };
}

/** The record in memory, which is saved to its store on each change. */
export type Recorder = {
  readonly current: () => Deliveries;
  /** Changes the record. Resolves once the change is stored. Changes made at the same time are written together. */
  readonly change: (edit: (record: Deliveries) => Deliveries) => Promise<void>;
};

/** How often to save. If another run has written in the meantime, its record is merged before the next try. */
const tries = 8;

/** Reads the record. `isNew` if there was none. Throws UserError if it can't be read or written. */
export async function openRecorder(store: Store): Promise<Recorder & { readonly isNew: boolean }> {
  let { text, version } = await store.load();
  const isNew = text === null;
  let record = text === null ? noDeliveries : readDeliveries(text, store.name);
  /** The last known state of the store. */
  let base = record;
  let saving: Promise<void> | null = null;

  const save = async (): Promise<void> => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const whole = record;
      const wanted = writeDeliveries(whole);
      if (wanted === text) return;
      const saved = await store.save(wanted, version);
      if (saved !== null) {
        [text, version, base] = [wanted, saved, whole];
        return;
      }
      const theirs = await store.load();
      [text, version] = [theirs.text, theirs.version];
      const read = theirs.text === null ? noDeliveries : readDeliveries(theirs.text, store.name);
      record = mergeDeliveries(base, record, read);
      base = read;
    }
    throw new UserError(
      `${store.name} was changed by other runs at every attempt, so some deliveries aren't recorded. Run notify again when no other run is active`,
    );
  };

  const change = async (edit: (record: Deliveries) => Deliveries): Promise<void> => {
    record = edit(record);
    // A write that has started may lack this change. Once it's done, one more write covers everything that waited.
    if (saving !== null) await saving.catch(() => undefined);
    saving ??= save().finally(() => {
      saving = null;
    });
    await saving;
  };

  return { current: () => record, change, isNew };
}
