import type { Instant } from '../domain/instant.ts';
import { shortUtc } from '../schema/instant.ts';
import { fieldName, type Problem } from './problem.ts';
import { clockSkew } from './update-folder.ts';
import type { YamlSource } from './yaml-source.ts';

type Moments = { readonly created?: Instant | undefined; readonly changed?: Instant | undefined };
type Where = { readonly file: string; readonly path: readonly PropertyKey[]; readonly source: YamlSource; readonly now: Instant };

/**
 * Nothing is created tomorrow, nor changed before it is created. `changed` may be after `now`: the list
 * of components is as of the day on which it was fetched, and `now` may look back from there.
 */
export function momentProblems({ created, changed }: Moments, { file, path, source, now }: Where): Problem[] {
  if (created === undefined) return [];
  const problem = (field: keyof Moments, message: string): Problem => ({
    file,
    field: fieldName([...path, field]),
    message,
    ...source.locate([...path, field]),
  });
  if (created > now + clockSkew) return [problem('created', `${shortUtc(created)} is in the future. Type when it was first on the page, or delete the line`)];
  if (changed === undefined || changed >= created) return [];
  return [problem('changed', `${shortUtc(changed)} is before it was created, ${shortUtc(created)}. Type when its status last changed, or delete the line`)];
}
