import type { ContentTree } from '../../src/content/content-tree.ts';
import { settingsPath } from '../../src/content/settings.ts';
import { UserError } from '../cli/errors.ts';
import type { NewFile } from '../writing/new-problems.ts';

/** `site.yml`, when there is none or it is the same. `plan` gives its text, and throws UserError when the other page says too little. */
export function settleSite(
  tree: ContentTree,
  plan: (note: (text: string) => void) => string,
  note: (text: string) => void,
): NewFile[] {
  const there = tree.files.find(({ path }) => path === settingsPath);
  if (there === undefined) return [{ path: settingsPath, text: plan(note) }];
  try {
    const text = plan(() => undefined);
    return new TextDecoder().decode(there.bytes) === text ? [{ path: settingsPath, text }] : [];
  } catch (error) {
    // The settings that are there hold, whatever the other page lacks.
    if (error instanceof UserError) return [];
    throw error;
  }
}
