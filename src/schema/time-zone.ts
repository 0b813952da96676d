import { didYouMean } from './suggest.ts';
import { quote, type Read, readable } from './text.ts';

/** Whether a name is one of IANA's, written as IANA does. Offsets such as `+01:00` know no daylight saving. */
export function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // An old name resolves to the current one; a name in other letters to itself.
    return /^[A-Z]/.test(name) && (timeZone === name || timeZone.toLowerCase() !== name.toLowerCase());
  } catch {
    return false;
  }
}

function readTimeZone(given: string): Read<string> {
  if (isTimeZone(given)) return { value: given };
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const near = didYouMean(given, known);
  const hint = near.startsWith('Did') ? near : 'Type an IANA name, as Europe/Berlin or UTC.';
  return { wrong: `${quote(given)} is not a time zone. ${hint}` };
}

/** An IANA time zone name. */
export const timeZone = readable('time_zone: Europe/Berlin', readTimeZone);

function readLocale(given: string): Read<string> {
  const example = 'Type one as en-GB or en-US';
  try {
    const [tag] = Intl.getCanonicalLocales(given);
    // Another calendar, as `-u-ca-buddhist` asks for, would give dates of another year than the rest of the page.
    if (tag !== undefined && /^en(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/.test(tag)) return { value: tag };
    if (tag?.split('-')[0] === 'en')
      return { wrong: `${quote(given)} asks for more than a kind of English. ${example}` };
    return { wrong: `${quote(given)} is not a kind of English, and the words of the page are English. ${example}` };
  } catch {
    return { wrong: `${quote(given)} is not a locale. ${example}` };
  }
}

/** How dates are written. The page's own words are English, so a kind of English. */
export const locale = readable('locale: en-GB', readLocale);
