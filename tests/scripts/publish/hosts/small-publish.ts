import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type ReleaseStorage, fileStorage } from '../../../../scripts/cli/system.ts';
import type { Verdict } from '../../../../scripts/publish/guard/guard.ts';
import type { PublishSteps } from '../../../../scripts/publish/hosts/folder.ts';
import { type LockTools, realProcesses } from '../../../../scripts/publish/lock.ts';
import { publish, type Published } from '../../../../scripts/publish/publish.ts';
import { releaseOf } from '../../../support/release.ts';

/** How many pages a small release has; each says which release it is of. */
export const pages = 12;

export const tools = (storage: ReleaseStorage = fileStorage): LockTools => ({
  storage,
  processes: realProcesses,
  clock: () => Date.now(),
  sleep: (time) => setTimeout(time),
});

const passed: Verdict = { outcome: 'passed', refusals: [], allowed: [], notes: [] };

/** A publish with all its steps and locks, of a site of a few files instead of Astro's. `told` is the log of the channels. */
export function smallPublish(
  folder: string,
  content: string,
  told: string,
  given: {
    readonly storage?: ReleaseStorage;
    readonly steps?: Partial<PublishSteps>;
    readonly keep?: number;
    readonly again?: boolean;
    readonly commit?: string;
    readonly say?: (line: string) => void;
  } = {},
): Promise<Published> {
  const release = releaseOf({
    content: content.padEnd(8, '0'),
    commit: given.commit ?? null,
    pages: { count: pages, index: 1, history: 1, incidents: 1 },
  });
  const steps: PublishSteps = {
    hold: () => Promise.resolve(null),
    source: () => Promise.resolve(release),
    begin: null,
    build: (out) => {
      mkdirSync(out);
      for (let page = 0; page < pages; page += 1) writeFileSync(join(out, `page-${page}.html`), content);
      writeFileSync(join(out, 'release.json'), JSON.stringify(release));
      return Promise.resolve({ release });
    },
    guard: () => Promise.resolve(passed),
    verify: () => Promise.resolve({ ok: true, lines: [] }),
    notify: ({ release: { content: of } }) => {
      appendFileSync(told, `${of}\n`);
      return Promise.resolve({ ok: true, lines: [] });
    },
    ...given.steps,
  };
  const options = {
    folder,
    keep: given.keep ?? 3,
    wait: 60_000,
    again: given.again ?? false,
    now: () => Date.now(),
    say: given.say ?? (() => undefined),
  };
  return publish(options, steps, tools(given.storage));
}
