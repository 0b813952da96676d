/** The bytes of what each page says, by its path below the site's root, in the order of the paths. */
export type PageSizes = Readonly<Record<string, number>>;

/** Where a built site has the sizes of its pages. */
export const pageSizesFile = 'api/pages.json';

/** The path at which a file below the site's folder is served; null for what is not a page. */
export function pagePath(file: string): string | null {
  const match = /^(.*\/)?index\.html$/.exec(file.replaceAll('\\', '/'));
  return match === null ? null : `/${match[1] ?? ''}`;
}

/** What a page says, without the frame and the styles that all pages share; null when it says nothing. */
export function mainOf(html: string): string | null {
  return /<main[\s>][\s\S]*<\/main>/.exec(html)?.[0] ?? null;
}

/** Sizes from the HTML of each page by its path. */
export function pageSizes(pages: ReadonlyMap<string, string>): PageSizes {
  const sorted = [...pages].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([path, html]) => [path, Buffer.byteLength(mainOf(html) ?? '')]));
}
