import { randomUUID } from 'node:crypto';
import type { Instant } from '../../../src/lib/domain/calendar.ts';
import { type Channel, channelId, type NotifyChannel } from '../../../src/lib/domain/settings.ts';
import { publications, type Site } from '../../../src/lib/domain/site.ts';
import { impacts } from '../../../src/lib/domain/vocabulary.ts';
import { count } from '../../../src/lib/words/en.ts';
import type { Context } from '../../cli/context.ts';
import { oneLine } from '../../cli/errors.ts';
import { mostAttempts, type NoSender, type Sender } from './channel.ts';
import { openChat } from './chat.ts';
import { type ChannelResult, deliver, pending } from './deliver.ts';
import {
  beginChannel,
  type ChannelRecord,
  type Deliveries,
  newsFor,
  openRecorder,
  prune,
  type Store,
} from './deliveries.ts';
import { openEmail } from './email.ts';
import { hashesById, type Notice, notices } from './notice.ts';
import { openWebhook } from './webhook.ts';
import { openHub } from './websub.ts';

export type NotifyOptions = {
  /** A new channel gets updates from this time on; null if it only gets future ones. */
  readonly since: Instant | null;
  /** Marks everything as known, and sends nothing. */
  readonly mark: boolean;
};

/** The ids of news outside a channel's scope. They're marked as known, so that widening the scope sends no old news. */
function outsideScope({ components, impact }: NotifyChannel, news: readonly Notice[], record: ChannelRecord): string[] {
  const isFor = ({ reach, earlier }: Notice): boolean => {
    const affected = components === null || reach.components.some((id) => components.includes(id));
    const severe = impact === null || impacts.indexOf(reach.impact) >= impacts.indexOf(impact);
    // A channel that got one update gets the rest, even if its scope has been narrowed since.
    return (affected && severe) || earlier.some((id) => record[id] !== undefined && record[id].state !== 'known');
  };
  return news.filter((notice) => !isFor(notice)).map(({ id }) => id);
}

/** Identifies an update regardless of its folder's name: by its kind, time and text. */
function apartFromFolder(id: string, said: string): string {
  const [kind, , ...file] = id.split('/');
  return [kind, ...file, said].join(' ');
}

function followOn(record: ChannelRecord, said: ReadonlyMap<string, string>): ChannelRecord {
  /** The ids of deliveries whose updates are gone. */
  const gone = new Map(
    Object.entries(record).flatMap(([id, delivery]) =>
      said.has(id) || delivery.said === undefined ? [] : [[apartFromFolder(id, delivery.said), id] as const],
    ),
  );
  const next = { ...record };
  for (const [id, words] of said) {
    const key = apartFromFolder(id, words);
    const old = gone.get(key);
    const delivery = old === undefined ? undefined : next[old];
    if (old === undefined || delivery === undefined || next[id] !== undefined) continue;
    // Move the delivery instead of copying it, so that another update with the same text is still sent.
    next[id] = delivery;
    delete next[old];
    gone.delete(key);
  }
  // An allowed edit isn't sent again. Remember the current text.
  return Object.fromEntries(
    Object.entries(next).map(([id, delivery]) => [id, said.has(id) ? { ...delivery, said: said.get(id) } : delivery]),
  );
}

/**
 * Moves deliveries to the current ids of their updates. If an old id is gone, and another folder has an update with the
 * same title, text, status and time, the folder was renamed.
 */
function followRenames({ channels }: Deliveries, said: ReadonlyMap<string, string>): Deliveries {
  return {
    form: 1,
    channels: Object.fromEntries(Object.entries(channels).map(([name, record]) => [name, followOn(record, said)])),
  };
}

/** What to do at the site's `now`, given the record of deliveries. */
export function planNotify(site: Site, record: Deliveries, { since, mark }: NotifyOptions) {
  const { now, settings } = site;
  const channels = new Map(settings.notify.map((channel) => [channelId(channel), channel]));
  const configured = [...channels.keys()];
  const all = notices(site, now - newsFor);
  const said = hashesById(site);
  /** The channels that had no record. */
  const begun = configured.filter((id) => record.channels[id] === undefined);
  // The news for each channel, by its id, oldest first. Hubs are notified of everything that's in any feed.
  const news = new Map(
    [...channels].map(([id, { kind }]) => [id, kind === 'websub' ? all : all.filter(({ announced }) => announced)]),
  );
  const newsOf = (id: string): readonly Notice[] => news.get(id) ?? [];
  const known = (id: string): string[] =>
    newsOf(id)
      .filter(({ at }) => since === null || at < since)
      .map((notice) => notice.id);
  /** Adds new channels to the record, removes old entries, and marks news outside a channel's scope as known. */
  const begin = (found: Deliveries): Deliveries => {
    const fresh = begun.filter((id) => found.channels[id] === undefined);
    const started = fresh.reduce((next, id) => beginChannel(next, id, known(id), now), found);
    const renamed = followRenames(started, said);
    const scoped = [...channels].reduce((next, [id, channel]) => {
      const others = mark
        ? newsOf(id).map((notice) => notice.id)
        : outsideScope(channel, newsOf(id), next.channels[id] ?? {});
      return beginChannel(next, id, others, now);
    }, renamed);
    const updates = publications(site).filter(({ kind }) => kind === 'update');
    return prune(scoped, configured, Math.max(0, ...updates.map(({ at }) => at)));
  };
  /** What has yet to be sent to a channel. */
  const pendingOn = (id: string, { channels: of }: Deliveries) =>
    pending(newsOf(id), of[id] ?? {}, mostAttempts(channels.get(id)?.kind ?? 'websub'));
  return { begin, begun, news, pendingOn };
}

