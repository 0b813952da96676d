import { replaceHidden } from '../../src/lib/schema/hidden.ts';
import type { GitHubComment, GitHubPort } from './port.ts';

/** Hidden characters could break lines or reorder text. */
const visible = (text: string): string => replaceHidden(text, () => '\uFFFD');

/** A run of backticks longer than any in the text. */
function ticksAround(text: string, least: number): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length + 1);
  return '`'.repeat(Math.max(least, ...runs));
}

/** A code block that shows the text literally: no mention, image, link or HTML comment takes effect. */
export function fenced(text: string, language = ''): string {
  const shown = visible(text.replaceAll(/\r\n?/g, '\n')).replace(/\n+$/, '');
  const fence = ticksAround(shown, 3);
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** The same, as inline code. */
export function codeSpan(text: string): string {
  const shown = visible(text.replaceAll(/\s+/g, ' ')).trim();
  if (shown === '') return '` `';
  const ticks = ticksAround(shown, 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

/** Truncates a text to `most` characters and marks the cut. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}\n… cut here`;
}

/** An HTML comment, invisible on GitHub, that lets later runs recognize our comments. */
export function hiddenMarker(name: string): string {
  // Two hyphens would close the comment early.
  return `<!-- halfpast:${name.replaceAll('--', '-\u200b-').replaceAll('>', '')} -->`;
}

/** Whether a comment is ours and ends with this marker. */
export function isMarked({ body, trusted }: GitHubComment, name: string): boolean {
  return trusted && body.trimEnd().endsWith(hiddenMarker(name));
}

/** Creates the comment with this marker, or updates it if the text differs. */
export async function keepComment(port: GitHubPort, number: number, name: string, text: string): Promise<void> {
  const body = `${text.trimEnd()}\n\n${hiddenMarker(name)}`;
  const mine = (await port.comments(number)).find((comment) => isMarked(comment, name));
  if (mine === undefined) return port.comment(number, body);
  if (mine.body !== body) await port.changeComment(mine.id, body);
}
