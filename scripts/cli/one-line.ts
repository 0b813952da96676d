const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that may hold anything, as lines that a terminal does not act on. */
export function safeLines(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(unsafe, '\uFFFD').trim();
}

/** The same as one line. */
export function oneLine(text: string): string {
  return safeLines(text.replaceAll(/\s+/g, ' '));
}
