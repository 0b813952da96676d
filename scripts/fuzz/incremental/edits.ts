import { componentEdits } from './component-edits.ts';
import { maintenanceEdits } from './maintenance-edits.ts';
import { incidentEdits } from './incident-edits.ts';
import { clockEdits, siteEdits } from './site-edits.ts';
import type { Moment } from './history.ts';
import type { Choice } from '../mutation.ts';

/** One thing that people do to a page, or that the clock does; it changes the moment. False when it found nothing to change. */
export type Edit = (moment: Moment, choice: Choice) => boolean;

export const edits: Readonly<Record<string, Edit>> = { ...incidentEdits, ...maintenanceEdits, ...componentEdits, ...siteEdits, ...clockEdits };
