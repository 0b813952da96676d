import type { MaintenanceUpdate } from '../domain/maintenance.ts';
import type { Settings } from '../domain/settings.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { ptBr } from './pt-br.ts';
import { zhCn } from './zh-cn.ts';

export type { Words };

/** The languages with a catalog, by the tag to use in `site.yml`. */
export const languages = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja', 'zh-CN', 'ar'] as const;

export type Language = (typeof languages)[number];

/**
 * Returns the language and script of a tag, including an implied script: `zh-TW` uses other characters than `zh-CN`.
 */
function spoken(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script ?? ''}`;
}

/**
 * Returns the language for a locale in any region; null if it has no catalog. The only Portuguese one is for Brazil.
 */
export function languageOf(locale: string): Language | null {
  if (/^pt\b/.test(locale) && new Intl.Locale(locale).maximize().region !== 'BR') return null;
  return languages.find((language) => spoken(language) === spoken(locale)) ?? null;
}

const catalogs: Readonly<Record<Language, Words>> = { en, de, fr, es, 'pt-BR': ptBr, ja, 'zh-CN': zhCn, ar };

const known = new Map<string, Words>();

/** Returns the words for a site, in the language of its locale. */
export function wordsFor({ locale }: Pick<Settings, 'locale'>): Words {
  const language = known.has(locale) ? null : languageOf(locale);
  if (language !== null) known.set(locale, catalogs[language]);
  const words = known.get(locale);
  if (words === undefined) throw new RangeError(`there are no words for the locale ${locale}`);
  return words;
}

/** Returns the status that an update gives to a maintenance window. */
export function maintenanceUpdateStatus(words: Words, { record, cancels }: MaintenanceUpdate): string {
  return cancels ? words.cancelled : words.maintenanceStatus[record.status];
}
