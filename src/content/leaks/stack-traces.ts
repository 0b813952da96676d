import type { Span } from './span.ts';

// Lines as they begin in a trace; what is repeated has a bound, for files may be huge.
const forms = [
  // JavaScript, Java, C#.
  'at .{0,200}[/\\\\.>].{0,200}:\\d+:\\d+\\)?$',
  'at [\\w.$<>/]{1,300}\\((?:[\\w.-]+:\\d+|Native Method|Unknown Source)\\)',
  'at .{1,300} in .{1,300}:line \\d+',
  'Exception in thread "',
  'Caused by: [\\w.$]{1,300}(?:Exception|Error)\\b',
  // Python.
  'Traceback \\(most recent call last\\)',
  'File ".{1,300}", line \\d+',
  // Go, Rust, Ruby, PHP.
  'goroutine \\d+ \\[',
  "thread '.{1,100}' panicked at ",
  '(?:from )?\\S{1,300}\\.rb:\\d+:in ',
  '#\\d+ \\S{1,300}\\(\\d+\\): ',
];
// Texts quote and indent.
const lines = new RegExp(`^[ \\t>]*(?:${forms.join('|')})`, 'm');

/** The beginning of a stack trace; one is enough to look at the text again. */
export function stackTraces(text: string): Span[] {
  const match = lines.exec(text);
  return match === null ? [] : [{ text: match[0], start: match.index }];
}
