import { createHash } from 'node:crypto';
import { type Duration, second } from '../../../src/lib/domain/calendar.ts';
import type { ChannelKind } from '../../../src/lib/domain/settings.ts';
import { excerpt } from '../../../src/lib/plain-text.ts';
import { oneLine } from '../../cli/errors.ts';
import { request, retryAfter } from '../../live/http.ts';
import type { Notice } from './notice.ts';

/** How one send ended. `later`: it may go through if tried again, after `wait` if the other side named one. */
export type Sending =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later'; readonly reason: string; readonly wait: Duration | null }
  | { readonly kind: 'refused'; readonly reason: string };

/** A channel that is ready to be used. Never throws for what the other side does. */
export type Sender = {
  readonly channel: ChannelKind;
  /** Whether one message stands for all that is new, as a ping does; else each update has its own. */
  readonly together: boolean;
  readonly send: (items: readonly [Notice, ...Notice[]]) => Promise<Sending>;
  /** Called when all is sent. */
  readonly close?: () => void;
};

/** A channel that cannot be used, and what to do about it. */
export type NoSender = { readonly channel: ChannelKind; readonly problem: string };

type Post = {
  /** Often a secret: never show it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long to wait for the answer. */
  readonly patience: Duration;
};

/** Statuses that say nothing against the message itself. */
const passing = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

/** Posts once and reports how it ended. */
export async function httpPost({ url, headers, body, patience }: Post): Promise<Sending> {
  const answer = await request(url, { timeout: patience, headers, body });
  const withoutAddress = (text: string): string => oneLine(text.replaceAll(url, 'the address'));
  if (answer.kind === 'none') return { kind: 'later', reason: withoutAddress(answer.reason), wait: null };
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const said = excerpt(withoutAddress(new TextDecoder().decode(answer.body)), 200);
  const reason = `status ${status}${said === '' ? '' : `, ${said}`}`;
  return passing(status) ? { kind: 'later', reason, wait: retryAfter(answer) } : { kind: 'refused', reason };
}

/** The longest wait for any answer. */
export const patience: Duration = 10 * second;

export function postJson(url: string, message: unknown): Promise<Sending> {
  return httpPost({ url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(message), patience });
}

/** A text of at most `length` characters, cut between words; none of them is half a character. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '');
  const between = cut.search(/\s\S*$/);
  return `${(between > length / 2 ? cut.slice(0, between) : cut).trimEnd()}…`;
}

/**
 * As much of a text as fits into `length` once it is escaped: never cut inside an escape, since it is
 * cut before. The room is searched for by halves.
 */
export function shortenEscaped(text: string, length: number, escape: (text: string) => string): string {
  if (escape(text).length <= length) return escape(text);
  let [fits, tooLong] = [1, text.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (escape(shorten(text, middle)).length <= length) fits = middle;
    else tooLong = middle;
  }
  return escape(shorten(text, fits));
}

/** A short name for an update of a site, the same at each try: by it, receivers know a message they have. */
export function stableId(siteUrl: string, id: string): string {
  return createHash('sha256').update(`${siteUrl}\n${id}`).digest('hex').slice(0, 32);
}

/** Changes a text except for its web addresses, which would lead nowhere with a sign more in them. */
export function outsideAddresses(text: string, change: (part: string) => string): string {
  return text
    .split(/(https?:\/\/[^\s<>()[\]"`|\\]+)/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}
