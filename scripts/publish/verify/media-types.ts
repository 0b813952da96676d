/** What each ending may be served as. Endings that are not here only must not be served as a page. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  html: ['text/html'],
  xml: ['application/xml', 'text/xml', 'application/rss+xml', 'application/atom+xml'],
  rss: ['application/rss+xml', 'application/xml', 'text/xml'],
  atom: ['application/atom+xml', 'application/xml', 'text/xml'],
  json: ['application/json', 'application/feed+json'],
  txt: ['text/plain'],
  ics: ['text/calendar'],
  css: ['text/css'],
  js: ['text/javascript', 'application/javascript'],
  mjs: ['text/javascript', 'application/javascript'],
  svg: ['image/svg+xml'],
};

const endingOf = (file: string): string => /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';

export const isPage = (file: string): boolean => endingOf(file) === 'html';

/** Whether a file may say something new after each update: pages, feeds, the API, texts and calendars. */
export const isNews = (file: string): boolean =>
  ['html', 'xml', 'rss', 'atom', 'json', 'txt', 'ics'].includes(endingOf(file)) &&
  !file.startsWith('/api/schema/') &&
  file !== '/robots.txt';

const typeOf = (served: string | undefined): string => (served ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/**
 * Whether a wrong type keeps nobody from reading the file. Calendars go by what is in it, and nginx knows
 * no type for it: a site is not taken back for that.
 */
export const isHarmless = (file: string, served: string | undefined): boolean =>
  endingOf(file) === 'ics' && ['', 'application/octet-stream', 'text/plain'].includes(typeOf(served));

/** What is wrong with the type a file was served as; null when it is right. */
export function typeProblem(file: string, served: string | undefined): string | null {
  const type = typeOf(served);
  const types = allowed[endingOf(file)];
  if (types === undefined) return type === 'text/html' ? 'is served as a page, text/html' : null;
  if (types.includes(type)) return null;
  return `is served as ${type === '' ? 'no type at all' : type}, not as ${types[0] ?? ''}`;
}

/** The character set that a header names, in small letters; null when it names none. */
export function charsetOf(served: string | undefined): string | null {
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(served ?? '')?.[1]?.toLowerCase() ?? null;
}

/** Whether bytes of this ending are misread without a character set in the header: the format itself names none. */
export const needsCharset = (file: string): boolean => ['txt', 'ics', 'css', 'js', 'mjs'].includes(endingOf(file));
