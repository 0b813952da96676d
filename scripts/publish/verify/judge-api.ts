import { z } from 'zod';
import { type Answer, type Finding, problem } from './answer.ts';

/** The files of the API that hold updates: Statuspage's own names and form, version 2. */
export const apiLists: readonly string[] = [
  '/api/v2/summary.json',
  '/api/v2/incidents.json',
  '/api/v2/scheduled-maintenances.json',
];

const entriesSchema = z.array(z.object({ incident_updates: z.array(z.object({ id: z.string() })) }));
const listsSchema = z
  .object({ incidents: entriesSchema.optional(), scheduled_maintenances: entriesSchema.optional() })
  .refine(({ incidents, scheduled_maintenances: windows }) => incidents !== undefined || windows !== undefined);

/** The ids of all updates in one such file, in its order: the newest first; null for something else. */
function updateIds(bytes: Uint8Array): string[] | null {
  try {
    const { data } = listsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (data === undefined) return null;
    return [...(data.incidents ?? []), ...(data.scheduled_maintenances ?? [])].flatMap((entry) =>
      entry.incident_updates.map(({ id }) => id),
    );
  } catch {
    return null;
  }
}

/**
 * Whether each update in a file of the API is in the one that is served, by id: scripts and widgets
 * go by the id, and know nothing of pages and feeds.
 */
export function judgeApi(file: string, built: Uint8Array, answer: Answer): Finding[] {
  const wanted = updateIds(built);
  if (wanted === null) return [problem(file, 'was built without a list of incidents or scheduled_maintenances')];
  // What does not answer is told by the check of the file.
  if (answer.kind === 'none' || answer.status !== 200) return [];
  const served = updateIds(answer.body);
  if (served === null) return [problem(file, 'holds no list of incidents or scheduled_maintenances')];
  const missing = wanted.filter((id) => !served.includes(id));
  if (missing.length === 0) return [];
  const more = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
  return [problem(file, `does not have the update ${missing[0] ?? ''}${more}`)];
}
