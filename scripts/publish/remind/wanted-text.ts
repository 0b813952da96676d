import { oneLine } from '../../cli/one-line.ts';
import type { Wanted } from './wanted.ts';

const plain = (markdown: string): string =>
  oneLine(markdown.replaceAll(/\*\*|\\(?=[\\`*_[\]#|~])|\u200b/g, '').replaceAll('&lt;', '<'));

/** What `remind` prints when it only looks: each reminder that is due, with whom it is for. */
export function wantedText({ reminders, drafts }: Wanted): string {
  const due = reminders.filter(({ lapses }) => lapses.length > 0);
  const lines = [
    ...due.flatMap(({ title, person, login, lapses }) => [
      `${oneLine(title)} (for ${oneLine(login === null ? (person ?? 'nobody named') : `@${login}`)})`,
      ...lapses.map(({ text }) => `  ${plain(text)}`),
    ]),
    ...drafts.map(({ path, title }) => `Postmortem to draft: ${oneLine(title)} (${path})`),
  ];
  return lines.length === 0 ? 'Nothing is due.\n' : `${lines.join('\n')}\n`;
}
