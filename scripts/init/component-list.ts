import { isTaken, slugForm, slugify } from '../../src/schema/components-file.ts';
import { quote } from '../../src/schema/text.ts';
import { UsageError } from '../cli/errors.ts';

export type ListedComponent = { readonly id: string; readonly name: string };

/** Reads `id=Name` or only a name, from which the id is made. Throws UsageError. */
function readComponent(given: string): ListedComponent {
  const at = given.indexOf('=');
  const name = given.slice(at + 1).trim();
  const id = at === -1 ? slugify(name) : given.slice(0, at).trim();
  if (name === '')
    throw new UsageError(`--component ${quote(given)} has no name. Type it as --component checkout=Checkout`);
  if (slugForm.test(id) && isTaken(id))
    throw new UsageError(
      `--component ${quote(given)}: ${quote(id)} means something to the program that builds the page. Type another id, as --component "${id}-service=${name}"`,
    );
  if (slugForm.test(id)) return { id, name };
  const better = slugify(id) || 'checkout';
  throw new UsageError(
    `--component ${quote(given)} has no id that can stand in an address. Type lower-case letters, digits and hyphens, as --component "${better}=${name}"`,
  );
}

/** Reads several. Throws UsageError also when two have one id. */
export function readComponents(given: readonly string[]): ListedComponent[] {
  const components = given.map(readComponent);
  const twice = components.find(({ id }, index) => components.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined)
    throw new UsageError(
      `--component: two components have the id ${quote(twice.id)}. Give one of them another, as --component "${twice.id}-2=${twice.name}"`,
    );
  return components;
}
