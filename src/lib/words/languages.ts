/** The languages that have a catalog, by the tag to write in `site.yml`. */
export const languages = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja', 'zh-CN', 'ar'] as const;

export type Language = (typeof languages)[number];

/** Language and script of a tag, as far as it leaves them out: `zh-TW` is Chinese in other characters than `zh-CN`. */
function spoken(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script ?? ''}`;
}

/** The language of a locale, in any of its regions; null if there is no catalog. Portuguese has one for Brazil only. */
export function languageOf(locale: string): Language | null {
  if (/^pt\b/.test(locale) && new Intl.Locale(locale).maximize().region !== 'BR') return null;
  return languages.find((language) => spoken(language) === spoken(locale)) ?? null;
}
