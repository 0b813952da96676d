import type { z } from 'zod';
import { maintenanceStatuses } from '../domain/vocabulary.ts';
import { componentStates } from './component-states.ts';
import { fields } from './fields.ts';
import { instant } from './instant.ts';
import { perZone } from './per-zone.ts';
import { text } from './text.ts';
import { words } from './words.ts';

/** The front matter of one update of a maintenance. Times in hints are in `timeZone`. */
export const maintenanceUpdateSchema = perZone((timeZone) => {
  return fields(
    {
      title: text('title: Database upgrade').optional(),
      status: words(maintenanceStatuses, 'a maintenance status'),
      scheduled_for: instant('scheduled_for: 2026-12-01T22:00Z', timeZone).optional(),
      scheduled_until: instant('scheduled_until: 2026-12-02T00:00Z', timeZone).optional(),
      components: componentStates.optional(),
      edited: instant('edited: 2026-11-22T16:00Z', timeZone).optional(),
      source: text('source: the address it came from').optional(),
    },
    'is not front matter. Type a field on each line, as "status: scheduled"',
  );
});

export type MaintenanceUpdateFile = z.output<ReturnType<typeof maintenanceUpdateSchema>>;
