import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../../../scripts/cli/system.ts';
import {
  fileStore,
  mergeDeliveries,
  noDeliveries,
  openRecorder,
  readDeliveries,
  setDelivery,
  type Store,
  writeDeliveries,
} from '../../../../scripts/publish/notify/deliveries.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const time = '2026-11-22T14:00:00.000Z';

describe('a record of deliveries', () => {
  it('is written so that it can be read again, and the same each time', () => {
    const record = setDelivery(setDelivery(noDeliveries, 'slack', 'b', { state: 'sent', at: time }), 'slack', 'a"\n', {
      state: 'sending',
      at: time,
      run: 'x',
    });
    const text = writeDeliveries(record);
    expect(readDeliveries(text, 'state')).toEqual(record);
    expect(writeDeliveries(readDeliveries(text, 'state'))).toBe(text);
    expect(text.split('\n')).toContain('      "b": {"state":"sent","at":"2026-11-22T14:00:00.000Z"}');
    expect(readDeliveries(writeDeliveries(noDeliveries), 'state')).toEqual(noDeliveries);
  });

  it.each([
    '',
    '[]',
    '{"form":2,"channels":{}}',
    '{"form":1,"channels":{"slack":{"a":{"state":"maybe","at":"2026-11-22T14:00:00.000Z"}}}}',
  ])('can’t be read from %j', (text) => {
    expect(() => readDeliveries(text, 'state.json')).toThrow('state.json is not a record of deliveries');
  });

  it('of two runs leaves to the other one what it claimed first, and takes over what a dead run left', () => {
    const of = (state: 'sending' | 'sent', run: string) =>
      setDelivery(noDeliveries, 'slack', 'a', { state, at: time, run });
    const dead = of('sending', 'dead');
    const [mine, other] = [of('sending', 'mine'), of('sending', 'other')];
    const runOf = (record: typeof mine): unknown => record.channels['slack']?.['a']?.run;
    expect(runOf(mergeDeliveries(noDeliveries, mine, other))).toBe('other');
    expect(runOf(mergeDeliveries(dead, mine, dead))).toBe('mine');
    expect(mergeDeliveries(dead, of('sent', 'mine'), other)).toEqual(of('sent', 'mine'));
    expect(mergeDeliveries(dead, mine, of('sent', 'other'))).toEqual(of('sent', 'other'));
  });
});

describe('the recorder', () => {
  it('combines simultaneous changes in few writes, and loses none', async () => {
    const path = join(temporaryFolder(), 'state.json');
    const disk = fileStore(path, 'state.json', realDisk, (work) => work());
    let writes = 0;
    const store: Store = { ...disk, save: (text, version) => ((writes += 1), disk.save(text, version)) };
    const recorder = await openRecorder(store);
    expect(recorder.isNew).toBe(true);
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        recorder.change((record) => setDelivery(record, 'slack', `update-${index}`, { state: 'sent', at: time })),
      ),
    );
    expect(writes).toBeLessThanOrEqual(3);
    expect(Object.keys(readDeliveries(readFileSync(path, 'utf8'), path).channels['slack'] ?? {})).toHaveLength(50);
    await recorder.change((record) => record);
    expect(writes, 'nothing new, nothing written').toBeLessThanOrEqual(3);
  });

  it('merges what another run wrote in the meantime', async () => {
    const path = join(temporaryFolder(), 'state.json');
    const store = fileStore(path, 'state.json', realDisk, (work) => work());
    const recorder = await openRecorder(store);
    writeFileSync(path, writeDeliveries(setDelivery(noDeliveries, 'email', 'theirs', { state: 'sent', at: time })));
    await recorder.change((record) => setDelivery(record, 'slack', 'ours', { state: 'sent', at: time }));
    expect(readDeliveries(readFileSync(path, 'utf8'), path)).toMatchObject({
      channels: { email: { theirs: { state: 'sent' } }, slack: { ours: { state: 'sent' } } },
    });
  });

  it('gives up with a message if others write at every try', async () => {
    const store: Store = {
      name: 'the record',
      exclusively: <T>(work: () => Promise<T>): Promise<T> => work(),
      load: () => Promise.resolve({ text: null, version: null }),
      save: () => Promise.resolve(null),
    };
    const recorder = await openRecorder(store);
    await expect(
      recorder.change((record) => setDelivery(record, 'slack', 'a', { state: 'sent', at: time })),
    ).rejects.toThrow('the record was changed by other runs at every attempt');
  });
});
