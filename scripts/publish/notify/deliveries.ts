import { createHash } from 'node:crypto';
import { z } from 'zod';
import { day, type Duration, type Instant, isoTime } from '../../../src/lib/domain/calendar.ts';
import { UserError } from '../../cli/errors.ts';
import type { Disk } from '../../cli/context.ts';
import type { GitHubPort } from '../../github/port.ts';

/** A record as it was found; version null when there is none yet. */
type Stored = { readonly text: string | null; readonly version: string | null };

/** Where the record of deliveries survives from one run to the next. */
export type Store = {
  /** For people. */
  readonly name: string;
  readonly load: () => Promise<Stored>;
  /** Replaces this version, and returns the new one; null when another run wrote in the meantime. */
  readonly save: (text: string, version: string | null) => Promise<string | null>;
};

/**
 * `known`: was there before the channel was, and is not sent. `sending`: a run began to send it; if it
 * still says so in the next run, that run died and nobody knows whether it arrived.
 */
const deliverySchema = z.object({
  state: z.enum(['known', 'sending', 'sent']),
  /** When it came to that, in UTC. */
  at: z.iso.datetime(),
  /** The run that claimed it, which distinguishes it from other runs at the same time. */
  run: z.string().optional(),
  /** How many attempts were answered in a way that leaves open whether it arrived. */
  unclear: z.number().int().optional(),
  /** A hash of what it said, by which it is known again in a folder of another name. */
  said: z.string().optional(),
});

const deliveriesSchema = z.object({
  form: z.literal(1),
  /** By channel, then by the id of the update. */
  channels: z.record(z.string(), z.record(z.string(), deliverySchema)),
});

export type Delivery = Readonly<z.output<typeof deliverySchema>>;
export type ChannelRecord = Readonly<Record<string, Delivery>>;

/** What was delivered where: everything a run knows about earlier runs. */
export type Deliveries = { readonly form: 1; readonly channels: Readonly<Record<string, ChannelRecord>> };

export const noDeliveries: Deliveries = { form: 1, channels: {} };

/** Updates older than this are history, as after an import: never sent, and so not kept in the record. */
export const newsFor: Duration = 7 * day;

/** A little longer than news: so that no entry goes while its update could still be sent. */
const keptFor: Duration = newsFor + 2 * day;

/** Reads a record. Throws UserError when it is damaged: to take it for empty would send old news, or none. */
export function readDeliveries(text: string, where: string): Deliveries {
  try {
    return deliveriesSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(
      `${where} is not a record of deliveries. Restore an earlier version, or delete it to start over: existing updates won't be sent`,
    );
  }
}

/** The text of a record; entries in order, one a line, so that its history in git reads well. */
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

/** After a refusal: nothing was delivered, so nothing is known. */
export function forgetDelivery({ channels }: Deliveries, channel: string, id: string): Deliveries {
  const { [id]: _, ...rest } = channels[channel] ?? {};
  return { form: 1, channels: { ...channels, [channel]: rest } };
}

/** A channel that is new to the record: what is there already is known and not sent. */
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

/** Whether nothing happened between two looks at one delivery. */
export function isSameDelivery(a: Delivery | undefined, b: Delivery | undefined): boolean {
  return a?.state === b?.state && a?.at === b?.at && a?.run === b?.run;
}

/**
 * What two runs at the same time know together, after both began with `base`. What either has delivered
 * is delivered; what the other one took first is the other's.
 */
export function mergeDeliveries(base: Deliveries, ours: Deliveries, theirs: Deliveries): Deliveries {
  const names = new Set([...Object.keys(ours.channels), ...Object.keys(theirs.channels)]);
  const channels = [...names].map((name) => {
    const merged: Record<string, Delivery> = { ...ours.channels[name] };
    for (const [id, other] of Object.entries(theirs.channels[name] ?? {})) {
      const mine = merged[id];
      // Unchanged since both began: of a run before these two, which this one may take up.
      if (isSameDelivery(base.channels[name]?.[id], other)) continue;
      if (mine === undefined || rank[other.state] >= rank[mine.state]) merged[id] = other;
    }
    return [name, merged] as const;
  });
  return { form: 1, channels: Object.fromEntries(channels) };
}

/**
 * Without the entries of updates that are no news any more, and without channels that are configured no
 * longer: the record stays as small as a week, and a channel that comes back begins anew.
 */
export function prune({ channels }: Deliveries, configured: readonly string[], now: Instant): Deliveries {
  const current = Object.entries(channels).filter(([name]) => configured.includes(name));
  const kept = current.map(([name, record]) => {
    const recent = Object.entries(record).filter(([, { at }]) => Date.parse(at) >= now - keptFor);
    return [name, Object.fromEntries(recent)] as const;
  });
  return { form: 1, channels: Object.fromEntries(kept) };
}

const versionOf = (text: string | null): string | null =>
  text === null ? null : createHash('sha256').update(text).digest('hex');

/**
 * The record in a file, which is always replaced as a whole. A run detects another one by comparing the text it read.
 * Runs of `publish --to DIR` are sequential anyway.
 */
export function fileStore(path: string, shown: string, disk: Disk): Store {
  return {
    name: shown,
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

/** A branch that holds nothing else: it survives every run and starts no publishing. */
export const stateBranch = 'halfpast-state';

/** A record in a file on its own branch. */
export function gitHubStore(port: GitHubPort, path = 'deliveries.json', message = 'Deliveries'): Store {
  return {
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

/** The record in memory, and its way to where it survives. */
export type Recorder = {
  readonly current: () => Deliveries;
  /** Changes the record; done when the change is where it survives. Changes that come together are written together. */
  readonly change: (edit: (record: Deliveries) => Deliveries) => Promise<void>;
};

/** Each write that lost against another is taken up again on top of it. */
const tries = 8;

/** Reads the record. `isNew` when there was none. Throws UserError when it cannot be read or written. */
export async function openRecorder(store: Store): Promise<Recorder & { readonly isNew: boolean }> {
  let { text, version } = await store.load();
  const isNew = text === null;
  let record = text === null ? noDeliveries : readDeliveries(text, store.name);
  /** As it stands in the store, as far as is known. */
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
    // A write that has begun may lack this change: one more begins when it is done, for all that waited.
    if (saving !== null) await saving.catch(() => undefined);
    saving ??= save().finally(() => {
      saving = null;
    });
    await saving;
  };

  return { current: () => record, change, isNew };
}
