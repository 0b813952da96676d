import type { Duration } from '../../../src/domain/instant.ts';
import { second } from '../../../src/domain/instant.ts';
import { UserError } from '../../cli/errors.ts';

/** The text at a path below the page's address; null when there is none. Throws UserError when it cannot be had. */
export type Read = (path: string) => Promise<string | null>;

export type PoliteOptions = {
  readonly fetch: typeof fetch;
  readonly wait: (time: Duration) => Promise<unknown>;
  /** Told of a wait, in seconds. */
  readonly waits: (seconds: number) => void;
};

const attempts = 4;
const longestWait = 60 * second;
const patience = 20 * second;

/** How long the answer asks to wait; without that, longer each time. */
function pause(response: Response | null, attempt: number): Duration {
  const asked = Number(response?.headers.get('retry-after') ?? Number.NaN) * second;
  return Math.min(Number.isFinite(asked) && asked >= 0 ? asked : 2 ** attempt * second, longestWait);
}

/** Reads one file after the other, and waits when the page says that it is asked too much. */
export function politeReader(base: string, { fetch, wait, waits }: PoliteOptions): Read {
  return async (path) => {
    const address = `${base}${path}`;
    let said = 'does not answer. Check the address and the connection';
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const response = await fetch(address, {
        headers: { accept: 'application/json', 'user-agent': 'halfpast' },
        signal: AbortSignal.timeout(patience),
      }).catch(() => null);
      try {
        if (response?.ok === true) return await response.text();
      } catch {
        // Broken off in the middle: as good as no answer.
      }
      if (response?.status === 404 || response?.status === 410) return null;
      if (response !== null && !response.ok) said = `answers with status ${response.status}`;
      if (response !== null && response.status < 500 && response.status !== 429 && !response.ok) break;
      if (attempt + 1 === attempts) break;
      const time = pause(response, attempt);
      if (time >= 5 * second) waits(time / second);
      await wait(time);
    }
    throw new UserError(
      `${address} ${said}${said.startsWith('answers') ? '. Try again later, or save the files and pass them with --incidents and so on' : ''}`,
    );
  };
}
