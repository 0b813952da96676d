import type { ChannelRecord, Deliveries } from './deliveries.ts';

/** Identifies an update regardless of its folder's name: by its kind, time and text. */
function apartFromFolder(id: string, said: string): string {
  const [kind, , ...file] = id.split('/');
  return [kind, ...file, said].join(' ');
}

function followOn(record: ChannelRecord, said: ReadonlyMap<string, string>): ChannelRecord {
  const gone = new Map(
    Object.entries(record).flatMap(([id, delivery]) =>
      said.has(id) || delivery.said === undefined ? [] : [[apartFromFolder(id, delivery.said), id] as const],
    ),
  );
  const next = { ...record };
  if (gone.size > 0) {
    for (const [id, words] of said) {
      const [key, before] = [apartFromFolder(id, words), gone.get(apartFromFolder(id, words))];
      const delivery = before === undefined ? undefined : next[before];
      if (before === undefined || delivery === undefined || next[id] !== undefined) continue;
      // Move the delivery instead of copying it, so that another update with the same text is still sent.
      next[id] = delivery;
      delete next[before];
      gone.delete(key);
    }
  }
  // An allowed edit isn't sent again. Remember the current text.
  return Object.fromEntries(
    Object.entries(next).map(([id, delivery]) => [id, said.has(id) ? { ...delivery, said: said.get(id) } : delivery]),
  );
}

/**
 * Moves deliveries to the current ids of their updates. If an old id is gone, and another folder has an update with the
 * same title, text, status and time, the folder was renamed.
 */
export function followRenames({ channels }: Deliveries, said: ReadonlyMap<string, string>): Deliveries {
  return {
    form: 1,
    channels: Object.fromEntries(Object.entries(channels).map(([name, record]) => [name, followOn(record, said)])),
  };
}
