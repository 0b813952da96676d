import { codeEdits } from './code-edits.ts';
import { componentEdits } from './component-edits.ts';
import { maintenanceEdits } from './maintenance-edits.ts';
import { incidentEdits } from './incident-edits.ts';
import { clockEdits, siteEdits } from './site-edits.ts';
import type { Edit } from './history.ts';

/** All of them, by what they are called. */
export const edits: Readonly<Record<string, Edit>> = {
  ...incidentEdits,
  ...maintenanceEdits,
  ...componentEdits,
  ...siteEdits,
  ...clockEdits,
  ...codeEdits,
};
