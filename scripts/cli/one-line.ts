/** Text that may hold anything, as one line that a terminal does not act on. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\t\n\r ]+/g, ' ')
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD')
    .trim();
}
