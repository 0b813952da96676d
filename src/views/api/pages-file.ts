import { z } from 'zod';

/** `api/pages.json`. */
export const pagesSchema = z
  .strictObject({
    form: z.literal(1).describe('Raised when the meaning of a field changes.'),
    pages: z
      .record(z.string(), z.int().nonnegative())
      .describe('The bytes of what each page says, without the frame that all pages share, by its path.'),
  })
  .describe('The pages of this site and how much each says.');

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

const [begin, end] = ['<main', '</main>'] as const;

/** The bytes of `mainOf`, found without making text of ten thousand pages. */
export function pageSize(page: Uint8Array): number {
  const html = Buffer.from(page.buffer, page.byteOffset, page.byteLength);
  let from = html.indexOf(begin);
  while (from !== -1 && !/[\s>]/.test(String.fromCharCode(html[from + begin.length] ?? 0)))
    from = html.indexOf(begin, from + 1);
  const to = html.lastIndexOf(end);
  return from === -1 || to < from ? 0 : to + end.length - from;
}

/** Sizes in the order of the paths. */
export function pageSizes(sizes: ReadonlyMap<string, number>): PageSizes {
  return Object.fromEntries([...sizes].sort(([a], [b]) => (a < b ? -1 : 1)));
}
