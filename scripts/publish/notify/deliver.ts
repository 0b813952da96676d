import { type Duration, type Instant, isoTime, second } from '../../../src/lib/domain/calendar.ts';
import type { ChannelKind } from '../../../src/lib/domain/settings.ts';
import { UserError } from '../../cli/errors.ts';
import type { Sender, Sending } from './channel.ts';
import {
  type ChannelRecord,
  type Delivery,
  forgetDelivery,
  isSameDelivery,
  type Recorder,
  setDelivery,
} from './deliveries.ts';
import type { Notice } from './notice.ts';

/** What became of one channel in one run. */
export type ChannelResult = {
  readonly channel: ChannelKind;
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

/** Before each further try of one message; then the channel counts as down. */
const waits: readonly Duration[] = [second, 4 * second, 10 * second];

/** The longest wait that another side may ask for. */
const longestWait: Duration = 30 * second;

async function sendPatiently(
  sender: Sender,
  unit: readonly [Notice, ...Notice[]],
  context: DeliveryContext,
): Promise<Sending> {
  for (const wait of waits) {
    const sending = await sender.send(unit);
    if (sending.kind !== 'later') return sending;
    if (sending.wait !== null && sending.wait > longestWait) return sending;
    await context.sleep(Math.max(wait, sending.wait ?? 0));
  }
  return sender.send(unit);
}

/** Those not delivered on a channel, oldest first. */
export function pending(notices: readonly Notice[], record: ChannelRecord): Notice[] {
  return notices.filter(({ id }) => record[id] === undefined || record[id].state === 'sending');
}

/** An entry with what was said, by which it is known again in a folder of another name. */
const marked = (mark: Delivery, { said }: Notice): Delivery => ({ ...mark, said });

/**
 * Says in the record that this run sends these, before it does. What another run took meanwhile is left
 * to that one; what a dead run took is sent again.
 */
async function claim(
  unit: readonly Notice[],
  before: ChannelRecord,
  channel: ChannelKind,
  recorder: Recorder,
  context: DeliveryContext,
): Promise<Notice[]> {
  const mark = { state: 'sending', at: isoTime(context.clock()), run: context.run } as const;
  await recorder.change((record) => {
    const isFree = ({ id }: Notice): boolean => isSameDelivery(record.channels[channel]?.[id], before[id]);
    return unit.filter(isFree).reduce((all, news) => setDelivery(all, channel, news.id, marked(mark, news)), record);
  });
  const now = recorder.current().channels[channel] ?? {};
  return unit.filter(({ id }) => now[id]?.run === context.run);
}

/**
 * Sends all that is pending on one channel. A channel that is down is left alone for the rest of the run.
 * `before` is the channel's record as the run found it: what came into it since is of a run that lives.
 */
export async function deliver(
  sender: Sender,
  notices: readonly Notice[],
  before: ChannelRecord,
  recorder: Recorder,
  context: DeliveryContext,
): Promise<ChannelResult> {
  const { channel, together } = sender;
  const waiting = pending(notices, before);
  const [sent, again, failures]: [string[], string[], string[]] = [[], [], []];
  const result = { channel, sent, again, failures };
  const units = together ? [waiting].filter(({ length }) => length > 0) : waiting.map((notice) => [notice]);
  try {
    for (const unit of units) {
      const [first, ...more] = await claim(unit, before, channel, recorder, context);
      if (first === undefined) continue;
      const claimed = [first, ...more];
      const ids = claimed.map(({ id }) => id);
      const sending = await sendPatiently(sender, [first, ...more], context);
      if (sending.kind === 'sent') {
        const mark = { state: 'sent', at: isoTime(context.clock()) } as const;
        sent.push(...ids);
        again.push(...ids.filter((id) => before[id] !== undefined));
        await recorder.change((record) =>
          claimed.reduce((all, news) => setDelivery(all, channel, news.id, marked(mark, news)), record),
        );
      } else if (sending.kind === 'refused') {
        failures.push(`refused ${ids.join(', ')}: ${sending.reason}`);
        await recorder.change((record) => ids.reduce((all, id) => forgetDelivery(all, channel, id), record));
      } else {
        const left = waiting.length - sent.length;
        failures.push(
          `is down: ${sending.reason}. ${ids.join(', ')}${left > ids.length ? ' and later updates' : ''} will be sent on the next run`,
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
