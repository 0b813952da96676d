import type { Site } from '../../../src/domain/site.ts';
import { planNotify } from './notify.ts';
import { openRecorder } from './recorder.ts';
import type { Store } from './store.ts';

/**
 * Writes down what channels without a record need not be told, because it is there already, and sends nothing. Done
 * before anything else of a publish, so that what is added after a run that died is told by the next. Gives
 * the channels that are new. Throws UserError when the record cannot be used.
 */
export async function beginChannels(site: Site, store: Store): Promise<readonly string[]> {
  const recorder = await openRecorder(store);
  const { begin, begun } = planNotify(site, recorder.current(), { since: null, mark: false });
  if (begun.length > 0) await recorder.change(begin);
  return begun;
}
