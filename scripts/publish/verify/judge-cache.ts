import { type Duration, day, hour, minute, second } from '../../../src/domain/instant.ts';
import { count } from '../../../src/views/words.ts';
import { isNews } from './media-types.ts';

/** What GitHub Pages sends, and nobody can change there. */
const bearable: Duration = 10 * minute;

/** How long caches may show a file without asking again, by the server's own words; null for no words about it. */
function ageOf(headers: Readonly<Record<string, string>>): Duration | null {
  const said = headers['cache-control'] ?? '';
  if (/\bno-(?:cache|store)\b/i.test(said)) return null;
  const ages = [...said.matchAll(/\b(?:max-age|s-maxage)\s*=\s*"?(\d+)/gi)].map(
    ([, seconds]) => Number(seconds) * second,
  );
  if (ages.length > 0) return Math.max(...ages);
  // HTTP: `Expires` counts only where Cache-Control says nothing.
  const until = Date.parse(headers['expires'] ?? '') - Date.parse(headers['date'] ?? '');
  return Number.isFinite(until) ? until : null;
}

function inWords(age: Duration): string {
  if (age >= 2 * day || age === day) return count(Math.floor(age / day), 'day');
  return age >= 2 * hour || age === hour
    ? count(Math.floor(age / hour), 'hour')
    : count(Math.floor(age / minute), 'minute');
}

/** What to know of a file with news in it that is cached for long; null when it is not. */
export function cacheNote(file: string, headers: Readonly<Record<string, string>>): string | null {
  const age = isNews(file) ? ageOf(headers) : null;
  if (age === null || age <= bearable) return null;
  const by =
    ['cache-control', 'expires'].flatMap((name) =>
      headers[name] === undefined ? [] : [`${name}: ${headers[name]}`],
    )[0] ?? '';
  return `may be shown up to ${inWords(age)} old: caches keep it for so long (${by})`;
}
