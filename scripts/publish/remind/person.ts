import type { Settings } from '../../../src/domain/settings.ts';

/**
 * The login of somebody the content names: from `people:` in `site.yml`, or named as `@login`. A bare
 * name is none, even if it looks like one: it may be that of a stranger.
 */
export function loginOf(person: string | null, { people }: Pick<Settings, 'people'>): string | null {
  if (person === null) return null;
  const known = Object.hasOwn(people, person) ? people[person] : undefined;
  return known ?? /^@([A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38})$/.exec(person)?.[1] ?? null;
}

/** Text of the content in markdown of GitHub: shown as it is, mentioning nobody, beginning no comment. */
export function asWritten(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]#|~]/g, (sign) => `\\${sign}`)
    .replaceAll('<', '&lt;')
    .replaceAll('@', '@\u200b');
}

/** How somebody is addressed in a text. */
export function addressed(person: string | null, login: string | null): string {
  return login === null ? (person === null ? 'whoever tells customers' : asWritten(person)) : `@${login}`;
}
