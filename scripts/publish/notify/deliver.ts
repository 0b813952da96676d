import { type Duration, type Instant, isoTime, second } from '../../../src/lib/domain/calendar.ts';
import { UserError } from '../../cli/errors.ts';
import { mostAttempts, type Sender, type Sending } from './channel.ts';
import {
  type ChannelRecord,
  type Deliveries,
  type Delivery,
  forgetDelivery,
  isSameDelivery,
  type Recorder,
  setDelivery,
} from './deliveries.ts';
import type { Notice } from './notice.ts';

/** What one run sent to a channel. */
export type ChannelResult = {
  /** Its `channelId`. */
  readonly channel: string;
  /** Ids, in the order they were sent. */
  readonly sent: readonly string[];
  /** Those that an earlier run may have sent already before it died. */
  readonly again: readonly string[];
  /** One line each. */
  readonly failures: readonly string[];
};

export type DeliveryContext = {
  readonly clock: () => Instant;
  readonly sleep: (wait: Duration) => Promise<void>;
  /** A unique name for this run. */
  readonly run: string;
};

/** The pauses between attempts to send one message. After the last attempt, the channel counts as down. */
const waits: readonly Duration[] = [second, 4 * second, 10 * second];

/** The longest wait that a server can ask for. */
const longestWait: Duration = 30 * second;

/** How many attempts to deliver this had unclear answers; 0 once it's known to have arrived. */
const unclearOf = (delivery: Delivery | undefined): number =>
  delivery?.state === 'sending' ? (delivery.unclear ?? 0) : 0;

/** The notices that a channel hasn't received yet, oldest first. */
export function pending(notices: readonly Notice[], record: ChannelRecord, most = Infinity): Notice[] {
  return notices.filter(({ id }) => {
    const delivery = record[id];
    return delivery === undefined || (delivery.state === 'sending' && unclearOf(delivery) < most);
  });
}

/** One channel in one run. */
type ChannelRun = DeliveryContext & {
  readonly channel: string;
  readonly sender: Sender;
  /** The channel's record when the run started. Entries added since then are from another active run. */
  readonly before: ChannelRecord;
  readonly recorder: Recorder;
};

/** The entry for a notice that's being sent, with all unclear answers so far. `more` are those of this run. */
function attempt({ clock, run, before }: ChannelRun, { id, said }: Notice, more: number): Delivery {
  const unclear = unclearOf(before[id]) + more;
  return { state: 'sending', at: isoTime(clock()), run, said, ...(unclear === 0 ? {} : { unclear }) };
}

/**
 * Records that this run is about to send these, and returns those that it may send. Anything that another run has
 * claimed in the meantime is left to that run. Anything that a dead run claimed is sent again, because it may not have
 * been sent at all.
 */
async function claim(channelRun: ChannelRun, unit: readonly Notice[]): Promise<Notice[]> {
  const { channel, before, recorder, run } = channelRun;
  await recorder.change((record) => {
    const isFree = ({ id }: Notice): boolean => isSameDelivery(record.channels[channel]?.[id], before[id]);
    return unit
      .filter(isFree)
      .reduce((all, news) => setDelivery(all, channel, news.id, attempt(channelRun, news, 0)), record);
  });
  const now = recorder.current().channels[channel] ?? {};
  return unit.filter(({ id }) => now[id]?.run === run);
}

type Attempts = {
  readonly sending: Sending;
  /** How many of the answers were unclear. */
  readonly unclear: number;
};

/**
 * Sends until it arrives, is refused, or must not be tried again in this run. Records an unclear answer immediately.
 */
async function sendWithRetries(channelRun: ChannelRun, unit: readonly [Notice, ...Notice[]]): Promise<Attempts> {
  const { sender, before, sleep, recorder, channel } = channelRun;
  const [first] = unit;
  const left = mostAttempts(sender.kind) - unclearOf(before[first.id]);
  let unclear = 0;
  for (let tries = 0; ; tries += 1) {
    const sending = await sender.send(unit);
    if (sending.kind === 'unclear') unclear += 1;
    const pause = waits[tries];
    if (sending.kind === 'sent' || sending.kind === 'refused') return { sending, unclear };
    if (pause === undefined || unclear >= left || (sending.wait ?? 0) > longestWait) return { sending, unclear };
    // If there's only one more attempt, wait as long as possible before it.
    const isLast = left !== Infinity && sending.kind === 'unclear';
    if (isLast)
      await recorder.change((record) => setDelivery(record, channel, first.id, attempt(channelRun, first, unclear)));
    await sleep(Math.max(isLast ? (waits.at(-1) ?? pause) : pause, sending.wait ?? 0));
  }
}

/**
 * Releases a claim. Keeps the number of unclear answers; without any, the notice didn't arrive, and nothing is kept.
 */
function release(channelRun: ChannelRun, record: Deliveries, notice: Notice, unclear: number): Deliveries {
  const { before, channel } = channelRun;
  if (unclearOf(before[notice.id]) + unclear === 0) return forgetDelivery(record, channel, notice.id);
  return setDelivery(record, channel, notice.id, attempt(channelRun, notice, unclear));
}

/** Sends everything that's pending on one channel. Stops if the channel is down. */
export async function deliver(
  channel: string,
  sender: Sender,
  notices: readonly Notice[],
  before: ChannelRecord,
  recorder: Recorder,
  context: DeliveryContext,
): Promise<ChannelResult> {
  const channelRun: ChannelRun = { ...context, channel, sender, before, recorder };
  const most = mostAttempts(sender.kind);
  const waiting = pending(notices, before, most);
  const [sent, again, failures]: [string[], string[], string[]] = [[], [], []];
  const result = { channel, sent, again, failures };
  const units = sender.together ? [waiting].filter(({ length }) => length > 0) : waiting.map((notice) => [notice]);
  try {
    for (const unit of units) {
      const [first, ...more] = await claim(channelRun, unit);
      if (first === undefined) continue;
      const claimed = [first, ...more];
      const ids = claimed.map(({ id }) => id);
      const { sending, unclear } = await sendWithRetries(channelRun, [first, ...more]);
      if (sending.kind === 'sent') {
        const mark = { state: 'sent', at: isoTime(context.clock()) } as const;
        sent.push(...ids);
        again.push(...ids.filter((id) => unclear > 0 || before[id] !== undefined));
        await recorder.change((record) =>
          claimed.reduce((all, news) => setDelivery(all, channel, news.id, { ...mark, said: news.said }), record),
        );
      } else if (sending.kind === 'refused') {
        failures.push(`refused ${ids.join(', ')}: ${sending.reason}`);
        await recorder.change((record) =>
          claimed.reduce((all, news) => release(channelRun, all, news, unclear), record),
        );
      } else {
        if (most !== Infinity) await recorder.change((record) => release(channelRun, record, first, unclear));
        const isOver = unclearOf(before[first.id]) + unclear >= most;
        failures.push(
          isOver ? gaveUp(first.id, sending.reason) : isDown(ids, waiting.length - sent.length, sending.reason),
        );
        return result;
      }
    }
  } catch (error) {
    // Without the record, nothing more can be sent. The other channels will notice too.
    if (!(error instanceof UserError)) throw error;
    failures.push(`stopped: ${error.message}`);
  }
  return result;
}

const isDown = (ids: readonly string[], left: number, reason: string): string =>
  `is down: ${reason}. ${ids.join(', ')}${left > ids.length ? ' and later updates' : ''} will be sent on the next run`;

const gaveUp = (id: string, reason: string): string =>
  `gave no clear answer: ${reason}. ${id} may have arrived. It was sent twice and won't be sent again; check the channel`;
