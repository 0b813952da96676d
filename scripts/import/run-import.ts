import type { ContentTree } from '../../src/content/content-tree.ts';
import { NoContentFolder } from '../../src/content/disk.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { isSample } from '../init/sample.ts';
import { readContentTree } from '../writing/desk.ts';
import { carryOut } from './carry-out.ts';
import type { Plan } from './plan.ts';
import { report } from './report.ts';

type Called = { readonly content: string; readonly now: () => Instant; readonly json: boolean };

async function treeOrNone(content: string, world: World): Promise<ContentTree> {
  try {
    return await readContentTree(content, world);
  } catch (error) {
    if (error instanceof NoContentFolder) return { files: [], folders: [], others: [] };
    throw error;
  }
}

/** The content folder to import into. Throws UserError when it holds the included sample. */
export async function importTree(content: string, world: World): Promise<ContentTree> {
  const tree = await treeOrNone(content, world);
  if (isSample(tree))
    throw new UserError(
      `${content} holds the included sample, whose incidents are invented. Name a new folder for yours, as --content my-content`,
    );
  return tree;
}

/**
 * Carries out what `plan` gives for the content folder as it is, and reports it. `origin` is what the
 * files are made from, as "the dump". Throws UserError when nothing was written.
 */
export async function runImport(
  call: Called,
  world: World,
  origin: string,
  tree: ContentTree,
  plan: Plan,
): Promise<number> {
  const carried = await carryOut(plan, tree, call.content, origin, call.now(), world);
  const { counts, notes, added, remarks = [] } = plan;
  const { written, unchanged, besides } = carried;
  const kept = carried.kept.map(({ path }) => path);
  const whys = carried.kept.flatMap(({ why }) => why ?? []);
  const said = {
    ...counts,
    components_added: added,
    written,
    unchanged,
    kept,
    not_in_source: besides,
    notes,
    remarks: [...whys, ...remarks],
  };
  world.stdout(call.json ? `${JSON.stringify(said)}\n` : report(plan, carried, call.content, origin));
  return 0;
}
