import { type Duration, second } from '../../src/lib/domain/calendar.ts';

/** The response to a request, or the reason there was none. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Header names are in lowercase. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      /** The final URL, after redirects. */
      readonly redirectedTo?: string;
    }
  | {
      readonly kind: 'none';
      readonly reason: string;
      /** Whether the request definitely didn't reach the server, because it never connected. */
      readonly unsent: boolean;
      readonly redirectedTo?: string;
    };

export type HttpRequest = {
  /** The time limit for all redirects and the body together. */
  readonly timeout: Duration;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent with POST; without a body, the request is a GET. */
  readonly body?: string;
};

/** The same limit as in browsers. */
const mostRedirects = 20;

function reasonOf(error: unknown, timeout: Duration): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `timed out after ${timeout / second} seconds`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  // For a host with several addresses, there is one error per address and no overall message.
  return cause.message || (cause as NodeJS.ErrnoException).code || error.message;
}

/** Errors before a request can be sent: resolving the host, connecting, and negotiating TLS. */
const beforeSending =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|(?:ERR_TLS|ERR_SSL|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)_\w+)$/;

/** Node has no error code for this. */
const noTls = /^Client network socket disconnected before secure TLS connection/;

/** Whether the network failed before the request could be sent. */
function failedBeforeSending(error: unknown): boolean {
  const { code = '', syscall, message = '' } = error as Partial<NodeJS.ErrnoException>;
  if (beforeSending.test(code) || syscall === 'connect' || noTls.test(message)) return true;
  // A host with several addresses fails with one error for each.
  const { cause, errors = [cause] } = error as Partial<AggregateError>;
  return errors.some((inner) => inner instanceof Error && failedBeforeSending(inner));
}

/** Sends one request, once, and reads the whole response. Never throws for network errors. */
export async function request(url: string, { timeout, headers, body }: HttpRequest): Promise<Answer> {
  // We follow redirects ourselves, to report the target even when it doesn't respond. A redirected POST isn't followed,
  // because it would send its message to another address.
  let address = url;
  const redirectedTo = (): { readonly redirectedTo?: string } => (address === url ? {} : { redirectedTo: address });
  const signal = AbortSignal.timeout(timeout);
  const send: RequestInit = body === undefined ? {} : { method: 'POST', body };
  try {
    for (let step = 0; step <= mostRedirects; step += 1) {
      const response = await fetch(address, {
        ...send,
        signal,
        redirect: 'manual',
        headers: { 'user-agent': 'halfpast', ...headers },
      });
      const location = response.headers.get('location');
      const isRedirect = response.status >= 300 && response.status < 400 && location !== null;
      const next = isRedirect && body === undefined ? URL.parse(location, address) : null;
      if (next === null) {
        const bytes = new Uint8Array(await response.arrayBuffer());
        const { status } = response;
        return {
          kind: 'answer',
          status,
          headers: Object.fromEntries(response.headers),
          body: bytes,
          ...redirectedTo(),
        };
      }
      await response.body?.cancel();
      address = next.href;
    }
    return { kind: 'none', reason: 'too many redirects', unsent: false };
  } catch (error) {
    const unsent = address === url && failedBeforeSending(error);
    return { kind: 'none', reason: reasonOf(error, timeout), unsent, ...redirectedTo() };
  }
}

/** The text of a successful response, else null. */
export function responseText(answer: Answer): string | null {
  return answer.kind === 'answer' && answer.status >= 200 && answer.status < 300
    ? new TextDecoder().decode(answer.body)
    : null;
}

/** Whether nothing exists at the address. */
export const isMissing = (answer: Answer): boolean =>
  answer.kind === 'answer' && (answer.status === 404 || answer.status === 410);

/** How long the server asks to wait before the next request; null if it doesn't, or gives a date. */
export function retryAfter(answer: Answer): Duration | null {
  const header = answer.kind === 'answer' ? answer.headers['retry-after'] : undefined;
  const seconds = Number(header ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * second : null;
}

/**
 * Runs `work` for each item, at most `most` at a time. The results are in the order of the items. After a failure,
 * nothing new begins, because the process would only end after all of it.
 */
export async function mapAtOnce<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: most }, worker)).finally(() => left.splice(0));
  return results;
}

/**
 * Sends requests until `pause` accepts the response by returning null. Otherwise, `pause` returns the time to wait
 * before the next attempt. `attempt` counts from 1.
 */
export async function withRetries(
  ask: () => Promise<Answer>,
  pause: (answer: Answer, attempt: number) => Duration | null,
  sleep: (time: Duration) => Promise<unknown>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    const time = pause(answer, attempt);
    if (time === null) return answer;
    await sleep(time);
  }
}
