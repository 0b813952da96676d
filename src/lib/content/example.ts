import { type Instant, minute } from '../domain/calendar.ts';
import { readInstant, shortUtc } from '../schema/time-fields.ts';
import type { ContentTree } from './content-tree.ts';
import { fieldsIn } from './front-matter.ts';
import type { SourceFile } from './problem.ts';
import { readSettings, settingsPath } from './read-settings.ts';
import { parseUpdateName } from './update-name.ts';

type Files = Pick<ContentTree, 'files'>;

/** Whether `site.yml` marks the content as the included example. */
export function isExample({ files }: Files): boolean {
  return readSettings(files.find(({ path }) => path === settingsPath)).settings?.example === true;
}

/** When a file was published: the time in an update's name, `posted` and `published`, as far as they're readable. */
function timesOf(file: SourceFile): Instant[] {
  const [, folder, name = ''] = /^(incidents|maintenance|postmortems)\/(?:.*\/)?([^/]+)\.md$/.exec(file.path) ?? [];
  if (folder === undefined) return [];
  const { posted, published } = fieldsIn(file);
  const dates = [posted, published].map((given) => (typeof given === 'string' ? readInstant(given, 'UTC') : null));
  const named = folder === 'postmortems' ? null : parseUpdateName(name);
  return [named, ...dates.map((time) => (time !== null && 'value' in time ? time.value : null))].filter(
    (time) => time !== null,
  );
}

/**
 * The time at which the example is shown, so that it never looks outdated: one minute after its newest update or
 * postmortem. Null for other content, and for an example without either.
 */
export function exampleTime(tree: Files): Instant | null {
  if (!isExample(tree)) return null;
  const newest = Math.max(...tree.files.flatMap(timesOf));
  return newest === -Infinity ? null : Math.floor(newest / minute) * minute + minute;
}

/** The line about the example that commands, dev and build print. */
export const exampleLine = (now: Instant): string =>
  `This is the included example, so the time is ${shortUtc(now)}, a minute after its newest update. For your own page: npx halfpast init`;
