import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

type Watch = {
  /** Stops watching. Returns how often it looked at `current`, and every problem that it found. */
  readonly stop: () => Promise<{ readonly looks: number; readonly wrong: readonly string[] }>;
};

/** Returns the problem with a release that `current` links to; null if it's complete. */
export type Look = (site: string) => string | null;

/** Keeps looking at what's served, as a web server does: follows the link, then reads the files there. */
export function watchCurrent(folder: string, look: Look, mayBeMissing: boolean): Watch {
  const wrong: string[] = [];
  let looks = 0;
  let isOn = true;
  const watching = (async () => {
    while (isOn) {
      looks += 1;
      let site: string | null = null;
      try {
        site = realpathSync(join(folder, 'current'));
      } catch {
        if (!mayBeMissing) wrong.push('current leads nowhere');
      }
      if (site !== null) {
        mayBeMissing = false;
        const found = look(site);
        if (found !== null) wrong.push(found);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  return {
    stop: async () => {
      isOn = false;
      await watching;
      return { looks, wrong };
    },
  };
}

/** For small sites: checks that every page is there, and from the release in `release.json`. */
export function lookAtSmall(amount: number): Look {
  return (site) => {
    try {
      const { content } = JSON.parse(readFileSync(join(site, 'release.json'), 'utf8')) as { content: string };
      const pages = readdirSync(site).filter((name) => name.startsWith('page-'));
      const odd = pages.filter((name) => readFileSync(join(site, name), 'utf8').padEnd(8, '0') !== content);
      return pages.length === amount && odd.length === 0
        ? null
        : `${site}: ${pages.length} pages, ${odd.length} of another release`;
    } catch (error) {
      return `${site}: ${String(error)}`;
    }
  };
}
