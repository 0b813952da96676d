import { contentHash } from '../../../src/content/content-tree.ts';
import { readTree } from '../../../src/content/disk.ts';
import { parseContent } from '../../../src/content/parse-content.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import type { World } from '../../cli/world.ts';
import { beginChannels } from '../notify/begin-channels.ts';
import { fileStore } from '../notify/file-store.ts';
import { failureLines, resultText } from '../notify/notify-text.ts';
import { places } from './release-folder.ts';
import type { PublishSteps } from './steps.ts';

/** The step before all others: from here on, each update that is added is news to the channels in site.yml. */
export function beginServed(
  content: string,
  folder: string,
  now: () => Instant,
  world: World,
): () => Promise<readonly string[]> {
  return async () => {
    const parsed = parseContent(await readTree(content), now());
    // Problems are told by the build.
    if ('problems' in parsed || parsed.site.settings.notify.length === 0) return [];
    return beginChannels(parsed.site, fileStore(places.deliveries(folder), 'deliveries.json', world.disk));
  };
}

/**
 * The step that tells the channels of `notify:` in site.yml of what is served: the content as it was built, read
 * again at the same moment. `begun` are the channels that were new when the run began.
 */
export function notifyServed(
  content: string,
  folder: string,
  begun: () => readonly string[],
  world: World,
): NonNullable<PublishSteps['notify']> {
  return async ({ release }) => {
    const tree = await readTree(content);
    // Somebody saved a file since: the next publish speaks of it, and of what this one would have.
    if (contentHash(tree) !== release.content)
      return {
        ok: false,
        lines: ['The content changed while it was published, so no channel was notified. Publish again'],
      };
    const parsed = parseContent(tree, Date.parse(release.now));
    if ('problems' in parsed || parsed.site.settings.notify.length === 0) return { ok: true, lines: [] };
    const built = parsed.site;
    // What speaks to other servers is loaded only when there is somebody to tell.
    const { runNotify } = await import('../notify/run-notify.ts');
    const told = { since: null, mark: false };
    const store = fileStore(places.deliveries(folder), 'deliveries.json', world.disk);
    const { results } = await runNotify(built, store, told, world);
    const failures = failureLines(results);
    const said = resultText(results, begun(), told, places.deliveries(folder)).trimEnd();
    return { ok: failures.length === 0, lines: [...(said === '' ? [] : said.split('\n')), ...failures] };
  };
}
