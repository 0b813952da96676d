import { didYouMean } from '../schema/suggest.ts';
import { fieldName, type Problem } from './problem.ts';
import type { YamlSource } from './yaml-source.ts';

/** The ids below `components:`, also in a file that does not fit its schema. */
function namedComponents(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('components' in data)) return [];
  const { components } = data;
  return typeof components === 'object' && components !== null && !Array.isArray(components) ? Object.keys(components) : [];
}

/** Names of components that `components.yml` does not list; `known` is null when that could not be read. */
export function unknownComponents({ data, locate }: YamlSource, file: string, known: readonly string[] | null): Problem[] {
  if (known === null) return [];
  return namedComponents(data)
    .filter((id) => !known.includes(id))
    .map((id) => {
      const path = ['components', id];
      const message = `is not a component of components.yml. ${didYouMean(id, known)}`.trim();
      return { file, field: fieldName(path), message, ...locate(path, 'key') };
    });
}
