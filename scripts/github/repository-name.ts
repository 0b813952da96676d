import { quote } from '../../src/schema/text.ts';
import { UsageError } from '../cli/errors.ts';

export type RepositoryName = { readonly owner: string; readonly repo: string };

/** Reads `owner/repo`. `flag` is where it was typed. Throws UsageError. */
export function readRepositoryName(given: string, flag: string): RepositoryName {
  const [, owner, repo] = /^([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)\/([A-Za-z0-9._-]+)$/.exec(given) ?? [];
  if (owner !== undefined && repo !== undefined) return { owner, repo };
  throw new UsageError(`${flag}: ${quote(given)} is not a repository. Type its owner and name, as example/status`);
}
