import { execFileSync } from 'node:child_process';
import { cpSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { write } from '../../../support/folders.ts';
import { root } from '../../../support/halfpast.ts';

export type GitSite = {
  readonly folder: string;
  readonly content: string;
  readonly to: string;
  readonly git: (...args: string[]) => string;
  /** Commits everything and returns the commit's id. */
  readonly commit: (message: string) => string;
  readonly put: (path: string, text: string) => void;
  /** The release that's served, as a path in `to`. */
  readonly current: () => string;
};

/** A git repository with the small valid site committed in `content/`, and a folder to publish to. */
export function gitSite(folder: string): GitSite {
  const repository = join(folder, 'repository');
  const content = join(repository, 'content');
  cpSync(join(root, 'tests/fixtures/good/small'), content, { recursive: true });
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  const commit = (message: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  commit('A site');
  const to = join(folder, 'srv');
  return {
    folder: repository,
    content,
    to,
    git,
    commit,
    put: (path, text) => write(content, path, text),
    current: () => readlinkSync(join(to, 'current')),
  };
}
