/** A run this short, in milliseconds, is far below every limit and isn't repeated. */
const short = 200;

function once(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How long the processor works on this, in milliseconds: what else runs on the machine doesn't count. A run may have to
 * collect the garbage of whatever ran before it, so the quickest of three counts. The work must be repeatable.
 */
export function processorTime(work: () => void): number {
  const first = once(work);
  return first < short ? first : Math.min(first, once(work), once(work));
}
