import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Site } from '../../../src/domain/site.ts';
import type { World } from '../../cli/world.ts';
import type { ChannelResult } from './deliver.ts';
import { notify, type NotifyOptions, planNotify } from './notify.ts';
import { openChannels } from './open-channels.ts';
import { openRecorder } from './recorder.ts';
import type { Store } from './store.ts';

export type Told = {
  readonly results: readonly ChannelResult[];
  /** The channels that had no record before. */
  readonly begun: readonly string[];
};

/** Tells the channels of a site what they have not been told. Throws UserError when the record cannot be used. */
export async function runNotify(
  site: Site,
  store: Store,
  options: NotifyOptions,
  { env, clock }: Pick<World, 'env' | 'clock'>,
): Promise<Told> {
  const recorder = await openRecorder(store);
  const plan = planNotify(site, recorder.current(), options);
  const channels = options.mark ? [] : openChannels(site, env, clock);
  const results = await notify(plan, channels, recorder, { clock, sleep: (time) => sleep(time), run: randomUUID() });
  return { results, begun: plan.begun };
}

export type Waiting = { readonly channel: string; readonly pending: readonly string[] };

/** What a run would tell, by channel; nothing is sent or recorded. */
export async function lookAhead(site: Site, store: Store, options: NotifyOptions): Promise<Waiting[]> {
  const recorder = await openRecorder(store);
  const plan = planNotify(site, recorder.current(), options);
  const record = plan.begin(recorder.current());
  return site.settings.notify.map(({ kind }) => ({
    channel: kind,
    pending: plan.pendingOn(kind, record.channels[kind] ?? {}).map(({ id }) => id),
  }));
}
