import type { ChannelKind } from '../../../src/domain/channel.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import type { Site } from '../../../src/domain/site.ts';
import { beginChannel, type ChannelRecord, type Deliveries, newsFor, prune } from './deliveries.ts';
import { type ChannelResult, deliver, type DeliverWorld, pending } from './deliver.ts';
import { type News, type Notice, notices, postmortemNews } from './notice.ts';
import type { Recorder } from './recorder.ts';
import { followRenames } from './renamed.ts';
import { saidById } from './said.ts';
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
  /** The updates, which are news to every channel. */
  readonly news: readonly Notice[];
  /** The updates and the published postmortems, which are news to hubs. */
  readonly hubNews: readonly News[];
  /** What a channel is still to be told. */
  readonly pendingOn: (kind: ChannelKind, record: ChannelRecord) => readonly News[];
};

/** What is to be done at the site's `now`, from the record as it was found. */
export function planNotify(site: Site, record: Deliveries, { since, mark }: NotifyOptions): NotifyPlan {
  const { now, settings } = site;
  const configured = settings.notify.map(({ kind }) => kind);
  const news = notices(site, now - newsFor);
  const said = saidById(site);
  const begun = configured.filter((kind) => record.channels[kind] === undefined);
  const hubNews = [...news, ...postmortemNews(site, now - newsFor)];
  const newsOf = (kind: ChannelKind): readonly News[] => (kind === 'websub' ? hubNews : news);
  const known = (kind: ChannelKind): string[] =>
    newsOf(kind)
      .filter(({ at }) => since === null || at < since)
      .map(({ id }) => id);
  const all = (kind: ChannelKind): string[] => newsOf(kind).map(({ id }) => id);
  const begin = (found: Deliveries): Deliveries => {
    const fresh = begun.filter((kind) => found.channels[kind] === undefined);
    const started = fresh.reduce((next, kind) => beginChannel(next, kind, known(kind), now), found);
    const marked = mark
      ? configured.reduce((next, kind) => beginChannel(next, kind, all(kind), now), started)
      : started;
    return prune(followRenames(marked, said), configured, now);
  };
  return { begin, begun, news, hubNews, pendingOn: (kind, record) => pending(newsOf(kind), record) };
}

/** Tells each channel of what it has not been told, all channels at once. */
export async function notify(
  plan: NotifyPlan,
  channels: readonly (Sender | NoSender)[],
  recorder: Recorder,
  world: DeliverWorld,
): Promise<ChannelResult[]> {
  // Before it is written: that may take in what another run has claimed by then.
  const { channels: before } = plan.begin(recorder.current());
  await recorder.change(plan.begin);
  return Promise.all(
    channels.map(async (channel): Promise<ChannelResult> => {
      if ('problem' in channel) return { channel: channel.channel, sent: [], again: [], failures: [channel.problem] };
      try {
        const found = before[channel.channel] ?? {};
        return channel.together
          ? await deliver(channel, plan.hubNews, found, recorder, world)
          : await deliver(channel, plan.news, found, recorder, world);
      } finally {
        channel.close?.();
      }
    }),
  );
}
