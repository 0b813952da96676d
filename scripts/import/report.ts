import { count } from '../../src/views/words.ts';
import { oneLine } from '../cli/one-line.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { Carried } from './carry-out.ts';
import type { Plan } from './plan.ts';

/** What an import did, as lines for a person. `origin` is what the files were made from, as "the dump". */
export function report(
  { counts, notes, added, remarks = [] }: Plan,
  { written, unchanged, kept, besides, otherProblems }: Carried,
  content: string,
  origin: string,
): string {
  const lines = [
    `${count(counts.incidents, 'incident')} with ${count(counts.incident_updates, 'update')}, ${count(counts.maintenances, 'maintenance')} with ${count(counts.maintenance_updates, 'update')}`,
    `${count(written, 'file')} written to ${content}, ${unchanged} unchanged, ${kept.length} kept`,
    ...(added.length === 0 ? [] : [`Added to ${content}/components.yml: ${added.join(', ')}`]),
    ...(kept.length === 0
      ? []
      : [
          `Kept, since they say something else than ${origin}:`,
          ...kept.map(({ path, why }) => `  ${why ?? `${content}/${path}`}`),
        ]),
    ...besides.map(
      (path) => `Not in ${origin}: ${content}/${path}; delete it if what was written beside it says it better`,
    ),
    ...remarks.map(oneLine),
    ...(notes.length === 0 ? [] : ['Not carried over as it was:', ...notes.map((text) => `  ${oneLine(text)}`)]),
    ...(otherProblems === 0
      ? []
      : [`${count(otherProblems, 'problem')} in other files. See: npx halfpast check --content ${shellWord(content)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
