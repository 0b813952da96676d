/** A line that begins something of its own, which no line runs into. */
const begins = /^\s*(?:[-*+] |\d{1,9}[.)] |#{1,6} |>|\||`{3,}|~{3,}|$)/;
const fence = /^\s*(?:`{3,}|~{3,})/;

/**
 * Markdown in which a line break stays one where lines may be wrapped: in an update a break is a break,
 * in a postmortem it is a space. Two spaces at the end of a line are the break that both understand.
 */
export function hardBreaks(text: string): string {
  const lines = text.split('\n');
  let isCode = false;
  return lines
    .map((line, index) => {
      if (fence.test(line)) isCode = !isCode;
      const next = lines[index + 1];
      const runsOn = next !== undefined && !begins.test(next) && !/^\s*(?:#{1,6} |\||$)/.test(line);
      return runsOn && !isCode && !fence.test(line) ? `${line.trimEnd()}  ` : line;
    })
    .join('\n');
}
