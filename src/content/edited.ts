import type { Instant } from '../domain/instant.ts';
import { shortUtc } from '../schema/instant.ts';
import type { Problem } from './problem.ts';
import { clockSkew, fieldProblem, type UpdateFile } from './update-folder.ts';

/** An update is edited after it was published and not tomorrow. */
export function editedProblems(
  files: readonly UpdateFile<{ readonly edited?: Instant | undefined }>[],
  now: Instant,
): Problem[] {
  return files.flatMap((file) => {
    const { edited } = file.fields;
    if (edited === undefined) return [];
    if (edited < file.at) {
      return [fieldProblem(file, 'edited', `${shortUtc(edited)} is before the update itself, ${shortUtc(file.at)}. Type when its text was changed`)];
    }
    if (edited > now + clockSkew) {
      return [fieldProblem(file, 'edited', `${shortUtc(edited)} is in the future. Type when its text was changed`)];
    }
    return [];
  });
}
