import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { withLock } from '../../../../scripts/publish/hosts/lock.ts';
import { lockTools as tools } from './small-page.ts';

/** Adds one to a number in a file many times, in a way that loses some when two do it at once. */
const [lock = '', file = '', times = '0', dies = ''] = process.argv.slice(2);
for (let time = 0; time < Number(times); time += 1) {
  await withLock(lock, tools(), { longest: 60_000 }, async () => {
    const before = Number(readFileSync(file, 'utf8'));
    await setTimeout(1);
    writeFileSync(file, String(before + 1));
    if (dies !== '' && time === Number(times) - 1) process.kill(process.pid, 'SIGKILL');
  });
}
