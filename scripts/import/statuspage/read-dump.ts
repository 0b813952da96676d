import type { z } from 'zod';
import { UserError } from '../../cli/errors.ts';
import { plainError } from '../plain-error.ts';
import { dumpSchemas } from './dump-schema.ts';

type Kind = keyof typeof dumpSchemas;

/** The flag that takes each kind of file, and its name at Statuspage. */
const dumpFiles = {
  incidents: { flag: 'incidents', file: 'incidents.json' },
  scheduled_maintenances: { flag: 'maintenances', file: 'scheduled-maintenances.json' },
  components: { flag: 'components', file: 'components.json' },
} as const satisfies Record<Kind, { flag: string; file: string }>;

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw new UserError(`${path} is not JSON (${why}). Save Statuspage's answer again, whole`);
  }
}

/** Whether the file is one of the other two. */
function refuseOtherKind(data: unknown, kind: Kind, path: string): void {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new UserError(
      `${path} is not a dump of Statuspage: it holds no object with "${kind}". Save https://YOUR-PAGE/api/v2/${dumpFiles[kind].file}`,
    );
  }
  if (kind in data) return;
  const other = (Object.keys(dumpFiles) as Kind[]).find((name) => name in data);
  const hint =
    other === undefined
      ? `Save https://YOUR-PAGE/api/v2/${dumpFiles[kind].file}`
      : `It holds "${other}": pass it as --${dumpFiles[other].flag}`;
  throw new UserError(`${path} has no "${kind}". ${hint}`);
}

function refuseTwice(entries: readonly { readonly id: string }[], kind: Kind, path: string): void {
  const seen = new Map<string, number>();
  for (const [index, { id }] of entries.entries()) {
    const first = seen.get(id);
    if (first !== undefined)
      throw new UserError(
        `${path}: ${kind}.${index}.id: "${id}" is also the id of ${kind}.${first}. Save Statuspage's answer again`,
      );
    seen.set(id, index);
  }
}

/**
 * Reads one file of a dump whole. Throws UserError with the path of the first value inside it that is
 * not as Statuspage writes it: an unknown word is never taken for a known one.
 */
export function readDump<K extends Kind>(text: string, kind: K, path: string): z.output<(typeof dumpSchemas)[K]> {
  const data = parseJson(text, path);
  refuseOtherKind(data, kind, path);
  const result = dumpSchemas[kind].safeParse(data, { error: plainError });
  if (!result.success) {
    const [issue] = result.error.issues;
    const more = result.error.issues.length - 1;
    throw new UserError(
      `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}${more > 0 ? ` (and ${more} more)` : ''}. Nothing was written`,
    );
  }
  const output = result.data as z.output<(typeof dumpSchemas)[K]>;
  refuseTwice((output as unknown as Record<K, readonly { readonly id: string }[]>)[kind], kind, path);
  return output;
}
