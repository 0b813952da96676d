import type { Instant } from '../domain/instant.ts';
import { componentsPath } from './components.ts';
import type { ContentTree } from './content-tree.ts';
import { type Exposed, exposedFiles } from './leaks/exposed.ts';
import { readPrivacyRules } from './leaks/privacy-rules.ts';
import { repeatsNone } from './leaks/repeats.ts';
import { leakWarnings } from './leaks/warnings.ts';
import { digestOf, type Memory } from './memory.ts';
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

const folderOf = (path: string): string => path.split('/', 2).join('/');

/** What leaks, by folder: one that held nothing before holds nothing now, as long as nothing in it changed. */
async function leaks({ files }: ContentTree, memory: Memory | null): Promise<{ readonly warnings: readonly Problem[]; readonly exposed: readonly Exposed[] }> {
  const decoder = new TextDecoder();
  const rules = readPrivacyRules(decoder.decode(files.find(({ path }) => path === settingsPath)?.bytes));
  const warningsIn = leakWarnings(rules);
  const found = [...Map.groupBy(files, ({ path }) => folderOf(path)).values()].map(async (group) => {
    const key = memory === null ? '' : digestOf(group, rules);
    const remembered = memory?.known.warnings.get(key);
    const texts = remembered === undefined ? group.map(({ path, bytes }) => ({ path, text: decoder.decode(bytes) })) : [];
    const exposed = await exposedFiles(texts, rules);
    const warnings = remembered ?? texts.flatMap(({ path, text }) => (isShown(path) ? [...warningsIn(path, text), ...unseenIn(path, text)] : []));
    if (exposed.length === 0) memory?.met.warnings.set(key, warnings);
    return { warnings, exposed };
  });
  const all = await Promise.all(found);
  return { warnings: inOrder(all.flatMap(({ warnings }) => warnings)), exposed: all.flatMap(({ exposed }) => exposed) };
}

/**
 * Reads all content, and looks in it for what must not or should not be public. No problem
 * repeats a credential, nor a part of one.
 */
export async function checkContent(tree: ContentTree, now: Instant, memory: Memory | null = null): Promise<Checked> {
  const parsed = parseContent(tree, now, memory);
  const { warnings, exposed } = await leaks(tree, memory);
  if (exposed.length === 0) return { ...parsed, warnings };
  const mayBeTold = repeatsNone(exposed.flatMap(({ secrets }) => secrets));
  const others = 'problems' in parsed ? parsed.problems.filter(mayBeTold) : [];
  return { problems: inOrder([...others, ...exposed.flatMap((file) => file.problems)]), warnings: warnings.filter(mayBeTold) };
}
