import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { lockToolsOf, withLock } from '../../../../scripts/publish/hosts/lock.ts';

/** Increments a number in a file many times. Without the lock, two at once would lose increments. */
const [lock = '', file = '', times = '0', dies = ''] = process.argv.slice(2);
const tools = lockToolsOf({ clock: Date.now, sleep: setTimeout });
for (let time = 0; time < Number(times); time += 1) {
  await withLock(lock, tools, { longest: 60_000 }, async () => {
    const before = Number(readFileSync(file, 'utf8'));
    await setTimeout(1);
    writeFileSync(file, String(before + 1));
    if (dies !== '' && time === Number(times) - 1) process.kill(process.pid, 'SIGKILL');
  });
}
