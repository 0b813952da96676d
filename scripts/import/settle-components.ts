import { componentsPath, readComponents } from '../../src/content/components.ts';
import type { ContentTree } from '../../src/content/content-tree.ts';
import { problemLine } from '../../src/content/problem.ts';
import type { SourceFile } from '../../src/content/source-file.ts';
import { UserError } from '../cli/errors.ts';
import type { NewFile } from '../writing/new-problems.ts';
import { toYaml } from '../writing/update-file.ts';
import { addComponents } from './add-components.ts';
import { lateSinces, putSinceRight, sinceRemark } from './earlier-since.ts';
import { namesComponents } from './existing.ts';
import { matchComponents } from './match-components.ts';
import type { ComponentIds, PlannedComponents } from './planned-components.ts';

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

type Settled = {
  readonly ids: ComponentIds;
  readonly files: readonly NewFile[];
  readonly edits: readonly NewFile[];
  readonly added: readonly string[];
  readonly remarks: readonly string[];
};

/** Our ids by a `components.yml` that is there, with what it lacks as an edit of it, as long as nothing in use can be confused. */
function joinComponents(
  planned: PlannedComponents,
  isList: boolean,
  file: SourceFile,
  tree: ContentTree,
  content: string,
): Settled {
  const { groups, problems } = readComponents(file);
  const [problem] = problems;
  if (groups === null)
    throw new UserError(
      problem === undefined ? `${content}/${componentsPath} cannot be read` : problemLine(problem, content),
    );
  const known = groups.flatMap(({ components }) => components);
  if (isList && !namesComponents(tree)) {
    const { ids, lacking } = matchComponents(planned.all, known);
    const added = lacking.map((component) => component.planned.id);
    const late = lateSinces(planned.all, planned.used, ids, known);
    const text = addComponents(putSinceRight(new TextDecoder().decode(file.bytes), late), planned.file, new Set(added));
    const all = new Map([...ids, ...lacking.map(({ code, planned: { id } }) => [code, id] as const)]);
    return {
      ids: all,
      files: [],
      edits: added.length + late.length === 0 ? [] : [{ path: componentsPath, text }],
      added,
      remarks: late.map((one) => sinceRemark(one, content)),
    };
  }
  const { ids, lacking } = matchComponents(planned.used, known);
  if (lacking.length === 0) return { ids, files: [], edits: [], added: [], remarks: [] };
  const lines = toYaml(lacking.map((component) => component.planned))
    .trimEnd()
    .split('\n');
  throw new UserError(
    [
      `${content}/${componentsPath} lacks components that the history names. Add these below "components:", and import again`,
      ...lines,
    ].join('\n'),
  );
}

/**
 * Our ids for the components, and `components.yml` when there is none or it is the same. `isList` says
 * that the other page gave its whole list; `missing` is what to say when it named none at all.
 */
export function settleComponents(
  planned: PlannedComponents,
  isList: boolean,
  tree: ContentTree,
  content: string,
  missing: string,
): Settled {
  const text = toYaml(Object.fromEntries(Object.entries(planned.file).filter(([, value]) => isFilled(value))));
  const file = { path: componentsPath, text };
  const there = tree.files.find(({ path }) => path === componentsPath);
  if (there === undefined && !isFilled(planned.file.components) && !isFilled(planned.file.groups))
    throw new UserError(missing);
  const isSame = there === undefined || new TextDecoder().decode(there.bytes) === text;
  return isSame
    ? { ids: planned.ids, files: [file], edits: [], added: [], remarks: [] }
    : joinComponents(planned, isList, there, tree, content);
}
