import { day, type Duration, type Instant, isoTime, minute, second, secondOf } from '../domain/calendar.ts';
import type { SiteLanguage } from '../domain/settings.ts';
import { announcedPublications, type Site } from '../domain/site.ts';
import type { ComponentStates, ShownImage } from '../domain/vocabulary.ts';
import { suggest } from '../schema/text.ts';
import { localInstant, shortUtc } from '../schema/time-fields.ts';
import type { Images } from './body.ts';
import type { ReadTranslations } from './read-translations.ts';
import { fieldProblem, fileProblem, type Locate, type Problem } from './problem.ts';
import { freeUpdateName, localTimeHint, namesOf, updateName } from './update-name.ts';
import { type Translatable, withTranslations } from '../domain/translation.ts';

/** Clocks differ slightly, so times up to this far ahead don't count as the future. */
export const clockSkew = 5 * minute;

/** Promises and windows that are longer than this are probably typos. */
export const longestAhead: Duration = 14 * day;

/** Whether an update was published more than a day ago. Warnings about its text would come too late. */
export const isOld = ({ at, fields }: UpdateFile<{ readonly posted?: Instant | undefined }>, now: Instant): boolean =>
  (fields.posted ?? at) < now - day;

export const daysIn = (duration: Duration): number => Math.floor(duration / day);

/** How messages write times, updates and fields to type: as in files, or as in a form, which has no files. */
export type Wording = {
  readonly time: (instant: Instant) => string;
  readonly update: (update: { readonly id: string; readonly at: Instant }) => string;
  readonly field: (name: string, value: string) => string;
};

export const asInFiles: Wording = {
  time: shortUtc,
  update: ({ id }) => `${id}.md`,
  field: (name, value) => `${name}: ${value}`,
};

/** What the readers of update folders need to know. */
export type ReadContext = {
  readonly now: Instant;
  readonly timeZone: string;
  /** Null if `components.yml` is unreadable. */
  readonly componentIds: readonly string[] | null;
  /** Defaults to none. */
  readonly retiredIds?: readonly string[];
  /** The images in the content; omitted if there can't be any. */
  readonly images?: Images;
  /** The site's languages, first language first, and the translations; omitted if there can't be any. */
  readonly languages?: readonly SiteLanguage[];
  readonly translations?: ReadTranslations;
  /** Defaults to `asInFiles`. */
  readonly wording?: Wording;
};

/** An update file whose fields match the schema. */
export type UpdateFile<T> = {
  readonly path: string;
  readonly id: string;
  readonly at: Instant;
  readonly fields: T;
  readonly body: string;
  /** The whole file. */
  readonly written: string;
  readonly images: readonly ShownImage[];
  readonly locate: Locate;
  readonly wording: Wording;
};

/** An update file as written, whether or not its values are valid. */
export type Head = Omit<UpdateFile<Readonly<Record<string, unknown>>>, 'body' | 'written' | 'images' | 'wording'>;

/** Warns about retired components that are affected now. `components` are the current statuses. */
export function retiredWarnings(
  files: readonly UpdateFile<{ readonly components?: ComponentStates | undefined }>[],
  components: ComponentStates,
  retiredIds: readonly string[] = [],
): Problem[] {
  return retiredIds.flatMap((id) => {
    const file = files.findLast(({ fields }) => fields.components?.[id] !== undefined);
    if (file === undefined || (components[id] ?? 'operational') === 'operational') return [];
    const message =
      'is retired, so the page does not list it, but it is affected and counts for the overall status. Use the component that replaced it, or delete "retired: true" in components.yml';
    return [fieldProblem(file, ['components', id], message, { part: 'key' })];
  });
}

/** Returns a text with its translations. */
export const translated = <T extends Translatable & { readonly body: string }>(
  text: T,
  path: string,
  { translations, languages }: Pick<ReadContext, 'translations' | 'languages'>,
): T => withTranslations(text, translations?.of(path) ?? {}, languages?.[0]?.language);

type Dated = { readonly posted?: Instant | undefined; readonly edited?: Instant | undefined };

