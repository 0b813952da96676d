import type { z } from 'zod';
import { customerDataVerdicts, impacts, incidentStatuses, maintenanceStatuses } from '../domain/vocabulary.ts';
import { componentStates } from './component-states.ts';
import { fields } from './fields.ts';
import { readNextUpdate } from './next-update.ts';
import { perZone } from './per-zone.ts';
import { quote, readable, text } from './text.ts';
import { words } from './words.ts';

/** As in an update, but kept as it was typed; a fixed time would be over when the template is used. */
const nextUpdate = (timeZone: string) =>
  readable('next_update: 30m', (given) => {
    const read = readNextUpdate(given, timeZone);
    if ('wrong' in read) return read;
    if (read.value.kind === 'at')
      return { wrong: `${quote(given)} is one moment, and a template is used again. Type a length of time, as 30m` };
    return { value: given };
  });

/** The front matter of a template: what it suggests for an update. Times in hints are in `timeZone`. */
export const templateSchema = perZone((timeZone) => {
  return fields(
    {
      label: text('label: We are looking into it').optional(),
      title: text('title: "{{what customers notice}}"').optional(),
      status: words([...incidentStatuses, ...maintenanceStatuses], 'a status').optional(),
      impact: words(impacts, 'an impact').optional(),
      components: componentStates.optional(),
      customer_data: words(customerDataVerdicts, 'a verdict on customer data').optional(),
      next_update: nextUpdate(timeZone).optional(),
      remedy: text('remedy: "{{what is done for them}}"').optional(),
    },
    'is not front matter. Type a field on each line, as "status: investigating"',
  );
});

export type TemplateFile = z.output<ReturnType<typeof templateSchema>>;
