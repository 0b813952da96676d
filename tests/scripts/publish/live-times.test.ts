import { expect, it } from 'vitest';
import { emptyLog, liveTimes } from '../../../scripts/publish/hosts/release-log.ts';
import { at } from '../../lib/domain/make.ts';
import { release } from './releases.ts';

it('an update went live when its first release was verified, or else deployed; unknown times are left out', () => {
  const releases = [
    release('20261122T150000000Z-1', '2026-11-22T15:01:00Z', [{ update: 'a', edited: '2026-11-22T14:59Z' }]),
    release('20261122T144000000Z-1', null, [{ update: 'd' }]),
    release('20261122T143000000Z-1', '2026-11-22T14:32:00Z', [{ update: 'c' }, { update: 'c', slug: 'other' }]),
    release('20261122T142500000Z-1', null, [{ update: 'c' }], 'failed'),
    release('20261122T140600000Z-1', '2026-11-22T14:07:00Z', [{ update: 'a' }, { update: 'b', edited: 'x' }]),
  ];
  expect([...liveTimes({ ...emptyLog, releases }, 'down')]).toEqual([
    ['a', at('2026-11-22T14:07Z')],
    ['c', at('2026-11-22T14:32Z')],
    ['d', at('2026-11-22T14:40Z')],
  ]);
});
