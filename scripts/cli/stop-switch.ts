import { join } from 'node:path';
import { isStop, stopReason } from '../../src/lib/content/content-tree.ts';
import type { SourceFile } from '../../src/lib/content/problem.ts';
import { oneLine, UsageError } from './errors.ts';
import type { Ground } from './system.ts';

/** The environment variable that holds publishing: a repository variable of the same name is passed on as it. */
const holdVariable = 'HALFPAST_HOLD';

const off = ['', '0', 'false', 'no', 'off'];
const bareOn = ['1', 'true', 'yes', 'on'];

/** Why publishing is on hold, and where that is said. */
export type Hold = { readonly reason: string; readonly where: string };

type HoldSources = {
  /** The content folder as the person named it, and its files. */
  readonly content: string;
  readonly files: readonly SourceFile[];
  /** `--hold` */
  readonly flag: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The stop file beside the releases; null when there is none. */
  readonly beside: { readonly name: string; readonly text: string } | null;
};

/** The file STOP in the folder with the releases, however a person in a hurry spells it. */
export async function stopBeside(
  folder: string,
  ground: Pick<Ground, 'list' | 'read'>,
): Promise<HoldSources['beside']> {
  const name = (await ground.list(folder)).find(isStop);
  return name === undefined ? null : { name, text: (await ground.read(join(folder, name))) ?? '' };
}

/** `--hold` as it was typed. Throws UsageError when it is blank: nobody could say what was meant. */
export function readHold(flag: string | undefined): string | undefined {
  if (flag?.trim() === '')
    throw new UsageError(
      '--hold is blank. Type why publishing is on hold, as --hold "The host moves", or leave the flag out',
    );
  return flag;
}

/** The first reason to hold publishing, or null. */
export function findHold({ content, files, flag, env, beside }: HoldSources): Hold | null {
  const variable = env[holdVariable]?.trim() ?? '';
  const inContent = stopReason(files);
  if (inContent !== null) return { reason: oneLine(inContent), where: `the stop file in ${content}` };
  if (beside !== null)
    return {
      reason: oneLine(beside.text) || `${beside.name} is there`,
      where: `the file ${beside.name} beside the releases`,
    };
  if (flag !== undefined) return { reason: oneLine(flag), where: '--hold' };
  if (off.includes(variable.toLowerCase())) return null;
  const reason = bareOn.includes(variable.toLowerCase()) ? 'no reason was given' : oneLine(variable);
  return { reason, where: `the variable ${holdVariable}` };
}

export function holdLine({ reason, where }: Hold): string {
  return `publishing is on hold: ${reason} (said by ${where}; take that away to go on)`;
}
