import { join } from 'node:path';
import { z } from 'zod';
import type { Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { parseJson } from '../cli/text.ts';
import type { Published } from './outcome.ts';
import type { Prepared } from './prepare.ts';
import type { Restoring } from './restore.ts';

/**
 * What the build job hands to the deploy job: a site, or the reason why there is none. The build job has
 * no write permissions.
 * Both jobs run the same version of Halfpast.
 */
export type PreparedFile = {
  readonly commit: string | null;
  /** The pull request to preview; null for none. */
  readonly pullRequest: number | null;
  /** The last lines of the output. */
  readonly lines: readonly string[];
  /** The release to restore, as the user named it if the build failed; null for a new release. */
  readonly restores: Restoring | null;
  readonly result:
    | { readonly kind: 'site'; readonly prepared: Omit<Prepared, 'site'> }
    | { readonly kind: 'ended'; readonly published: Published }
    | { readonly kind: 'failed'; readonly message: string };
};

const file = 'prepared.json';

export const preparedSite = (folder: string): string => join(folder, 'site');

export const writePrepared = (folder: string, prepared: PreparedFile, { disk }: Pick<Context, 'disk'>): Promise<void> =>
  disk.replace(join(folder, file), `${JSON.stringify(prepared, null, 2)}\n`);

/** Throws UserError when the previous job left nothing. */
export async function readPrepared(
  folder: string,
  shown: string,
  { disk }: Pick<Context, 'disk'>,
): Promise<PreparedFile> {
  const text = await disk.read(join(folder, file));
  if (text === null)
    throw new UserError(
      `${shown} has no ${file}: the previous job stopped early, so the page is unchanged. See its log. To roll back, run Publish again with its release`,
    );
  return JSON.parse(text) as PreparedFile;
}

const previewSchema = z.object({
  pullRequest: z.int().min(1).max(999_999_999),
  lines: z.array(z.string()),
});

/** Reads a preview from a job that ran untrusted code: only text and numbers. Throws UserError. */
export async function readPreview(
  folder: string,
  shown: string,
  { disk }: Pick<Context, 'disk'>,
): Promise<z.output<typeof previewSchema>> {
  const text = await disk.read(join(folder, file));
  const preview = parseJson(previewSchema, text);
  if (preview === null)
    throw new UserError(`${shown} has no preview of a pull request. See the log of the run that made it`);
  return preview;
}
