import { marked } from 'marked';

/** The HTML of a comment that GitHub would act on. Code is left out, since GitHub only displays it. */
export function actingHtml(markdown: string): string {
  const html = marked.parse(markdown, { async: false });
  return html.replaceAll(/<pre>[\s\S]*?<\/pre>/g, '').replaceAll(/<code>[\s\S]*?<\/code>/g, '');
}

/** The addresses that a comment links to or loads. */
export function addressesIn(markdown: string): string[] {
  return [...actingHtml(markdown).matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, address = '']) => address);
}
