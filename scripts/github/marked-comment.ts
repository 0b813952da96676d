import type { Comment, GitHubPort } from './port.ts';

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
