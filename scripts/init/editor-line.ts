import { join, relative, sep } from 'node:path';

/**
 * The first line of `site.yml` and `components.yml`, by which the YAML language server finds their schema;
 * empty for a content folder outside of Halfpast's own, from where the way to it is nobody's business.
 * `content` and `root` are absolute.
 */
export function editorLine(name: 'site' | 'components', content: string, root: string): string {
  const below = relative(root, content);
  if (below === '' || below.startsWith('..')) return '';
  const schema = relative(content, join(root, 'schemas', `${name}.schema.json`))
    .split(sep)
    .join('/');
  return `# yaml-language-server: $schema=${schema}\n`;
}
