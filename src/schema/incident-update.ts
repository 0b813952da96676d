import type { z } from 'zod';
import { customerDataVerdicts, impacts, incidentStatuses } from '../domain/vocabulary.ts';
import { componentStates } from './component-states.ts';
import { fields } from './fields.ts';
import { instant } from './instant.ts';
import { nextUpdate } from './next-update.ts';
import { perZone } from './per-zone.ts';
import { text } from './text.ts';
import { words } from './words.ts';

/** The front matter of one update of an incident. Times in hints are in `timeZone`. */
export const incidentUpdateSchema = perZone((timeZone) => {
  return fields(
    {
      title: text('title: Checkout errors').optional(),
      status: words(incidentStatuses, 'a status'),
      impact: words(impacts, 'an impact').optional(),
      components: componentStates.optional(),
      customer_data: words(customerDataVerdicts, 'a verdict on customer data').optional(),
      next_update: nextUpdate(timeZone).optional(),
      lead: text('lead: Dana').optional(),
      comms: text('comms: Priya').optional(),
      remedy: text('remedy: Orders that failed are not charged.').optional(),
      started: instant('started: 2026-11-22T13:50Z', timeZone).optional(),
      edited: instant('edited: 2026-11-22T16:00Z', timeZone).optional(),
      source: text('source: the address it came from').optional(),
    },
    'is not front matter. Type a field on each line, as "status: investigating"',
  );
});

export type IncidentUpdateFile = z.output<ReturnType<typeof incidentUpdateSchema>>;