/** Opens a channel for sending, or returns the reason why it can't be used. */
function openChannel(channel: Channel, site: Site, { env, clock }: Pick<Context, 'env' | 'clock'>): Sender | NoSender {
  switch (channel.kind) {
    case 'websub':
      return openHub(channel, site);
    case 'webhook':
      return openWebhook(channel, site.settings.url, env, clock);
    case 'slack':
    case 'discord':
    case 'teams':
      return openChat(channel, env);
    case 'email':
      return openEmail(channel, site.settings.url, env);
  }
}

type NotifyResult = {
  readonly results: readonly ChannelResult[];
  /** The channels that had no record before. */
  readonly begun: readonly string[];
};

/**
 * Sends each channel what it hasn't received yet, all channels in parallel. Waits for other runs that use the same
 * record. Throws UserError if the record of deliveries can't be used.
 */
export function notifyChannels(
  site: Site,
  store: Store,
  options: NotifyOptions,
  context: Pick<Context, 'env' | 'clock' | 'sleep'>,
): Promise<NotifyResult> {
  return store.exclusively(async () => {
    const recorder = await openRecorder(store);
    const { begin, begun, news } = planNotify(site, recorder.current(), options);
    // Read this before writing: the written record may include what another run has claimed by then.
    const { channels: before } = begin(recorder.current());
    await recorder.change(begin);
    if (options.mark) return { results: [], begun };
    const run = { clock: context.clock, sleep: context.sleep, run: randomUUID() };
    const results = await Promise.all(
      site.settings.notify.map(async (configured): Promise<ChannelResult> => {
        const channel = channelId(configured);
        const sender = openChannel(configured, site, context);
        if ('problem' in sender) return { channel, sent: [], again: [], failures: [sender.problem] };
        try {
          return await deliver(channel, sender, news.get(channel) ?? [], before[channel] ?? {}, recorder, run);
        } finally {
          sender.close?.();
        }
      }),
    );
    return { results, begun };
  });
}

/**
 * Marks everything that already exists as known for channels without a record, and sends nothing. A publish does this
 * first: if it's killed, the next run still sends the updates that were added since. Returns the new channels. Throws
 * UserError if the record can't be used.
 */
export async function beginChannels(site: Site, store: Store): Promise<readonly string[]> {
  const recorder = await openRecorder(store);
  const { begin, begun } = planNotify(site, recorder.current(), { since: null, mark: false });
  if (begun.length > 0) await recorder.change(begin);
  return begun;
}

type Waiting = { readonly channel: string; readonly pending: readonly string[] };

/** What a run would send to each channel. Sends and records nothing. */
export async function lookAhead(site: Site, store: Store, options: NotifyOptions): Promise<Waiting[]> {
  const recorder = await openRecorder(store);
  const plan = planNotify(site, recorder.current(), options);
  const record = plan.begin(recorder.current());
  return site.settings.notify.map((channel) => ({
    channel: channelId(channel),
    pending: plan.pendingOn(channelId(channel), record).map(({ id }) => id),
  }));
}

/** What `notify --dry-run` prints. */
export function pendingText(waiting: readonly Waiting[]): string {
  if (waiting.length === 0) return 'No channels: site.yml has none under notify:\n';
  return waiting
    .map(({ channel, pending }) =>
      [
        `${channel}: ${pending.length === 0 ? 'nothing new' : `${count(pending.length, 'update')} to send`}`,
        ...pending.map((id) => `  ${id}`),
      ].join('\n'),
    )
    .join('\n')
    .concat('\n');
}

function resultLine({ channel, sent, again, failures }: ChannelResult): string[] {
  if (sent.length === 0) return failures.length === 0 ? [`${channel}: nothing new`] : [];
  const repeated = again.length === 0 ? '' : `, ${again.length} of them possibly for the second time, with the same id`;
  return [`${channel}: ${count(sent.length, 'update')} sent${repeated}`];
}

/** What `notify` prints about successes. `command` is the command that sends earlier updates, without `--since`. */
export function resultText(
  results: readonly ChannelResult[],
  begun: readonly string[],
  { since, mark }: NotifyOptions,
  command: string,
): string {
  if (mark) return 'All existing updates are marked as sent. Nothing was sent.\n';
  if (results.length === 0) return 'No channels: site.yml has none under notify:\n';
  const isNews = begun.length > 0 && since === null;
  const first = isNews
    ? [
        `New channels, notified from now on: ${begun.join(', ')}. To send earlier updates too, delete ${begun.length === 1 ? 'its' : 'their'} part of the record, and run: ${command} --since 2026-11-22T14:00Z`,
      ]
    : [];
  const lines = [...first, ...results.flatMap(resultLine)];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** One line per failure. */
export function failureLines(results: readonly ChannelResult[]): string[] {
  return results.flatMap(({ channel, failures }) => failures.map((failure) => `${channel}: ${oneLine(failure)}`));
}
