import { UserError } from '../../cli/errors.ts';
import { type Deliveries, mergeDeliveries, noDeliveries, readDeliveries, writeDeliveries } from './deliveries.ts';
import type { Store } from './store.ts';

/** The record in memory, and its way to where it survives. */
export type Recorder = {
  readonly current: () => Deliveries;
  /** Changes the record; done when the change is where it survives. Changes that come together are written together. */
  readonly change: (edit: (record: Deliveries) => Deliveries) => Promise<void>;
};

/** Each write that lost against another is taken up again on top of it. */
const tries = 8;

/** Reads the record. `isNew` when there was none. Throws UserError when it cannot be read or written. */
export async function openRecorder(store: Store): Promise<Recorder & { readonly isNew: boolean }> {
  let { text, version } = await store.load();
  const isNew = text === null;
  let record = text === null ? noDeliveries : readDeliveries(text, store.name);
  /** As it stands in the store, as far as is known. */
  let base = record;
  let saving: Promise<void> | null = null;

  const save = async (): Promise<void> => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const whole = record;
      const wanted = writeDeliveries(whole);
      if (wanted === text) return;
      const saved = await store.save(wanted, version);
      if (saved !== null) {
        [text, version, base] = [wanted, saved, whole];
        return;
      }
      const theirs = await store.load();
      [text, version] = [theirs.text, theirs.version];
      const read = theirs.text === null ? noDeliveries : readDeliveries(theirs.text, store.name);
      record = mergeDeliveries(base, record, read);
      base = read;
    }
    throw new UserError(
      `${store.name} was changed by others at every try, so it is not known what was delivered. Run notify again when no other run is at it`,
    );
  };

  const change = async (edit: (record: Deliveries) => Deliveries): Promise<void> => {
    record = edit(record);
    // A write that has begun may lack this change: one more begins when it is done, for all that waited.
    if (saving !== null) await saving.catch(() => undefined);
    saving ??= save().finally(() => {
      saving = null;
    });
    await saving;
  };

  return { current: () => record, change, isNew };
}
