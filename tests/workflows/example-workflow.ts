import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/halfpast.ts';

/** The command in the docs that copies workflows to a repository with only content. */
function copyCommand(): string {
  const docs = readFileSync(join(root, 'docs/publishing.md'), 'utf8');
  const [block, ...others] = [...docs.matchAll(/```sh\n([^]*?)```/g)].flatMap(([, text = '']) =>
    text.includes('.github/workflows') ? [text] : [],
  );
  if (block === undefined || others.length > 0) throw new Error('docs/publishing.md should copy the workflows once');
  return block;
}

/** Copies workflows to a repository with only content, as in the docs. Returns their names and their folder. */
export function copiedWorkflows(folder: string): { readonly names: readonly string[]; readonly folder: string } {
  const [halfpast, ours] = [join(folder, 'halfpast'), join(folder, 'our-status')];
  mkdirSync(ours, { recursive: true });
  cpSync(join(root, '.github'), join(halfpast, '.github'), { recursive: true });
  execFileSync('bash', ['-euc', copyCommand().replaceAll('OWNER/REPO', 'example/halfpast')], { cwd: folder });
  const copied = join(ours, '.github/workflows');
  return { names: readdirSync(copied), folder: copied };
}
