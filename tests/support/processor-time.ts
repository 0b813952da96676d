/** In milliseconds. A run shorter than this is far below every limit, and isn't repeated. */
const short = 200;

function once(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * The processor time that the work takes, in milliseconds, regardless of what else runs on the machine. A run may have
 * to collect earlier garbage, so the fastest of three counts. The work must be repeatable.
 */
export function processorTime(work: () => void): number {
  const first = once(work);
  return first < short ? first : Math.min(first, once(work), once(work));
}
