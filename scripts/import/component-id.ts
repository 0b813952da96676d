import { isTaken, slugify } from '../../src/schema/components-file.ts';
import { freeName } from '../writing/slug.ts';

/** The id of an imported component: of the first of its names that has letters for one, free of the ids in `others`, and one that `components.yml` takes. */
export function componentId(names: readonly string[], others: Iterable<string>): string {
  const taken = new Set(others);
  const name = names.map(slugify).find((slug) => slug !== '') ?? 'component';
  return freeName(isTaken(name) ? `${name}-service` : name, (candidate) => taken.has(candidate));
}
