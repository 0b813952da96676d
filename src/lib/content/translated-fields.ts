import type { SiteLanguage } from '../domain/settings.ts';
import { quote } from '../schema/text.ts';
import { languageOf } from '../words/words.ts';
import type { Problem } from './problem.ts';

/** The language that a tag stands for, however it is written: `pt-br` and `pt` are `pt-BR`. */
function meant(tag: string): string | null {
  try {
    return languageOf(tag);
  } catch {
    return null;
  }
}

type UnknownLanguage = {
  /** The tag of the site that was meant; null if it has no such language. */
  readonly right: string | null;
  /** `not a language of this site (en, de)` */
  readonly not: string;
  /** How to add the language to the site; null if there is no such language. */
  readonly add: string | null;
};

/** What is wrong with the tag of a translation; null if it is that of a language of the site. */
export function unknownLanguage(tag: string, languages: readonly SiteLanguage[]): UnknownLanguage | null {
  const known = languages.map(({ language }) => language);
  if (known.includes(tag)) return null;
  const language = meant(tag);
  const locales = [...languages.map(({ locale }) => locale), language].join(', ');
  return {
    right: language !== null && known.includes(language) ? language : null,
    not: `not ${known.length === 1 ? 'the' : 'a'} language of this site (${known.join(', ')})`,
    add: language === null ? null : `Add ${language} to locales: in site.yml, such as locales: [${locales}]`,
  };
}

type Path = readonly (string | number)[];

type WithTranslations<T> = { readonly translations?: Readonly<Record<string, T>> | undefined };

/** The translations of these fields, as an object to spread: without any, it is empty. */
export const translationsOf = <T>({ translations }: WithTranslations<T>) =>
  translations === undefined ? {} : { translations };

/**
 * What is wrong with the languages of these fields, which stand at `path`. `problem` makes a problem with the name of a
 * field.
 */
export function translatedFieldProblems(
  places: readonly (readonly [fields: WithTranslations<object>, path: Path])[],
  languages: readonly SiteLanguage[],
  problem: (path: Path, message: string, fix: Problem['fix']) => Problem,
): Problem[] {
  const problems = (tag: string, path: Path): Problem[] => {
    if (tag === languages[0]?.language) {
      const message = `${quote(tag)} is the first language of this site, whose texts are the fields themselves. Write them there, and delete this translation`;
      return [problem(path, message, null)];
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
    return [problem(path, `${quote(tag)} is ${not}. ${advice}`, null)];
  };
  return places.flatMap(([{ translations = {} }, path]) =>
    Object.keys(translations).flatMap((tag) => problems(tag, [...path, 'translations', tag])),
  );
}
