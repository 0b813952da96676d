import type { OwnPage } from '../domain/site.ts';
import { withTranslations } from '../domain/translation.ts';
import { longestSlug, slugForm, slugify } from '../schema/components-file.ts';
import { pageSchema } from '../schema/page-files.ts';
import { quote } from '../schema/text.ts';
import { type Images, markdownProblems, shownImages } from './body.ts';
import { type ContentTree, isImage, translationName } from './content-tree.ts';
import { readMarkdownFile } from './front-matter.ts';
import { fileProblem, type Problem, type SourceFile } from './problem.ts';
import type { ReadContext } from './update-rules.ts';
import { validate } from './yaml.ts';

export const pagesFolder = 'pages';

/** Addresses that Halfpast has itself, or may have: languages are at `/de/` and so on. */
const taken = new Set(
  (
    '404 500 api assets badge components compose developers embed feed history icons images incidents index maintenance ' +
    'postmortems release robots rss atom share sitemap subscribe announcements ar de en es fr ja pt pt-br zh zh-cn zh-hans'
  ).split(' '),
);

function nameProblem(path: string, slug: string): Problem | null {
  if (!path.endsWith('.md'))
    return fileProblem(
      path,
      'is neither a page, which must be an .md file, nor an image. Delete it or move it elsewhere',
    );
  if (slug.includes('/')) return fileProblem(path, `is nested too deeply. Move it up to ${pagesFolder}/`);
  if (taken.has(slug))
    return fileProblem(path, `would be at /${slug}/, an address of Halfpast. Rename it, such as to our-${slug}.md`);
  if (slugForm.test(slug) && slug.length <= longestSlug) return null;
  const better = slugify(slug).slice(0, longestSlug) || 'about';
  return fileProblem(path, `${quote(slug)} cannot be used in an address. Rename the file to ${better}.md`);
}

type Context = Pick<ReadContext, 'timeZone' | 'languages' | 'translations'> & { readonly images: Images };

type Read = { readonly page: OwnPage | null; readonly problems: readonly Problem[] };

function readPage(source: SourceFile, { timeZone, images, translations, languages }: Context): Read {
  const { path } = source;
  const refused = (...problems: Problem[]): Read => ({ page: null, problems });
  const slug = path.slice(pagesFolder.length + 1).replace(/\.md$/, '');
  const misnamed = nameProblem(path, slug);
  if (misnamed !== null) return refused(misnamed);
  const file = readMarkdownFile(source);
  if ('problems' in file) return refused(...file.problems);
  const { text, matter } = file;
  const result = validate(pageSchema(timeZone), matter, path);
  const problems = markdownProblems(text, matter.body, path, images);
  if ('problems' in result) return refused(...result.problems, ...problems);
  if (problems.length > 0) return refused(...problems);
  const { title, navigation = null } = result.value;
  const page = { slug, title, navigation, body: matter.body, images: shownImages(matter.body, path, images) };
  return { page: withTranslations(page, translations?.of(path) ?? {}, languages?.[0]?.language), problems };
}

/** Reads the pages that the content adds, in the order of the navigation; those that aren't in it come last. */
export function readPages(
  { files }: Pick<ContentTree, 'files'>,
  context: Context,
): { readonly pages: readonly OwnPage[]; readonly problems: readonly Problem[] } {
  const read = files
    .filter(({ path }) => path.startsWith(`${pagesFolder}/`) && !isImage(path) && translationName(path) === null)
    .map((file) => readPage(file, context));
  const last = Number.MAX_SAFE_INTEGER;
  return {
    pages: read
      .flatMap(({ page }) => page ?? [])
      .toSorted((a, b) => (a.navigation ?? last) - (b.navigation ?? last) || (a.slug < b.slug ? -1 : 1)),
    problems: read.flatMap(({ problems }) => problems),
  };
}
