import { didYouMean } from '../schema/suggest.ts';
import { shortUtc } from '../schema/instant.ts';
import { localTimeHint } from './local-time.ts';
import { fileProblem, type Problem } from './problem.ts';
import { fieldProblem, type ReadContext, type UpdateFile } from './update-folder.ts';

/** Names of components that `components.yml` does not list. */
export function unknownComponents(
  file: UpdateFile<{ components?: Readonly<Record<string, unknown>> | undefined }>,
  { componentIds }: ReadContext,
): Problem[] {
  if (componentIds === null) return [];
  return Object.keys(file.fields.components ?? {})
    .filter((id) => !componentIds.includes(id))
    .map((id) => {
      const message = `is not a component of components.yml. ${didYouMean(id, componentIds)}`;
      return fieldProblem(file, `components.${id}`, message.trim());
    });
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
    return [fieldProblem(first, 'title', `is missing, and this is the first update of the ${what}. Type title: and what customers notice`)];
  }
  return files.slice(0, opening).map((file) => {
    const hint = localTimeHint(file.at, timeZone, (meant) => meant > opener.at && meant <= now);
    return fileProblem(file.path, `is before the ${what} began: ${opener.id}.md has the title, ${shortUtc(opener.at)}. ${hint}`);
  });
}
