import type { Settings } from './settings.ts';
import type { ShownImage } from './vocabulary.ts';

/** A file's texts in another language, which replace those of the original. */
export type Translation = {
  readonly title?: string;
  readonly remedy?: string | null;
  readonly summary?: string;
  readonly lessons?: readonly string[];
  /** Markdown. */
  readonly body: string;
  readonly images?: readonly ShownImage[];
};

/** Translations by language tag. If the site's first language has a translation, `original` is what it replaced. */
export type Translations = Readonly<Record<string, Translation>>;

/** A file with texts. The field is absent if there are no translations. */
export type Translatable = { readonly translations?: Translations };

/** Returns the text in a language, with the original wherever there's no translation. */
export function inLanguage<T extends { readonly translations?: Readonly<Record<string, object>> }>(
  text: T,
  language: string,
): T {
  const found = text.translations?.[language] ?? text.translations?.['original'];
  return found === undefined ? text : ({ ...text, ...found } as T);
}

/**
 * Adds translations to a file. If there is one into the site's first language, it replaces the original, which is kept
 * for languages that have no translation.
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
 * Returns the language of a text for its `lang` attribute: null if it's the page's language, and empty if it's
 * unknown, which HTML allows.
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
