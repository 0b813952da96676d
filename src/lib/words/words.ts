import type { MaintenanceUpdate } from '../domain/maintenance.ts';
import type { Settings } from '../domain/settings.ts';
import { en } from './en.ts';

/** Every word readers see, in one language. */
export type Words = typeof en;

/** To add a language, write its module next to en.ts as `export const de: Words = {…}`, and name it here. */
const languages: Readonly<Record<string, Words>> = { en };

/** The words for a site: in the language of its locale, or English where there is no such module. */
export function wordsFor({ locale }: Pick<Settings, 'locale'>): Words {
  return languages[new Intl.Locale(locale).language] ?? en;
}

/** The status that an update gives to a maintenance. */
export function maintenanceUpdateStatus(words: Words, { record, cancels }: MaintenanceUpdate): string {
  return cancels ? words.cancelled : words.maintenanceStatus[record.status];
}
