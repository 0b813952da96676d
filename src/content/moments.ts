import type { Instant } from '../domain/instant.ts';
import { shortUtc } from '../schema/instant.ts';
import { fieldName, type Problem } from './problem.ts';
import type { YamlSource } from './yaml-source.ts';

type Moments = { readonly created?: Instant | undefined; readonly changed?: Instant | undefined };
type Where = { readonly file: string; readonly path: readonly PropertyKey[]; readonly source: YamlSource };

/**
 * Nothing changes before it is created. Both may be after `now`: the list of components is as of the
 * day on which it was fetched, and `now` may look back from there.
 */
export function momentProblems({ created, changed }: Moments, { file, path, source }: Where): Problem[] {
  if (created === undefined || changed === undefined || changed >= created) return [];
  const message = `${shortUtc(changed)} is before it was created, ${shortUtc(created)}. Type when its status last changed, or delete the line`;
  return [{ file, field: fieldName([...path, 'changed']), message, ...source.locate([...path, 'changed']) }];
}
