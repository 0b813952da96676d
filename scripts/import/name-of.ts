import { withoutHidden } from '../../src/schema/hidden.ts';

/** A name or title of another page as one line of what can be seen. */
export const nameOf = (text: string): string => withoutHidden(text).trim().replaceAll(/\s+/g, ' ');
