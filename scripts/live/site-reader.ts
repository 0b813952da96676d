import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** A published or built site, as its files. */
export type SiteReader = {
  /** Its folder or address, for messages. */
  readonly name: string;
  /** The text of a file, such as `api/updates/2026.json`; null when there is none. Throws NoAnswer. */
  readonly read: (path: string) => Promise<string | null>;
};

/** The site's host doesn't answer, or answers with an error other than 404 and 410. */
export class NoAnswer extends Error {}

/** A site in a folder. */
export function folderReader(folder: string, name: string): SiteReader {
  return {
    name,
    read: async (path) => {
      try {
        return await readFile(join(folder, path), 'utf8');
      } catch (error) {
        if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String((error as NodeJS.ErrnoException).code))) return null;
        throw error;
      }
    },
  };
}

type HttpOptions = {
  readonly fetch: typeof fetch;
  /** Added to each address as a query, so that no cache answers with an older file. */
  readonly unique: string;
  /** How long one request may take, in milliseconds. */
  readonly patience?: number;
  /** How long to wait before each further attempt, in milliseconds. */
  readonly pauses?: readonly number[];
};

async function ask(address: string, { fetch, patience = 10_000 }: HttpOptions): Promise<string | null> {
  try {
    const response = await fetch(address, {
      headers: { 'cache-control': 'no-cache' },
      signal: AbortSignal.timeout(patience),
    });
    if (response.status === 404 || response.status === 410) return null;
    if (!response.ok) throw new NoAnswer(`returns status ${response.status}`);
    return await response.text();
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw new NoAnswer(isLate ? `doesn't respond within ${patience / 1000} seconds` : "doesn't respond");
  }
}

/** A site on the web. Each file is requested up to three times. */
export function httpReader(url: string, options: HttpOptions): SiteReader {
  const base = url.replace(/\/+$/, '');
  return {
    name: base,
    read: async (path) => {
      const address = `${base}/${path}?${new URLSearchParams({ halfpast: options.unique }).toString()}`;
      for (const pause of options.pauses ?? [500, 1500]) {
        try {
          return await ask(address, options);
        } catch (error) {
          if (!(error instanceof NoAnswer)) throw error;
          await setTimeout(pause);
        }
      }
      return ask(address, options);
    },
  };
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#34': '"',
  '#38': '&',
  nbsp: ' ',
};

/** Decodes the entities that Halfpast and its libraries write. */
function unescape(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

/** The visible text of HTML, with one space between words. */
export function wordsOf(html: string): string {
  const visible = html.replaceAll(/<(script|style)[\s>][\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]*>/g, ' ');
  return unescape(visible).replaceAll(/\s+/g, ' ').trim();
}

/** The visible text of each paragraph, list item or cell. */
export function blocksOf(html: string): string[] {
  return html
    .split(/<\/?(?:p|li|ul|ol|h\d|blockquote|pre|td|th|tr|table|div)(?:\s[^>]*)?>/)
    .map(wordsOf)
    .filter((words) => words !== '');
}
