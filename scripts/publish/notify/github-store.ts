import type { GitHubPort } from '../../github/port.ts';
import type { Store } from './store.ts';

/** A branch that holds nothing else: it survives every run and starts no publishing. */
export const stateBranch = 'halfpast-state';

const path = 'deliveries.json';

/** The record in a file on a branch of its own. */
export function gitHubStore(port: GitHubPort): Store {
  return {
    name: `${path} on branch ${stateBranch}`,
    load: async () => (await port.readFile(path, stateBranch)) ?? { text: null, version: null },
    save: async (text, version) => {
      const result = await port.writeFile({
        path,
        text,
        message: 'Deliveries',
        branch: stateBranch,
        replaces: version,
      });
      return result.kind === 'written' ? result.version : null;
    },
  };
}
