import { createHash } from 'node:crypto';
import { type Duration, second } from '../../../src/lib/domain/calendar.ts';
import type { Channel } from '../../../src/lib/domain/settings.ts';
import { excerpt } from '../../../src/lib/plain-text.ts';
import { oneLine } from '../../cli/errors.ts';
import { request, retryAfter } from '../../live/http.ts';
import type { Notice } from './notice.ts';

/**
 * The result of one attempt to send. `later`: it certainly didn't arrive, and can be tried again. `unclear`: it may
 * have arrived. `wait` is how long the server asks to wait before the next attempt; null if it doesn't.
 */
export type Sending =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later' | 'unclear'; readonly reason: string; readonly wait: Duration | null }
  | { readonly kind: 'refused'; readonly reason: string };

/** A channel that's ready to use. Never throws because of what the server does. */
export type Sender<Item = Notice> = {
  readonly kind: Channel['kind'];
  /** Whether one message, such as a ping, covers all news. Otherwise, each update has its own. */
  readonly together: boolean;
  readonly send: (items: readonly [Item, ...Item[]]) => Promise<Sending>;
  /** Called when everything has been sent. */
  readonly close?: () => void;
};

/**
 * How often to send a message if the answers are unclear. Hubs and webhooks recognize repeats, by the feed and by
 * `webhook-id`. Chats and mailing lists would show them, so they only get one more attempt.
 */
export function mostAttempts(kind: Channel['kind']): number {
  return kind === 'websub' || kind === 'webhook' ? Infinity : 2;
}

/** Why a channel can't be used, and what to do about it. */
export type NoSender = { readonly problem: string };

type Post = {
  /** Often a secret, so never show it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long to wait for the answer. */
  readonly patience: Duration;
};

/** Statuses that mean that the message wasn't accepted and should be sent again. */
const notTaken = [408, 425, 429];

/** Sends one POST request. */
export async function httpPost({ url, headers, body, patience }: Post): Promise<Sending> {
  const answer = await request(url, { timeout: patience, headers, body });
  const withoutAddress = (text: string): string => oneLine(text.replaceAll(url, 'the address'));
  if (answer.kind === 'none') {
    const kind = answer.unsent ? 'later' : 'unclear';
    return { kind, reason: withoutAddress(answer.reason), wait: null };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const text = excerpt(withoutAddress(new TextDecoder().decode(answer.body)), 200);
  const reason = `status ${status}${text === '' ? '' : `, ${text}`}`;
  const wait = retryAfter(answer);
  if (notTaken.includes(status)) return { kind: 'later', reason, wait };
  // Behind a gateway, a message can arrive even though the answer is 502 or 504.
  return status >= 500 ? { kind: 'unclear', reason, wait } : { kind: 'refused', reason };
}

/** How long to wait for an answer. */
export const patience: Duration = 10 * second;

export function postJson(url: string, message: unknown): Promise<Sending> {
  return httpPost({ url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(message), patience });
}

/** Shortens a text to at most `length` characters. Cuts it between words, and never inside a surrogate pair. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '');
  const between = cut.search(/\s\S*$/);
  return `${(between > length / 2 ? cut.slice(0, between) : cut).trimEnd()}…`;
}

/**
 * Escapes as much of a text as fits into `length`. Finds the longest by bisection, and shortens before escaping, so
 * that no escape sequence is cut.
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

/** A short id for an update of a site. It's the same on each attempt, so that receivers recognize repeats. */
export function stableId(siteUrl: string, id: string): string {
  return createHash('sha256').update(`${siteUrl}\n${id}`).digest('hex').slice(0, 32);
}

/** Changes a text except for its web addresses, which would break with extra characters in them. */
export function outsideAddresses(text: string, change: (part: string) => string): string {
  return text
    .split(/(https?:\/\/[^\s<>()[\]"`|\\]+)/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}
