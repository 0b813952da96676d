import { replaceHidden } from '../../src/lib/schema/text.ts';
import type { Comment, GitHubPort } from './port.ts';

/** Hidden characters could end a line, or show text in another order. */
const visible = (text: string): string => replaceHidden(text, () => '\uFFFD');

/** Text of which GitHub shows each character and acts on none: no mention, image, link or comment. */
export function fenced(text: string, language = ''): string {
  const shown = visible(text.replaceAll(/\r\n?/g, '\n')).replace(/\n+$/, '');
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** The same within a line. */
export function codeSpan(text: string): string {
  const shown = visible(text.replaceAll(/\s+/g, ' ')).trim();
  if (shown === '') return '` `';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

/** Text cut to so many characters, with a word when something was cut. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}\n… cut here`;
}

/** A marker that GitHub does not show, by which a later run knows its own text again. */
export function hiddenMarker(name: string): string {
  // Two hyphens would end the comment early.
  return `<!-- halfpast:${name.replaceAll('--', '-\u200b-').replaceAll('>', '')} -->`;
}

/** Whether a comment is one of ours with this marker, which stands at its end. */
export function isMarked({ body, trusted }: Comment, name: string): boolean {
  return trusted && body.trimEnd().endsWith(hiddenMarker(name));
}

/** Keeps one comment up to date: creates it, or changes the one with the same marker if it says something else. */
export async function keepComment(port: GitHubPort, number: number, name: string, text: string): Promise<void> {
  const body = `${text.trimEnd()}\n\n${hiddenMarker(name)}`;
  const mine = (await port.comments(number)).find((comment) => isMarked(comment, name));
  if (mine === undefined) return port.comment(number, body);
  if (mine.body !== body) await port.changeComment(mine.id, body);
}
