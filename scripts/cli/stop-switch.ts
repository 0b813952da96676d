import { join } from 'node:path';
import { isStop, stopReason } from '../../src/lib/content/content-tree.ts';
import type { SourceFile } from '../../src/lib/content/problem.ts';
import { oneLine, UsageError } from './errors.ts';
import type { ReleaseStorage } from './system.ts';

const variableName = 'HALFPAST_HOLD';
const offValues = ['', '0', 'false', 'no', 'off'];
const onWithoutReason = ['1', 'true', 'yes', 'on'];

/** The reason why publishing is on hold, and where it was set. */
export type PublishingStop = { readonly reason: string; readonly where: string };

export type StopFile = { readonly name: string; readonly text: string };

type StopSources = {
  /** The content folder as the user typed it. */
  readonly content: string;
  readonly files: readonly SourceFile[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The value of `--hold`. */
  readonly flag?: string | undefined;
  /** The stop file in the releases folder. */
  readonly beside?: StopFile | null;
};

/** Reads the file STOP in the releases folder, in any spelling that `isStop` accepts. */
export async function readStopFile(
  folder: string,
  storage: Pick<ReleaseStorage, 'list' | 'read'>,
): Promise<StopFile | null> {
  const name = (await storage.list(folder)).find(isStop);
  return name === undefined ? null : { name, text: (await storage.read(join(folder, name))) ?? '' };
}

/** Checks the value of `--hold`. Throws UsageError when it's blank, because the intent is unclear. */
export function readStopReason(flag: string | undefined): string | undefined {
  if (flag?.trim() === '')
    throw new UsageError('--hold is blank. Add a reason, such as --hold "The host is moving", or leave the option out');
  return flag;
}

/** The first source that puts publishing on hold, or null. */
export function findStop({ content, files, env, flag, beside = null }: StopSources): PublishingStop | null {
  const inContent = stopReason(files);
  if (inContent !== null) return { reason: oneLine(inContent), where: `the stop file in ${content}` };
  if (beside !== null)
    return {
      reason: oneLine(beside.text) || `${beside.name} exists`,
      where: `the file ${beside.name} beside the releases`,
    };
  const switches = { '--hold': flag, [`the variable ${variableName}`]: env[variableName] };
  for (const [where, text = ''] of Object.entries(switches)) {
    const value = text.trim().toLowerCase();
    if (offValues.includes(value)) continue;
    return { reason: onWithoutReason.includes(value) ? 'no reason was given' : oneLine(text), where };
  }
  return null;
}

export function stopLine({ reason, where }: PublishingStop): string {
  return `publishing is on hold: ${reason} (set by ${where}; remove it to continue)`;
}
