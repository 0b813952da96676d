import type { Instant } from '../../../src/domain/instant.ts';
import type { Site } from '../../../src/domain/site.ts';
import { beginChannel, type ChannelRecord, type Deliveries, newsFor, prune } from './deliveries.ts';
import { type ChannelResult, deliver, type DeliverWorld, pending } from './deliver.ts';
import { type Notice, notices } from './notice.ts';
import type { Recorder } from './recorder.ts';
import type { NoSender, Sender } from './sender.ts';

export type NotifyOptions = {
  /** A channel without a record begins with the updates made at this time or later; null: with those to come. */
  readonly since: Instant | null;
  /** Takes all there is for known and sends nothing. */
  readonly mark: boolean;
};

export type NotifyPlan = {
  /** The record to begin with: new channels begun, old entries gone. */
  readonly begin: (record: Deliveries) => Deliveries;
  /** The channels that had no record. */
  readonly begun: readonly string[];
  readonly news: readonly Notice[];
  /** What each channel is still to be told. */
  readonly pendingOn: (record: ChannelRecord) => readonly Notice[];
};

/** What is to be done at the site's `now`, from the record as it was found. */
export function planNotify(site: Site, record: Deliveries, { since, mark }: NotifyOptions): NotifyPlan {
  const { now, settings } = site;
  const configured = settings.notify.map(({ kind }) => kind);
  const news = notices(site, now - newsFor);
  const begun = configured.filter((kind) => record.channels[kind] === undefined);
  const known = news.filter(({ at }) => since === null || at < since).map(({ id }) => id);
  const all = news.map(({ id }) => id);
  const begin = (found: Deliveries): Deliveries => {
    const fresh = begun.filter((kind) => found.channels[kind] === undefined);
    const started = fresh.reduce((next, kind) => beginChannel(next, kind, known, now), found);
    const marked = mark ? configured.reduce((next, kind) => beginChannel(next, kind, all, now), started) : started;
    return prune(marked, configured, now);
  };
  return { begin, begun, news, pendingOn: (channel) => pending(news, channel) };
}

/** Tells each channel of what it has not been told, all channels at once. */
export async function notify(plan: NotifyPlan, channels: readonly (Sender | NoSender)[], recorder: Recorder, world: DeliverWorld): Promise<ChannelResult[]> {
  await recorder.change(plan.begin);
  return Promise.all(
    channels.map(async (channel): Promise<ChannelResult> => {
      if ('problem' in channel) return { channel: channel.channel, sent: [], again: [], failures: [channel.problem] };
      try {
        return await deliver(channel, plan.news, recorder, world);
      } finally {
        channel.close?.();
      }
    }),
  );
}
