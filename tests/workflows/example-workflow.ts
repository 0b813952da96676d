import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/halfpast.ts';

/** The workflow that the docs offer to be copied, with an owner, a repository and a commit put in. */
export function exampleWorkflow(repository: string, commit: string): string {
  const docs = readFileSync(join(root, 'docs/publishing.md'), 'utf8');
  const [block, ...others] = [...docs.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text);
  if (block === undefined || others.length > 0) throw new Error('docs/publishing.md is to hold one workflow');
  return block.replaceAll('OWNER/REPO', repository).replaceAll('@COMMIT', `@${commit}`);
}
