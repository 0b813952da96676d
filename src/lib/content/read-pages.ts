import type { Announcement, OwnPage } from '../domain/site.ts';
import { longestSlug, slugForm, slugify } from '../schema/components-file.ts';
import { announcementSchema, ownPageSchema } from '../schema/page-files.ts';
import { quote } from '../schema/text.ts';
import { shortUtc } from '../schema/time-fields.ts';
import { languages } from '../words/words.ts';
import { blankProblems, type Images, markdownProblems, shownImages } from './body.ts';
import { type ContentTree, isImage, translationName } from './content-tree.ts';
import { readMarkdownFile } from './front-matter.ts';
import { fieldProblem, fileProblem, type Problem, type SourceFile } from './problem.ts';
import { type ReadContext, translated } from './update-rules.ts';
import { validate } from './yaml.ts';

type Context = Pick<ReadContext, 'timeZone' | 'languages' | 'translations'> & { readonly images: Images };

/** A value read from a file, or what's wrong with the file. */
type Read<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** Everything that was read, in file order, and all problems. */
type ReadAll<T> = { readonly values: readonly T[]; readonly problems: readonly Problem[] };

/** Paths that Halfpast uses or may use. Languages are at `/de/` and so on. */
const taken = new Set([
  ...(
    '404 500 api assets badge components compose developers embed feed history icons images incidents index maintenance ' +
    'postmortems release robots rss atom share sitemap subscribe announcements zh-hans'
  ).split(' '),
  ...languages.flatMap((language) => [language.toLowerCase(), language.replace(/-.*/, '')]),
]);

/** Says what's wrong with a page's file name; null if nothing is. */
function pageNameProblem(path: string, slug: string): string | null {
  if (!path.endsWith('.md'))
    return 'is neither a page, which must be an .md file, nor an image. Delete it or move it elsewhere';
  if (slug.includes('/')) return 'is nested too deeply. Move it up to pages/';
  if (taken.has(slug)) return `would be at /${slug}/, which Halfpast reserves. Rename it, such as to our-${slug}.md`;
  if (slugForm.test(slug) && slug.length <= longestSlug) return null;
  const better = slugify(slug).slice(0, longestSlug) || 'about';
  return `${quote(slug)} cannot be used in an address. Rename the file to ${better}.md`;
}

function announcementNameProblem(path: string, slug: string): string | null {
  if (!path.endsWith('.md')) return 'is not an announcement, which must be an .md file. Move it elsewhere';
  if (slug.includes('/')) return 'is nested too deeply. Move it up to announcements/';
  if (slugForm.test(slug)) return null;
  return 'cannot be used in an address. Use lowercase letters, digits and hyphens, such as holidays.md';
}

function readPage(source: SourceFile, slug: string, { timeZone, images }: Context): Read<OwnPage> {
  const { path } = source;
  const file = readMarkdownFile(source);
  if ('problems' in file) return file;
  const { text, matter } = file;
  const result = validate(ownPageSchema(timeZone), matter, path);
  const problems = markdownProblems(text, matter.body, path, images);
  if ('problems' in result) return { problems: [...result.problems, ...problems] };
  if (problems.length > 0) return { problems };
  const { title, navigation = null } = result.value;
  return {
    value: { slug, title, navigation, body: matter.body, images: shownImages(matter.body, path, images) },
  };
}

function readAnnouncement(source: SourceFile, slug: string, { timeZone }: Context): Read<Announcement> {
  const { path } = source;
  const file = readMarkdownFile(source);
  if ('problems' in file) return file;
  const { text, matter } = file;
  const result = validate(announcementSchema(timeZone), matter, path);
  // Announcements can't have images: files in their folder aren't published.
  const problems = [...markdownProblems(text, matter.body, path, new Map()), ...blankProblems(text, path)];
  if ('problems' in result) return { problems: [...result.problems, ...problems] };
  const { title, from, until, pinned = false } = result.value;
  if (until <= from) {
    const wrong = `${shortUtc(until)} is not after it begins (${shortUtc(from)}). Enter a later end`;
    problems.push(fieldProblem({ path, locate: matter.locate }, 'until', wrong));
  }
  if (problems.length > 0) return { problems };
  return { value: { slug, title, from, until, pinned, body: matter.body } };
}

/** Reads all originals in a folder and adds their translations. */
function readFolder<T extends Announcement | OwnPage>(
  folder: string,
  files: readonly SourceFile[],
  nameProblem: (path: string, slug: string) => string | null,
  read: (source: SourceFile, slug: string, context: Context) => Read<T>,
  context: Context,
): ReadAll<T> {
  const all = files
    .filter(({ path }) => path.startsWith(`${folder}/`) && translationName(path) === null)
    .map((source): Read<T> => {
      const { path } = source;
      const slug = path.slice(folder.length + 1).replace(/\.md$/, '');
      const misnamed = nameProblem(path, slug);
      if (misnamed !== null) return { problems: [fileProblem(path, misnamed)] };
      const result = read(source, slug, context);
      if ('problems' in result) return result;
      return { value: translated(result.value, path, context) };
    });
  return {
    values: all.flatMap((one) => ('value' in one ? [one.value] : [])),
    problems: all.flatMap((one) => ('problems' in one ? one.problems : [])),
  };
}

/** Reads the project's own pages, in navigation order, followed by pages that aren't in the navigation. */
export function readPages({ files }: Pick<ContentTree, 'files'>, context: Context): ReadAll<OwnPage> {
  const texts = files.filter(({ path }) => !isImage(path));
  const { values, problems } = readFolder('pages', texts, pageNameProblem, readPage, context);
  const last = Number.MAX_SAFE_INTEGER;
  return {
    values: values.toSorted((a, b) => (a.navigation ?? last) - (b.navigation ?? last) || (a.slug < b.slug ? -1 : 1)),
    problems,
  };
}

/** Reads the announcements, in file order. */
export function readAnnouncements({ files }: Pick<ContentTree, 'files'>, context: Context): ReadAll<Announcement> {
  return readFolder('announcements', files, announcementNameProblem, readAnnouncement, context);
}
