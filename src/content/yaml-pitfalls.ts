import { isNode, isPair, isScalar, isSeq, type Node, type Scalar, visit, type YAMLMap } from 'yaml';
import { firstHidden, nameOfHidden } from '../schema/hidden.ts';
import { quote } from '../schema/text.ts';
import { fieldName, type Problem } from './problem.ts';
import type { Place } from './source-file.ts';

/** The field in which the last of a chain of nodes stands. */
function fieldOf(chain: readonly unknown[]): string | null {
  const path = chain.flatMap((node, index): PropertyKey[] => {
    if (isPair(node) && isScalar(node.key)) return [String(node.key.value)];
    return isSeq(node) && index + 1 < chain.length ? [node.items.indexOf(chain[index + 1])] : [];
  });
  return fieldName(path);
}

/** What to look at when a value has no place of its own: the name before it. */
function nameOf(node: Node, ancestors: readonly unknown[]): Node {
  const parent = ancestors.at(-1);
  return isPair(parent) && isNode(parent.key) ? parent.key : node;
}

/** A comment that was hardly meant as one: `#` with no space behind it, as in `Refund for order #1234`. */
const eaten = (node: Scalar): boolean => /^\S/.test(node.comment ?? '');

function blank(node: Scalar): string {
  const written = node.source ?? '';
  if (eaten(node)) return `is blank: what follows # is a comment in YAML. Put the value in quotes, as "#${node.comment?.split('\n')[0] ?? ''}"`;
  if (written === '') return 'is blank. Type a value or delete the line';
  return `is blank: ${written} means no value in YAML. Type a value or delete the line`;
}

/** What nobody sees, written with an escape in double quotes. Line ends and tabs are told where they do not belong. */
export function hiddenInValue(value: unknown): string | null {
  const found = typeof value === 'string' ? firstHidden(value) : null;
  return found === null ? null : `holds the character ${nameOfHidden(found.character)}, which nobody sees. Delete it; a backslash that is meant is typed twice`;
}

function pitfallOf(key: unknown, node: Scalar): string | null {
  if (key === 'key' && node.value === '__proto__') return 'is not a name that can be used. Type another';
  if (key === 'key' && node.value === '') return 'has no name before ": ". Type one, or delete the line';
  const hidden = hiddenInValue(node.value);
  if (hidden !== null) return hidden;
  if (node.value === null) return blank(node);
  if (node.anchor !== undefined) return '& at the start of a value is special in YAML. Put the value in quotes';
  if (eaten(node)) return `loses what follows #, a comment in YAML. Put the value in quotes, or type a space after #`;
  return null;
}

/** The names that stand in a map a second time, in the order of the file. */
function repeated(map: YAMLMap): Scalar[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    if (seen.has(key.value)) return [key];
    seen.add(key.value);
    return [];
  });
}

/**
 * What is valid YAML and says something else than its author meant: nothing (YAML's null, which must
 * never be taken for a value), a reference to elsewhere, a comment in the middle of a sentence.
 */
export function pitfalls(root: Node, file: string, placeAt: (offset: number) => Place): Problem[] {
  const problems: Problem[] = [];
  const add = (message: string, ancestors: readonly unknown[], node: Node, shown = node): void => {
    problems.push({ file, field: fieldOf([...ancestors, node]), message, ...placeAt(shown.range?.[0] ?? 0) });
  };
  visit(root, {
    Alias(_, node, ancestors) {
      add('* at the start of a value is special in YAML. Put the value in quotes', ancestors, node);
    },
    Collection(_, node, ancestors) {
      if (node.anchor !== undefined) add('& is special in YAML. Delete it and the word behind it', ancestors, node, nameOf(node, ancestors));
    },
    Map(_, node) {
      for (const name of repeated(node)) problems.push({ file, field: null, message: `${quote(name.value)} stands here twice. Delete one`, ...placeAt(name.range?.[0] ?? 0) });
    },
    Scalar(key, node, ancestors) {
      const message = pitfallOf(key, node);
      if (message === null) return;
      const hasPlace = node.value !== null && node.anchor === undefined;
      add(message, ancestors, node, hasPlace ? node : nameOf(node, ancestors));
    },
  });
  return problems;
}
