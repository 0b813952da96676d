import type { Duration } from '../../../src/domain/instant.ts';
import type { Ask } from './answer.ts';

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}

/** Asks over HTTP as a customer's browser would: follows redirects, takes what caches give. */
export function httpAsk(patience: Duration): Ask {
  return async (address) => {
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(patience), headers: { 'user-agent': 'halfpast verify' } });
      // The body, too, may break off or never end.
      const body = new Uint8Array(await response.arrayBuffer());
      return { kind: 'answer', status: response.status, headers: Object.fromEntries(response.headers), body };
    } catch (error) {
      return { kind: 'none', reason: reasonOf(error) };
    }
  };
}
