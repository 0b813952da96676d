import type { Instant } from '../../domain/instant.ts';
import { updateName } from '../update-name.ts';
import { type Fields, fileText } from './update-file.ts';

/** A file to write; `path` is relative to the content folder. */
export type NewFile = { readonly path: string; readonly text: string };

/** The file of an update at `at`. `slug` is the folder of its incident or maintenance. */
export function updateFile(kind: 'incidents' | 'maintenance', slug: string, at: Instant, fields: Fields, message: string): NewFile {
  return { path: `${kind}/${slug}/${updateName(at)}.md`, text: fileText(fields, message) };
}
