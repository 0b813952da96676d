import type { SiteLanguage } from '../domain/settings.ts';
import { quote } from '../schema/text.ts';
import { languageOf } from '../words/words.ts';
import { fieldProblem, type Problem } from './problem.ts';

/** Returns the language for a tag in any spelling: both `pt-br` and `pt` are `pt-BR`. */
function meant(tag: string): string | null {
  try {
    return languageOf(tag);
  } catch {
    return null;
  }
}

/** Returns what's wrong with a translation's tag; null if it's one of the site's languages. */
export function unknownLanguage(tag: string, languages: readonly SiteLanguage[]) {
  const known = languages.map(({ language }) => language);
  if (known.includes(tag)) return null;
  const language = meant(tag);
  const locales = [...languages.map(({ locale }) => locale), language].join(', ');
  return {
    /** The site's tag that was meant; null if the site doesn't have that language. */
    right: language !== null && known.includes(language) ? language : null,
    not: `not ${known.length === 1 ? 'the' : 'a'} language of this site (${known.join(', ')})`,
    /** How to add the language to the site; null if it doesn't exist. */
    add: language === null ? null : `Add ${language} to locales: in site.yml, such as locales: [${locales}]`,
  };
}

type Path = readonly (string | number)[];

type WithTranslations<T> = { readonly translations?: Readonly<Record<string, T>> | undefined };

/** Returns the translations of these fields as an object to spread, which is empty if there are none. */
export const translationsOf = <T>({ translations }: WithTranslations<T>) =>
  translations === undefined ? {} : { translations };

/** Reports what's wrong with the languages of the fields at `path`. */
export function translatedFieldProblems(
  places: readonly (readonly [fields: WithTranslations<object>, path: Path])[],
  languages: readonly SiteLanguage[],
  file: Parameters<typeof fieldProblem>[0],
): Problem[] {
  const problem = (path: Path, message: string, fix: Problem['fix'] = null): Problem =>
    fieldProblem(file, path, message, { fix, part: 'key' });
  const problems = (tag: string, path: Path): Problem[] => {
    if (tag === languages[0]?.language) {
      const message = `${quote(tag)} is the first language of this site, whose texts are the fields themselves. Write them there, and delete this translation`;
      return [problem(path, message)];
    }
    const unknown = unknownLanguage(tag, languages);
    if (unknown === null) return [];
    const { right, not, add } = unknown;
    if (right !== null)
      return [
        problem(path, `${quote(tag)} is not a language of this site. Write it as ${right}`, {
          given: tag,
          type: right,
        }),
      ];
    const advice = add === null ? 'Delete this translation' : `${add}, or delete this translation`;
    return [problem(path, `${quote(tag)} is ${not}. ${advice}`)];
  };
  return places.flatMap(([{ translations = {} }, path]) =>
    Object.keys(translations).flatMap((tag) => problems(tag, [...path, 'translations', tag])),
  );
}
