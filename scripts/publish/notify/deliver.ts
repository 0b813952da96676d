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
  /** Ids, in the order in which they went out. */
  readonly sent: readonly string[];
  /** Those of them that a run which died may have sent before. */
  readonly again: readonly string[];
  /** One line each. */
  readonly failures: readonly string[];
};

export type DeliveryContext = {
  readonly clock: () => Instant;
  readonly sleep: (wait: Duration) => Promise<void>;
  /** The name of this run, like no other. */
  readonly run: string;
};

/** Before each further attempt to send one message; then the channel counts as down. */
const waits: readonly Duration[] = [second, 4 * second, 10 * second];

/** The longest wait that another side may ask for. */
const longestWait: Duration = 30 * second;

/** How many unclear answers there were to something that isn't known to have arrived. */
const unclearOf = (delivery: Delivery | undefined): number =>
  delivery?.state === 'sending' ? (delivery.unclear ?? 0) : 0;

/** Those not delivered on a channel, oldest first. */
export function pending(notices: readonly Notice[], record: ChannelRecord, most = Infinity): Notice[] {
  return notices.filter(({ id }) => {
    const delivery = record[id];
    return delivery === undefined || (delivery.state === 'sending' && unclearOf(delivery) < most);
  });
}

/** The channel of a run, with its record. */
type Line = DeliveryContext & {
  readonly channel: string;
  readonly sender: Sender;
  /** The channel's record as the run found it: what came into it since is from a run that lives. */
  readonly before: ChannelRecord;
  readonly recorder: Recorder;
};

/** The entry of something that is being sent, with the unclear answers so far: `more` of them in this run. */
function attempt({ clock, run, before }: Line, { id, said }: Notice, more: number): Delivery {
  const unclear = unclearOf(before[id]) + more;
  return { state: 'sending', at: isoTime(clock()), run, said, ...(unclear === 0 ? {} : { unclear }) };
}

/**
 * Says in the record that this run sends these, before it does. What another run took meanwhile is left
 * to that one; what a dead run took is sent again, since it may not have been sent at all.
 */
async function claim(line: Line, unit: readonly Notice[]): Promise<Notice[]> {
  const { channel, before, recorder, run } = line;
  await recorder.change((record) => {
    const isFree = ({ id }: Notice): boolean => isSameDelivery(record.channels[channel]?.[id], before[id]);
    return unit
      .filter(isFree)
      .reduce((all, news) => setDelivery(all, channel, news.id, attempt(line, news, 0)), record);
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
 * Sends until it arrives, is refused, or must not be tried again in this run. An unclear answer is recorded at once.
 */
async function sendPatiently(line: Line, unit: readonly [Notice, ...Notice[]]): Promise<Attempts> {
  const { sender, before, sleep, recorder, channel } = line;
  const [first] = unit;
  const left = mostAttempts(sender.kind) - unclearOf(before[first.id]);
  let unclear = 0;
  for (let tries = 0; ; tries += 1) {
    const sending = await sender.send(unit);
    if (sending.kind === 'unclear') unclear += 1;
    const pause = waits[tries];
    if (sending.kind === 'sent' || sending.kind === 'refused') return { sending, unclear };
    if (pause === undefined || unclear >= left || (sending.wait ?? 0) > longestWait) return { sending, unclear };
    // The only further attempt is worth the longest pause.
    const isLast = left !== Infinity && sending.kind === 'unclear';
    if (isLast)
      await recorder.change((record) => setDelivery(record, channel, first.id, attempt(line, first, unclear)));
    await sleep(Math.max(isLast ? (waits.at(-1) ?? pause) : pause, sending.wait ?? 0));
  }
}

/** Leaves in the record how many answers were unclear; nothing if none was, since then it didn't arrive. */
function release(line: Line, record: Deliveries, notice: Notice, unclear: number): Deliveries {
  const { id } = notice;
  if (unclearOf(line.before[id]) + unclear === 0) return forgetDelivery(record, line.channel, id);
  return setDelivery(record, line.channel, id, attempt(line, notice, unclear));
}

/** Sends everything that is pending on one channel. A channel that is down is skipped for the rest of the run. */
export async function deliver(
  channel: string,
  sender: Sender,
  notices: readonly Notice[],
  before: ChannelRecord,
  recorder: Recorder,
  context: DeliveryContext,
): Promise<ChannelResult> {
  const line: Line = { ...context, channel, sender, before, recorder };
  const most = mostAttempts(sender.kind);
  const waiting = pending(notices, before, most);
  const [sent, again, failures]: [string[], string[], string[]] = [[], [], []];
  const result = { channel, sent, again, failures };
  const units = sender.together ? [waiting].filter(({ length }) => length > 0) : waiting.map((notice) => [notice]);
  try {
    for (const unit of units) {
      const [first, ...more] = await claim(line, unit);
      if (first === undefined) continue;
      const claimed = [first, ...more];
      const ids = claimed.map(({ id }) => id);
      const { sending, unclear } = await sendPatiently(line, [first, ...more]);
      if (sending.kind === 'sent') {
        const mark = { state: 'sent', at: isoTime(context.clock()) } as const;
        sent.push(...ids);
        again.push(...ids.filter((id) => unclear > 0 || before[id] !== undefined));
        await recorder.change((record) =>
          claimed.reduce((all, news) => setDelivery(all, channel, news.id, { ...mark, said: news.said }), record),
        );
      } else if (sending.kind === 'refused') {
        failures.push(`refused ${ids.join(', ')}: ${sending.reason}`);
        await recorder.change((record) => claimed.reduce((all, news) => release(line, all, news, unclear), record));
      } else {
        if (most !== Infinity) await recorder.change((record) => release(line, record, first, unclear));
        const isOver = unclearOf(before[first.id]) + unclear >= most;
        failures.push(
          isOver ? gaveUp(first.id, sending.reason) : isDown(ids, waiting.length - sent.length, sending.reason),
        );
        return result;
      }
    }
  } catch (error) {
    // Without the record nothing more may be sent; the other channels find out for themselves.
    if (!(error instanceof UserError)) throw error;
    failures.push(`stopped: ${error.message}`);
  }
  return result;
}

const isDown = (ids: readonly string[], left: number, reason: string): string =>
  `is down: ${reason}. ${ids.join(', ')}${left > ids.length ? ' and later updates' : ''} will be sent on the next run`;

const gaveUp = (id: string, reason: string): string =>
  `gave no clear answer: ${reason}. ${id} may have arrived. It was sent twice and won't be sent again; check the channel`;
