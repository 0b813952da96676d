import type { Settings } from './settings.ts';
import type { ShownImage } from './vocabulary.ts';

/** The texts of a file in another language, which replace those of the original. */
export type Translation = {
  readonly title?: string;
  readonly remedy?: string | null;
  readonly summary?: string;
  readonly lessons?: readonly string[];
  /** Markdown. */
  readonly body: string;
  readonly images?: readonly ShownImage[];
};

/**
 * By the tag of the language. With a translation into the first language of the site, `original` is what it replaced.
 */
export type Translations = Readonly<Record<string, Translation>>;

/** A file with texts. The field is absent without translations. */
export type Translatable = { readonly translations?: Translations };

/** The text in a language, with the original wherever there is no translation. */
export function inLanguage<T extends { readonly translations?: Readonly<Record<string, object>> }>(
  text: T,
  language: string,
): T {
  const found = text.translations?.[language] ?? text.translations?.['original'];
  return found === undefined ? text : ({ ...text, ...found } as T);
}

/**
 * A file with its translations. A site whose first language has one shows that instead of the original, which it keeps
 * for languages that have none.
 */
export function withTranslations<T extends Translatable & { readonly body: string }>(
  text: T,
  given: Translations,
  first: string | undefined,
): T {
  if (Object.keys(given).length === 0) return text;
  const main = first === undefined ? undefined : given[first];
  if (first === undefined || main === undefined) return { ...text, translations: given };
  const original = Object.fromEntries(Object.keys(main).map((key) => [key, text[key as keyof T]]));
  const { [first]: _shown, ...others } = given;
  return { ...text, ...main, translations: { ...others, original: original as object as Translation } };
}

/**
 * The language of a text on a page of the site, for its `lang` attribute: null if it is that of the page, and empty if
 * it isn't known, which HTML allows.
 */
export function textLanguage(
  { translations = {} }: Translatable,
  { locale, languages }: Pick<Settings, 'locale' | 'languages'>,
  part: keyof Translation = 'body',
): string | null {
  const [first] = languages;
  const current = languages.find((one) => one.locale === locale) ?? first;
  const translation = translations[current.language];
  if (current === first || (translation !== undefined && part in translation)) return null;
  return 'original' in translations ? '' : first.locale;
}
