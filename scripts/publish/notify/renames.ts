import type { ChannelRecord, Deliveries } from './deliveries.ts';

/** An update apart from the name of its folder: kind, time and what it says. */
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
      // Moved, not copied: one delivery belongs to one update, so another update with the same text is still sent.
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
 * The record with deliveries under the ids that their updates have now. The same title, words, status and
 * time in another folder, while no update has the old id any more, is a folder that was renamed.
 */
export function followRenames({ channels }: Deliveries, said: ReadonlyMap<string, string>): Deliveries {
  return {
    form: 1,
    channels: Object.fromEntries(Object.entries(channels).map(([name, record]) => [name, followOn(record, said)])),
  };
}
