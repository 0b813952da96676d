import { quote } from '../../src/schema/text.ts';
import { UsageError } from './errors.ts';

/** Reads `--port`; 4321, Astro's own, when it is left out. Throws UsageError. */
export function readPort(given: string | undefined): number {
  if (given === undefined) return 4321;
  const port = Number(given);
  if (/^\d+$/.test(given) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port: ${quote(given)} is not a port. Type a number up to 65535, as --port 4321`);
}
