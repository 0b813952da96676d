import type { Instant } from '../domain/instant.ts';
import { componentsPath } from './components.ts';
import type { ContentTree } from './content-tree.ts';
import { exposedFiles } from './leaks/exposed.ts';
import { readPrivacyRules } from './leaks/privacy-rules.ts';
import { repeatsNone } from './leaks/repeats.ts';
import { leakWarnings } from './leaks/warnings.ts';
import { parseContent, type Parsed } from './parse-content.ts';
import { inOrder, type Problem } from './problem.ts';
import { settingsPath } from './settings.ts';

/** The site that the content makes, or all that is wrong with it; and what is better looked at before it is public. */
export type Checked = Parsed & { readonly warnings: readonly Problem[] };

const isShown = (path: string): boolean => path === componentsPath || /^(?:incidents|maintenance|postmortems)\//.test(path);

/**
 * Reads all content, and looks in it for what must not or should not be public. No problem
 * repeats a credential, nor a part of one.
 */
export async function checkContent(tree: ContentTree, now: Instant): Promise<Checked> {
  const parsed = parseContent(tree, now);
  const decoder = new TextDecoder();
  const files = tree.files.map(({ path, bytes }) => ({ path, text: decoder.decode(bytes) }));
  const rules = readPrivacyRules(files.find(({ path }) => path === settingsPath)?.text ?? '');
  const warningsIn = leakWarnings(rules);
  const warnings = inOrder(files.flatMap(({ path, text }) => (isShown(path) ? warningsIn(path, text) : [])));
  const exposed = await exposedFiles(files, rules);
  if (exposed.length === 0) return { ...parsed, warnings };
  const mayBeTold = repeatsNone(exposed.flatMap(({ secrets }) => secrets));
  const others = 'problems' in parsed ? parsed.problems.filter(mayBeTold) : [];
  return { problems: inOrder([...others, ...exposed.flatMap((file) => file.problems)]), warnings: warnings.filter(mayBeTold) };
}
