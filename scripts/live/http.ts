import { type Duration, second } from '../../src/lib/domain/calendar.ts';

/** The response to a request, or why there was none. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      /** The final address, after redirects. */
      readonly redirectedTo?: string;
    }
  | {
      readonly kind: 'none';
      readonly reason: string;
      /** Whether the request certainly didn't reach the server: there was no connection to it. */
      readonly unsent: boolean;
      readonly redirectedTo?: string;
    };

export type HttpRequest = {
  /** How long all redirects and the body may take together. */
  readonly timeout: Duration;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent with POST; without it, the request is a GET. */
  readonly body?: string;
  /** Whether to follow redirects. Defaults to true for GET; a POST would carry its message elsewhere. */
  readonly follow?: boolean;
};

/** As in browsers. */
const mostRedirects = 20;

function reasonOf(error: unknown, timeout: Duration): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `timed out after ${timeout / second} seconds`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  // A host with several addresses fails with one error for each, and no message for them all.
  return cause.message || (cause as NodeJS.ErrnoException).code || error.message;
}

/** What fails before a request can be sent: finding the host, connecting to it, agreeing on TLS. */
const beforeSending =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|(?:ERR_TLS|ERR_SSL|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)_\w+)$/;

/** Node has no code of its own for it. */
const noTls = /^Client network socket disconnected before secure TLS connection/;

/** Whether the network failed before the request could be sent. */
function failedBeforeSending(error: unknown): boolean {
  const { code = '', syscall, message = '' } = error as Partial<NodeJS.ErrnoException>;
  if (beforeSending.test(code) || syscall === 'connect' || noTls.test(message)) return true;
  // A host with several addresses fails with one error for each.
  const { cause, errors = [cause] } = error as Partial<AggregateError>;
  return errors.some((inner) => inner instanceof Error && failedBeforeSending(inner));
}

/** Sends one request, once, and reads the whole answer. Never throws for anything that happens on the network. */
export async function request(url: string, { timeout, headers, body, follow }: HttpRequest): Promise<Answer> {
  // Redirects are followed here, to report where they lead even when nothing answers there.
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
      const next = isRedirect && (follow ?? body === undefined) ? URL.parse(location, address) : null;
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

/** The text of a successful answer, else null. */
export function textOf(answer: Answer): string | null {
  return answer.kind === 'answer' && answer.status >= 200 && answer.status < 300
    ? new TextDecoder().decode(answer.body)
    : null;
}

/** Whether the answer says that the address has nothing. */
export const isMissing = (answer: Answer): boolean =>
  answer.kind === 'answer' && (answer.status === 404 || answer.status === 410);

/** How long the server asks to wait before the next request; null when it doesn't, or names a date. */
export function retryAfter(answer: Answer): Duration | null {
  const header = answer.kind === 'answer' ? answer.headers['retry-after'] : undefined;
  const seconds = Number(header ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * second : null;
}

/**
 * Asks until `pause` accepts the answer by returning null; otherwise it returns how long to wait before the next
 * attempt. `attempt` counts from 1.
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
