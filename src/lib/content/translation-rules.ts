import { quote } from '../schema/text.ts';
import { fieldProblem, fileProblem, type Problem } from './problem.ts';
import type { ReadContext } from './update-rules.ts';

/** An original, with its fields. */
type Original = { readonly path: string; readonly fields: Readonly<Record<string, unknown>> };

type Findings = { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };

const names = ['title', 'remedy', 'lessons'] as const;

/**
 * Compares translations with `originals`, oldest first. Warns about a missing title, because pages would show the
 * original's, and about texts that are only in a translation, unless they repeat what applied in its language before.
 * A remedy that only a translation promises, so that it's never owed, is a problem. `remedy` is the incident's, for its
 * postmortem.
 */
export function translationFindings(
  originals: readonly Original[],
  { translations, languages }: Pick<ReadContext, 'translations' | 'languages'>,
  remedy: string | null = null,
): Findings {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  if (translations === undefined) return { problems, warnings };
  for (const [index, { path, fields }] of originals.entries()) {
    for (const [tag, given] of Object.entries(translations.of(path))) {
      const file = translations.file(path, tag);
      if (typeof fields['title'] === 'string' && given.title === undefined) {
        const message = `has no title, so readers of this language see ${quote(fields['title'])}. Add title: and its translation`;
        warnings.push(fileProblem(file.path, message));
      }
      for (const name of names) {
        if (given[name] === undefined || fields[name] !== undefined) continue;
        const before = originals
          .slice(0, index)
          .map((one) => translations.of(one.path)[tag]?.[name] ?? one.fields[name])
          .findLast((text) => text !== undefined);
        if (given[name] === before) continue;
        const message = `is only in this language, because ${path.replace(/^.*\//, '')} has no ${name}:. Add it there too, or delete this line`;
        // A translation into the first language replaces the original.
        const isOwed = before !== undefined || remedy !== null || tag === languages?.[0]?.language;
        (name === 'remedy' && !isOwed ? problems : warnings).push(fieldProblem(file, name, message));
      }
    }
  }
  return { problems, warnings };
}
