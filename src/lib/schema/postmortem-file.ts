import type { z } from 'zod';
import { causes, customerDataVerdicts } from '../domain/vocabulary.ts';
import { fields, list, perZone, words, yesOrNo } from './fields.ts';
import { text } from './text.ts';
import { calendarDate, instant } from './time-fields.ts';
import { remedyTerms } from './update-file.ts';

const action = fields(
  {
    what: text('what: Rehearse the rollback'),
    owner: text('owner: Dana'),
    due: calendarDate('due: 2026-12-15'),
    done: calendarDate('done: 2026-12-10').optional(),
  },
  'is not an action. Write what, owner and due, starting with "- what: Rehearse the rollback"',
);

/** The front matter of a postmortem. A draft may lack the time of publication. */
export const postmortemSchema = perZone((timeZone) => {
  const published = instant('published: 2026-11-25T10:00Z', timeZone);
  return fields(
    {
      title: text('title: What happened to checkout'),
      draft: yesOrNo.optional(),
      published: published.optional(),
      notify: yesOrNo.optional(),
      authors: list(text('- Dana'), 'Dana').min(1, { error: 'is empty. Add who wrote it, like "  - Dana"' }),
      summary: text('summary: one sentence that says what happened'),
      customer_data: words(customerDataVerdicts, 'a verdict on customer data'),
      cause: words(causes, 'a cause').optional(),
      remedy: text('remedy: Everyone charged twice was refunded.').optional(),
      ...remedyTerms,
      lessons: list(text('- what you learned'), 'what you learned').optional(),
      actions: list(action, 'what: Rehearse the rollback').optional(),
    },
    'is not front matter. Write one field per line, like "title: What happened to checkout"',
  );
});

export type PostmortemFile = z.output<ReturnType<typeof postmortemSchema>>;
