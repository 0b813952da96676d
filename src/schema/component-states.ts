import { z } from 'zod';
import { componentStatuses } from '../domain/vocabulary.ts';
import { quote } from './text.ts';
import { words } from './words.ts';

/** What each named component is, by id. Whether the ids exist is checked where the components are known. */
export const componentStates = z.record(z.string(), words(componentStatuses, 'a component status'), {
  error: ({ input }) =>
    `${quote(input)} does not say what the components are. Type a line for each below "components:", as "  checkout: partial_outage"`,
});
