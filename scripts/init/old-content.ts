import { componentsPath } from '../../src/content/components.ts';
import type { ContentTree } from '../../src/content/content-tree.ts';
import { readSettings, settingsPath } from '../../src/content/settings.ts';
import type { SourceFile } from '../../src/content/source-file.ts';
import { quote } from '../../src/schema/text.ts';
import { UserError } from '../cli/errors.ts';
import { emptiedFolders } from './sample.ts';

/** The files that init removes. */
export function emptied(tree: ContentTree): readonly SourceFile[] {
  return tree.files.filter((file) => emptiedFolders.some((folder) => file.path.startsWith(`${folder}/`)));
}

/** What to say of content that somebody would miss. */
export function notTheSample(tree: ContentTree, content: string): UserError {
  const { settings } = readSettings(tree.files.find(({ path }) => path === settingsPath));
  if (settings !== null && emptied(tree).length === 0) {
    return new UserError(
      `${content} is the page of ${quote(settings.name)} already. Edit ${content}/${settingsPath} and ${content}/${componentsPath}, or type --force to write them anew`,
    );
  }
  return new UserError(
    `${content} is not the included sample, and init would remove its incidents. Name another folder with --content DIR, or type --force to remove them`,
  );
}
