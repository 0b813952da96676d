import type { APIRoute } from 'astro';
import { wordsFor } from '../lib/words/words.ts';
import { getSite } from '../site.ts';
import style from '../styles/feed.css?raw';
import { css } from './_responses.ts';

/** A CSS string in ASCII. */
const quoted = (text: string): string =>
  `'${text.replaceAll(/['\\]|[^ -~]/gu, (letter) => `\\${letter.codePointAt(0)?.toString(16) ?? ''} `)}'`;

export const GET: APIRoute = async (context) => {
  const { feeds, direction } = wordsFor((await getSite(context)).settings);
  const mirrored = direction === 'rtl' ? '\n:root {\n  direction: rtl;\n}\n' : '';
  return css(style.replace("'{inBrowser}'", () => quoted(feeds.inBrowser)) + mirrored);
};
