import { expect, it } from 'vitest';
import { mapAtOnce } from '../../../scripts/live/http.ts';

it('results are in the order of the items, with a few at a time', async () => {
  let [running, most] = [0, 0];
  const results = await mapAtOnce([30, 1, 20, 5, 10], 2, async (delay) => {
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setTimeout(resolve, delay));
    running -= 1;
    return delay * 2;
  });
  expect(results).toEqual([60, 2, 40, 10, 20]);
  expect(most).toBe(2);
});

it('after a failure, nothing new begins: the process would wait for it', async () => {
  const begun: number[] = [];
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    await Promise.resolve();
    if (item === 1) throw new Error('the host is down');
  };
  await expect(mapAtOnce([...Array(50).keys()], 3, work)).rejects.toThrow('the host is down');
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(begun.length).toBeLessThan(10);
});
