import type { Instant } from '../domain/instant.ts';
import { componentsPath } from './components.ts';
import type { ContentTree } from './content-tree.ts';
import { type Exposed, exposedFiles } from './leaks/exposed.ts';
import { readPrivacyRules } from './leaks/privacy-rules.ts';
import { repeatsNone } from './leaks/repeats.ts';
import { leakWarnings } from './leaks/warnings.ts';
import { parseContent, type Parsed } from './parse-content.ts';
import { inOrder, type Problem } from './problem.ts';
import { settingsPath } from './settings.ts';
import { bodyOf } from './split-front-matter.ts';
import { unseenTextWarnings } from './unseen-text.ts';

/** The site that the content makes, or all that is wrong with it; and what is better looked at before it is public. */
export type Checked = Parsed & { readonly warnings: readonly Problem[] };

const isShown = (path: string): boolean => path === componentsPath || /^(?:incidents|maintenance|postmortems)\//.test(path);

/** What of a text readers would not see; files that are not markdown have none. */
function unseenIn(path: string, text: string): Problem[] {
  const split = path.endsWith('.md') ? bodyOf(text) : null;
  return split === null ? [] : unseenTextWarnings(path, split.body, split.bodyLine);
}

/** What must not be public, and what perhaps should not. */
async function leaks({ files }: ContentTree): Promise<{ readonly warnings: readonly Problem[]; readonly exposed: readonly Exposed[] }> {
  const decoder = new TextDecoder();
  const rules = readPrivacyRules(decoder.decode(files.find(({ path }) => path === settingsPath)?.bytes));
  const warningsIn = leakWarnings(rules);
  const texts = files.map(({ path, bytes }) => ({ path, text: decoder.decode(bytes) }));
  const exposed = await exposedFiles(texts, rules);
  const warnings = texts.flatMap(({ path, text }) => (isShown(path) ? [...warningsIn(path, text), ...unseenIn(path, text)] : []));
  return { warnings: inOrder(warnings), exposed };
}

/**
 * Reads all content, and looks in it for what must not or should not be public. No problem
 * repeats a credential, nor a part of one.
 */
export async function checkContent(tree: ContentTree, now: Instant): Promise<Checked> {
  const parsed = parseContent(tree, now);
  const { warnings, exposed } = await leaks(tree);
  if (exposed.length === 0) return { ...parsed, warnings };
  const mayBeTold = repeatsNone(exposed.flatMap(({ secrets }) => secrets));
  const others = 'problems' in parsed ? parsed.problems.filter(mayBeTold) : [];
  return { problems: inOrder([...others, ...exposed.flatMap((file) => file.problems)]), warnings: warnings.filter(mayBeTold) };
}
