import type { Duration } from '../../../src/domain/instant.ts';
import type { ChannelKind } from '../../../src/domain/channel.ts';
import type { News, Notice } from './notice.ts';

/** How one send ended. `later`: it may go through if tried again, after `wait` if the other side named one. */
export type Sending =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later'; readonly reason: string; readonly wait: Duration | null }
  | { readonly kind: 'refused'; readonly reason: string };

/** A channel that is ready to be used for such items. Never throws for what the other side does. */
export type SenderOf<Item extends News, Together extends boolean> = {
  readonly channel: ChannelKind;
  /** Whether one message stands for all that is new, as a ping does; else each update has its own. */
  readonly together: Together;
  readonly send: (items: readonly [Item, ...Item[]]) => Promise<Sending>;
  /** Called when all is sent. */
  readonly close?: () => void;
};

/** Says what each update says, or only that something is new. */
export type Sender = SenderOf<Notice, false> | SenderOf<News, true>;

/** A channel that cannot be used, and what to do about it. */
export type NoSender = { readonly channel: ChannelKind; readonly problem: string };
