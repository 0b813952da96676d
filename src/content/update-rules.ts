import { type Instant, isoTime } from '../domain/instant.ts';
import { localInstant } from '../schema/instant.ts';
import { localTimeHint } from './local-time.ts';
import { fileProblem, type Problem } from './problem.ts';
import { fieldProblem, type ReadContext, type UpdateFile } from './update-folder.ts';
import { updateName } from './update-name.ts';

/** What to say about an update before the first one: one of the two has a wrong name. */
function beforeHint(at: Instant, opener: Instant, timeZone: string, now: Instant): string {
  const openedAt = localInstant(isoTime(opener), timeZone);
  if (openedAt !== null && openedAt < at) {
    return `Rename it to its time in UTC; or, if ${isoTime(opener).slice(11, 16)} was local time in ${timeZone}, rename ${updateName(opener)}.md to ${updateName(openedAt)}.md`;
  }
  return localTimeHint(at, timeZone, (meant) => meant > opener && meant <= now);
}

/** Whether the oldest file is the first update: not when only a later one has the title. */
export function beginsWithFirst(files: readonly UpdateFile<{ title?: string | undefined }>[]): boolean {
  return files[0]?.fields.title !== undefined || files.every(({ fields }) => fields.title === undefined);
}

/**
 * The first update names what it is about. When an earlier file does not and a later one does, the
 * earlier one has a wrong time. `what` is `incident` or `maintenance`.
 */
export function firstUpdateProblems(
  files: readonly UpdateFile<{ title?: string | undefined }>[],
  what: string,
  { timeZone, now }: ReadContext,
): Problem[] {
  const opening = files.findIndex(({ fields }) => fields.title !== undefined);
  const first = files[0];
  if (first === undefined || opening === 0) return [];
  const opener = files[opening];
  if (opener === undefined) {
    return [fieldProblem(first, 'title', `is missing, and this is the first update of the ${what}. Type title: and a name that customers understand`)];
  }
  return files.slice(0, opening).map((file) => {
    const hint = beforeHint(file.at, opener.at, timeZone, now);
    return fileProblem(file.path, `is before the first update of the ${what}, ${opener.id}.md, which has the title. ${hint}`);
  });
}
