/** An element with its text and children. Text stays text: nothing here reads markup. */
export function make(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const plain = (text: string): string =>
  text.replaceAll(/&(?:amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity);

const pieces = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>|[^<]+/g;
const isVoid = (name: string): boolean => ['br', 'hr', 'img'].includes(name);

/**
 * The nodes of HTML that views/markdown.ts made clean: its tags have quoted values, and of entities
 * only those for `&`, `<`, `>` and quotes. The page's policy lets no program set markup as text.
 */
export function nodesOf(cleanHtml: string): readonly Node[] {
  const root = document.createElement('div');
  let inside: Element = root;
  for (const [piece, closes, name, attributes = ''] of cleanHtml.matchAll(pieces)) {
    if (name === undefined) {
      inside.append(plain(piece));
    } else if (closes === '/') {
      inside = inside.parentElement ?? root;
    } else {
      const element = document.createElement(name);
      for (const [, key = '', value = ''] of attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g))
        element.setAttribute(key, plain(value));
      inside.append(element);
      if (!isVoid(name)) inside = element;
    }
  }
  return [...root.childNodes];
}
