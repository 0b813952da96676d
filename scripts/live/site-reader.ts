import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeHTMLStrict } from 'entities';
import { type Duration, second } from '../../src/lib/domain/calendar.ts';
import type { Context } from '../cli/context.ts';
import { type Answer, isMissing, request, responseText, withRetries } from './http.ts';

/** The files of a published or built site. */
export type SiteReader = {
  /** Its folder or address, for messages. */
  readonly name: string;
  /** The text of a file, such as `api/updates/2026.json`; null when it doesn't exist. Throws NoAnswer. */
  readonly read: (path: string) => Promise<string | null>;
  /** Whether it's a folder: if a file is missing there, trying again doesn't help. */
  readonly isFolder?: true;
};

/** The site's host doesn't respond, or responds with an error other than 404 and 410. */
export class NoAnswer extends Error {
  /** The file that was requested. */
  readonly path: string;
  constructor(message: string, path = '') {
    super(message);
    this.path = path;
  }
}

/** Reads a site from a folder. */
export function folderReader(folder: string, name: string): SiteReader {
  return {
    name,
    isFolder: true,
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

/** Reads a site from the web. Requests each file up to three times, bypassing caches. */
export function httpReader(
  url: string,
  { clock, sleep }: Pick<Context, 'clock' | 'sleep'>,
  timeout: Duration = 10 * second,
): SiteReader {
  const base = url.replace(/\/+$/, '');
  const unique = new URLSearchParams({ halfpast: String(clock()) }).toString();
  const isRead = (answer: Answer): boolean => responseText(answer) !== null || isMissing(answer);
  const pauses = [500, 1500];
  return {
    name: base,
    read: async (path) => {
      const answer = await withRetries(
        () => request(`${base}/${path}?${unique}`, { timeout, headers: { 'cache-control': 'no-cache' } }),
        (each, attempt) => (isRead(each) ? null : (pauses[attempt - 1] ?? null)),
        sleep,
      );
      if (answer.kind === 'none') throw new NoAnswer(`doesn't respond (${answer.reason})`, path);
      if (!isRead(answer)) throw new NoAnswer(`returns status ${answer.status}`, path);
      return responseText(answer);
    },
  };
}

/** The visible text of HTML, with one space between words. */
export function wordsOf(html: string): string {
  const visible = html.replaceAll(/<(script|style)[\s>][\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]*>/g, ' ');
  return decodeHTMLStrict(visible).replaceAll(/\s+/g, ' ').trim();
}

/** The visible text of each paragraph, list item and cell. */
export function blocksOf(html: string): string[] {
  return html
    .split(/<\/?(?:p|li|ul|ol|h\d|blockquote|pre|td|th|tr|table|div)(?:\s[^>]*)?>/)
    .map(wordsOf)
    .filter((words) => words !== '');
}
