/** One line as lines of at most `columns` characters, broken between words; `indent` goes before each but the first. A longer word stays whole. */
export function wrapLine(line: string, columns: number, indent = ''): string {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<=\S)(?=\s)/)) {
    if (current.trim() !== '' && [...current, ...word].length > columns) {
      lines.push(current);
      current = `${indent}${word.trimStart()}`;
    } else {
      current += word;
    }
  }
  return [...lines, current].join('\n');
}

/** Each line of a text, wrapped. */
export function wrapText(text: string, columns: number, indent = ''): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns, indent))
    .join('\n');
}
