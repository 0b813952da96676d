import type { SourceFile } from './source-file.ts';

/** Whether a file of the content folder is the stop switch: `stop.md`, however a person in a hurry spells it. */
export function isStop(path: string): boolean {
  return /^stop(?:\.md|\.txt)?$/i.test(path);
}

/**
 * Why publishing is stopped: the first line with words in the stop file; null while there is none.
 * It counts whatever else is wrong with the content, and an empty file counts as well.
 */
export function stopReason(files: readonly SourceFile[]): string | null {
  const file = files.find(({ path }) => isStop(path));
  if (file === undefined) return null;
  const lines = new TextDecoder().decode(file.bytes).split('\n').map((line) => line.trim());
  return lines.find((line) => /[^\s#-]/.test(line)) ?? `${file.path} is in the content folder`;
}
