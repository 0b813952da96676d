import type { Site } from '../../../src/domain/site.ts';
import type { World } from '../../cli/world.ts';
import { fileStore } from '../notify/file-store.ts';
import { failureLines, resultText } from '../notify/notify-text.ts';
import { places } from './release-folder.ts';
import type { PublishSteps } from './steps.ts';

/** The step that tells the channels of `notify:` in site.yml; `site` is the one that was built. */
export function notifyServed(folder: string, site: () => Site | null, world: World): NonNullable<PublishSteps['notify']> {
  return async () => {
    const built = site();
    if (built === null || built.settings.notify.length === 0) return { ok: true, lines: [] };
    // What speaks to other servers is loaded only when there is somebody to tell.
    const { runNotify } = await import('../notify/run-notify.ts');
    const told = { since: null, mark: false };
    const store = fileStore(places.deliveries(folder), 'deliveries.json', world.disk);
    const { results, begun } = await runNotify(built, store, told, world);
    const failures = failureLines(results);
    const said = resultText(results, begun, told).trimEnd();
    return { ok: failures.length === 0, lines: [...(said === '' ? [] : said.split('\n')), ...failures] };
  };
}
