import { checkContent } from '../../src/content/check-content.ts';
import type { Parsed } from '../../src/content/parse-content.ts';
import { problemLine } from '../../src/content/problem.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { count } from '../../src/views/words.ts';
import { UserError } from '../cli/errors.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { World } from '../cli/world.ts';
import { readContentTree } from '../writing/desk.ts';

/** The site in a content folder, with the slugs of its postmortem drafts. Throws UserError when it has problems. */
export async function readSite(
  content: string,
  now: Instant,
  world: World,
): Promise<Extract<Parsed, { readonly site: unknown }>> {
  const parsed = await checkContent(await readContentTree(content, world), now);
  if ('site' in parsed) return parsed;
  const [first] = parsed.problems;
  const told = first === undefined ? '' : problemLine(first, content);
  throw new UserError(
    `${count(parsed.problems.length, 'problem')} in ${content}, the first: ${told}. For all of them: npx halfpast check --content ${shellWord(content)}`,
  );
}
