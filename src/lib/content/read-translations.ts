import type { SiteLanguage } from '../domain/settings.ts';
import type { Translation, Translations } from '../domain/translation.ts';
import { quote, suggest } from '../schema/text.ts';
import { translationSchemas } from '../schema/page-files.ts';
import { blankProblems, type Images, markdownProblems, shownImages } from './body.ts';
import { type ContentTree, translationName } from './content-tree.ts';
import { type MarkdownFile, readMarkdownFile } from './front-matter.ts';
import { decode, fileProblem, type Locate, type Problem, type SourceFile } from './problem.ts';
import { unknownLanguage } from './translated-fields.ts';
import { validate } from './yaml.ts';

/** The translations in a content folder, and the problems with them. */
export type ReadTranslations = {
  /** Returns the translations of a file. */
  readonly of: (path: string) => Translations;
  /** Returns the file of a translation. */
  readonly file: (path: string, tag: string) => { readonly path: string; readonly locate: Locate };
  readonly problems: readonly Problem[];
};

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Reports what's wrong with the language in a file name. */
function languageProblem(path: string, tag: string, languages: readonly SiteLanguage[]): Problem[] {
  const unknown = unknownLanguage(tag, languages);
  if (unknown === null) return [];
  const { right, not, add } = unknown;
  if (right !== null) {
    const name = nameIn(path).replace(`.${tag}.md`, `.${right}.md`);
    return [fileProblem(path, `has ${quote(tag)} in its name. Rename it to ${name}`)];
  }
  return [fileProblem(path, `is in ${quote(tag)}, which is ${not}. ${add ?? 'Delete it'}, or move it elsewhere`)];
}

/** Reports a translation whose original doesn't exist. `paths` are all files in the content. */
function originalProblem(path: string, original: string, paths: ReadonlySet<string>): Problem[] {
  if (paths.has(original)) return [];
  const folder = original.slice(0, original.lastIndexOf('/') + 1);
  const others = [...paths].filter((other) => other.startsWith(folder) && translationName(other) === null);
  const near = suggest(original, others);
  const advice = near === null ? 'Write that first, or delete this file' : `Did you mean ${nameIn(near)}?`;
  return [fileProblem(path, `translates ${nameIn(original)}, which does not exist. ${advice}`)];
}

/** Reads a file with empty front matter. Most updates after the first only need their body translated. */
function withoutFields(source: SourceFile): MarkdownFile | null {
  const text = decode(source);
  const found = typeof text === 'string' ? /^---[ \t]*\n\s*---[ \t]*\n/.exec(text) : null;
  if (found === null || typeof text !== 'string') return null;
  const body = text.slice(found[0].length).trim();
  const locate = () => ({ line: 1, column: 1 });
  return { path: source.path, text, matter: { data: {}, problems: [], comments: [], locate, body } };
}

type Read = { readonly translation: Translation; readonly locate: Locate };

function readTranslation(source: SourceFile, images: Images): Read | { readonly problems: readonly Problem[] } {
  const { path } = source;
  const file = withoutFields(source) ?? readMarkdownFile(source);
  if ('problems' in file) return file;
  const folder = path.slice(0, path.indexOf('/')) as keyof typeof translationSchemas;
  const { text, matter } = file;
  const result = validate(translationSchemas[folder], matter, path);
  const isFilledIn = folder !== 'pages' && folder !== 'postmortems';
  // Announcements can't have images.
  const shown = folder === 'announcements' ? new Map() : images;
  const problems = [
    ...('problems' in result ? result.problems : []),
    ...markdownProblems(text, matter.body, path, shown),
    ...(isFilledIn ? blankProblems(text, path) : []),
  ];
  if (problems.length > 0 || 'problems' in result) return { problems };
  const given = Object.entries(result.value).filter(([, value]) => value !== undefined);
  const texts = folder === 'announcements' ? {} : { images: shownImages(matter.body, path, images) };
  return { translation: { ...Object.fromEntries(given), ...texts, body: matter.body }, locate: matter.locate };
}

/**
 * Reads all translations: files next to an original, with the language before the extension, such as
 * `2026-11-22T1405Z.de.md`. `languages` are the site's, if known.
 */
export function readTranslations(
  { files }: Pick<ContentTree, 'files'>,
  languages: readonly SiteLanguage[] | null,
  images: Images,
): ReadTranslations {
  const paths = new Set(files.map(({ path }) => path));
  const found = new Map<string, Record<string, Translation>>();
  const locates = new Map<string, Locate>();
  const problems = files.flatMap((source): readonly Problem[] => {
    const name = translationName(source.path);
    if (name === null) return [];
    const { original, tag } = name;
    const misnamed = [
      ...originalProblem(source.path, original, paths),
      ...(languages === null ? [] : languageProblem(source.path, tag, languages)),
    ];
    const read = readTranslation(source, images);
    if ('problems' in read) return [...misnamed, ...read.problems];
    found.set(original, { ...found.get(original), [tag]: read.translation });
    locates.set(source.path, read.locate);
    return misnamed;
  });
  const file = (original: string, tag: string) => {
    const path = original.replace(/\.md$/, `.${tag}.md`);
    return { path, locate: locates.get(path) ?? (() => ({ line: 1, column: 1 })) };
  };
  return { of: (path) => found.get(path) ?? {}, file, problems };
}
