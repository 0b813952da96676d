import type { MaintenanceUpdate } from '../domain/maintenance.ts';
import type { Settings } from '../domain/settings.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { type Language, languageOf } from './languages.ts';
import { ptBr } from './pt-br.ts';
import { zhCn } from './zh-cn.ts';

export type { Words };

const catalogs: Readonly<Record<Language, Words>> = { en, de, fr, es, 'pt-BR': ptBr, ja, 'zh-CN': zhCn, ar };

const known = new Map<string, Words>();

/** The words for a site, in the language of its locale. */
export function wordsFor({ locale }: Pick<Settings, 'locale'>): Words {
  const language = known.has(locale) ? null : languageOf(locale);
  if (language !== null) known.set(locale, catalogs[language]);
  const words = known.get(locale);
  if (words === undefined) throw new RangeError(`there are no words for the locale ${locale}`);
  return words;
}

/** The status that an update gives to a maintenance. */
export function maintenanceUpdateStatus(words: Words, { record, cancels }: MaintenanceUpdate): string {
  return cancels ? words.cancelled : words.maintenanceStatus[record.status];
}