/** Reports updates that were posted before their time, edited before they were posted, or either in the future. */
export function postedProblems(files: readonly UpdateFile<Dated>[], now: Instant): Problem[] {
  return files.flatMap((file) => {
    const { posted, edited } = file.fields;
    const problem = (field: keyof Dated, instant: Instant, from: Instant, enter: string): Problem[] => {
      const wrong =
        instant < from
          ? `is before the update ${from === file.at ? 'itself' : 'was posted'} (${shortUtc(from)})`
          : 'is in the future';
      const isWrong = instant < from || instant > now + clockSkew;
      return isWrong ? [fieldProblem(file, field, `${shortUtc(instant)} ${wrong}. Enter ${enter}`)] : [];
    };
    return [
      ...(posted === undefined ? [] : problem('posted', posted, file.at, 'when it was published')),
      ...(edited === undefined ? [] : problem('edited', edited, posted ?? file.at, 'when its text was changed')),
    ];
  });
}

/** The message for an update before the first one. One of the two has the wrong name. */
function beforeHint(
  at: Instant,
  opener: Instant,
  files: readonly Head[],
  { timeZone, now }: Pick<ReadContext, 'timeZone' | 'now'>,
): string {
  const taken = namesOf(files);
  const openedAt = localInstant(isoTime(opener), timeZone);
  if (openedAt !== null && openedAt < at) {
    return `Rename it to its time in UTC; or, if ${isoTime(opener).slice(11, 16)} was local time in ${timeZone}, rename ${updateName(opener)}.md to ${freeUpdateName(openedAt, taken)}.md`;
  }
  return localTimeHint(at, timeZone, taken, (meant) => meant > opener && meant <= now);
}

/** Whether the file has the field, even if misspelled, which is reported elsewhere. */
export const hasField = ({ fields }: Head, name: string): boolean =>
  name in fields || Object.keys(fields).some((key) => suggest(key, [name]) !== null);

const hasTitle = (file: Head): boolean => hasField(file, 'title');

/** Whether the oldest file is the first update. It isn't if only a later one has the title. */
export function beginsWithFirst(files: readonly Head[]): boolean {
  return files.findIndex(hasTitle) <= 0;
}

/**
 * Reports a first update without a title. If a later file has the title, the files before it have the wrong time.
 * `what` is `incident` or `maintenance`.
 */
export function firstUpdateProblems(files: readonly Head[], what: string, context: ReadContext): Problem[] {
  const opening = files.findIndex(hasTitle);
  const first = files[0];
  if (first === undefined || opening === 0) return [];
  const opener = files[opening];
  if (opener === undefined) {
    return [
      fieldProblem(
        first,
        'title',
        `is missing from the first update of the ${what}. Add title: and a name that customers understand`,
      ),
    ];
  }
  return files.slice(0, opening).map((file) => {
    const hint = beforeHint(file.at, opener.at, files, context);
    return fileProblem(
      file.path,
      `is earlier than the first update of the ${what}, ${opener.id}.md, which has the title. ${hint}`,
    );
  });
}

/**
 * Warns about updates at the same time as another feed item, because Slack only shows one of them. The commands never
 * choose such a time. Only covers the last day, because renaming an update that readers have seen would repeat it.
 */
export function sameTimeWarnings(site: Site): Problem[] {
  const items = announcedPublications(site).map(({ at, ...item }) => ({ ...item, date: secondOf(at) }));
  const updates = items.filter(({ kind }) => kind === 'update');
  const first = new Map(items.flatMap(({ kind, date, file }) => (kind === 'update' ? [] : [[date, file]])));
  const taken = new Set(items.map(({ date }) => date));
  return updates.flatMap(({ file, date, isPosted }) => {
    const other = first.get(date);
    if (other === undefined) first.set(date, file);
    if (other === undefined || date < site.now - day) return [];
    let free = date + second;
    while (taken.has(free)) free += second;
    taken.add(free);
    const advice = isPosted
      ? `If this isn't published yet, use posted: ${shortUtc(free)}`
      : `Rename the one that isn't published yet to ${updateName(free)}.md`;
    const message = `has the same time as ${other}, and Slack shows only one of several feed items with the same time. ${advice}`;
    return [fileProblem(file, message)];
  });
}
