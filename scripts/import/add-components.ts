import { isSeq, parseDocument } from 'yaml';
import type { PlannedComponent, PlannedComponents, PlannedGroup } from './planned-components.ts';

/**
 * The text of a `components.yml` with planned components behind those that are there, each in its group.
 * All that the file says stays, comments included. `text` is a file that could be read.
 */
export function addComponents(text: string, file: PlannedComponents['file'], ids: ReadonlySet<string>): string {
  const document = parseDocument(text, { schema: 'core', version: '1.2' });
  const append = (path: readonly (string | number)[], values: readonly (PlannedComponent | PlannedGroup)[]): void => {
    if (values.length === 0) return;
    if (!isSeq(document.getIn(path))) return document.setIn(path, document.createNode(values));
    for (const value of values) document.addIn(path, document.createNode(value));
  };
  const pick = (components: readonly PlannedComponent[]): PlannedComponent[] =>
    components.filter(({ id }) => ids.has(id));
  const groups: unknown = document.toJS().groups ?? [];
  const names = Array.isArray(groups) ? groups.map(({ name }: PlannedGroup) => name) : [];
  append(['components'], pick(file.components));
  for (const { name, components } of file.groups) {
    const lacking = pick(components);
    const at = names.indexOf(name);
    if (at !== -1) append(['groups', at, 'components'], lacking);
    else if (lacking.length > 0) append(['groups'], [{ name, components: lacking }]);
  }
  return document.toString({ lineWidth: 0 });
}
