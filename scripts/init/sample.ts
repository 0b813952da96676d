import type { ContentTree } from '../../src/content/content-tree.ts';
import { readSettings, settingsPath } from '../../src/content/settings.ts';

/** What the included content says of itself. Content that says so may be emptied without asking. */
const sample = { name: 'Example', url: 'https://status.example.com' } as const;

/** What `init` empties. Templates stay: they are meant to be used. */
export const emptiedFolders = ['incidents', 'maintenance', 'postmortems'] as const;

/** Whether the content is that of the company which does not exist. */
export function isSample(tree: ContentTree): boolean {
  const { settings } = readSettings(tree.files.find(({ path }) => path === settingsPath));
  return settings?.name === sample.name && settings.url === sample.url;
}

/** Whether the content is the included sample, or has nothing in it that anyone would miss. */
export function mayBeEmptied(tree: ContentTree): boolean {
  if (tree.files.some(({ path }) => path === settingsPath)) return isSample(tree);
  return tree.files.every(({ path }) => path.startsWith('templates/'));
}
