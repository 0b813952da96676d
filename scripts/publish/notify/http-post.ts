import { type Duration, second } from '../../../src/domain/instant.ts';
import { oneLine } from '../../cli/one-line.ts';
import { excerpt } from '../../../src/views/excerpt.ts';
import type { Sending } from './sender.ts';

export type Post = {
  /** Often a secret: never in what is told to people. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long to wait for the answer. */
  readonly patience: Duration;
};

/** Statuses that say nothing against the message itself. */
const passing = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

function waitOf(headers: Headers): Duration | null {
  const seconds = Number(headers.get('retry-after') ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * second : null;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Posts once and tells how it ended. Follows no redirects: they would carry the message elsewhere. */
export async function httpPost({ url, headers, body, patience }: Post): Promise<Sending> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'user-agent': 'halfpast', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    const said = excerpt(oneLine((await response.text()).replaceAll(url, 'the address')), 200);
    if (response.ok) return { kind: 'sent' };
    const reason = `status ${response.status}${said === '' ? '' : `, ${said}`}`;
    return passing(response.status)
      ? { kind: 'later', reason, wait: waitOf(response.headers) }
      : { kind: 'refused', reason };
  } catch (error) {
    return { kind: 'later', reason: oneLine(reasonOf(error)).replaceAll(url, 'the address'), wait: null };
  }
}

/** The longest wait for any answer. */
export const patience: Duration = 10 * second;

export function postJson(url: string, message: unknown): Promise<Sending> {
  return httpPost({ url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(message), patience });
}
