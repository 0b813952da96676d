/** Text as one word of a POSIX shell, in quotes where it needs them. */
export function shellWord(text: string): string {
  if (/^[\w./:@%+=,-]+$/.test(text)) return text;
  // Inside double quotes these four still mean something, and "!" does in an interactive shell.
  if (!/["$`\\!]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
