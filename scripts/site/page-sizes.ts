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

/** The bytes of what a page says, which is read as Latin-1: each byte is a character, and all that matters here is ASCII. */
export function pageSize(latin1: string): number {
  return mainOf(latin1)?.length ?? 0;
}

/** Sizes in the order of the paths. */
export function pageSizes(sizes: ReadonlyMap<string, number>): PageSizes {
  return Object.fromEntries([...sizes].sort(([a], [b]) => (a < b ? -1 : 1)));
}
