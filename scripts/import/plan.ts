import type { NewFile } from '../writing/new-problems.ts';

export type Counts = {
  readonly incidents: number;
  readonly incident_updates: number;
  readonly maintenances: number;
  readonly maintenance_updates: number;
};

/** What an import would write, and what it could not carry over as it was. */
export type Plan = {
  /** In the order in which to write them: the first update of a folder, which names its source, comes first. */
  readonly files: readonly NewFile[];
  /** Files that are there and are to say more. */
  readonly edits: readonly NewFile[];
  /** The components that `components.yml` is to have more. */
  readonly added: readonly string[];
  readonly counts: Counts;
  readonly notes: readonly string[];
  /** What holds for many at once, and loses no word that readers saw. */
  readonly remarks?: readonly string[];
};

/** Counts folders and their updates; one without updates was not carried over. */
export function countOf(
  incidents: readonly (readonly NewFile[])[],
  maintenances: readonly (readonly NewFile[])[],
): Counts {
  const folders = (planned: readonly (readonly NewFile[])[]): number =>
    planned.filter((updates) => updates.length > 0).length;
  return {
    incidents: folders(incidents),
    incident_updates: incidents.flat().length,
    maintenances: folders(maintenances),
    maintenance_updates: maintenances.flat().length,
  };
}
