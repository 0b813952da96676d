import type { Duration } from '../../../src/domain/instant.ts';
import type { Ask } from './answer.ts';

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}

/** Browsers give up after twenty. */
const mostRedirects = 20;

/** Asks over HTTP as a customer's browser would: follows redirects, takes what caches give. */
export function httpAsk(patience: Duration): Ask {
  return async (asked) => {
    // Step by step, to tell where a redirect leads even when nothing answers there.
    let address = asked;
    const redirectedTo = (): { readonly redirectedTo?: string } => (address === asked ? {} : { redirectedTo: address });
    const signal = AbortSignal.timeout(patience);
    try {
      for (let step = 0; step <= mostRedirects; step += 1) {
        const response = await fetch(address, {
          signal,
          redirect: 'manual',
          headers: { 'user-agent': 'halfpast verify' },
        });
        const next =
          response.status >= 300 && response.status < 400
            ? URL.parse(response.headers.get('location') ?? '', address)
            : null;
        if (next === null || !response.headers.has('location')) {
          // The body, too, may break off or never end.
          const body = new Uint8Array(await response.arrayBuffer());
          return {
            kind: 'answer',
            status: response.status,
            headers: Object.fromEntries(response.headers),
            body,
            ...redirectedTo(),
          };
        }
        await response.body?.cancel();
        address = next.href;
      }
      return { kind: 'none', reason: 'it redirects in circles' };
    } catch (error) {
      return { kind: 'none', reason: reasonOf(error), ...redirectedTo() };
    }
  };
}
