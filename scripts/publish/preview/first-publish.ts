import type { NoAnswer, SiteReader } from '../guard/site-reader.ts';

/** Why there is nothing live to compare with, in the words of the guard; `error` when the site gave no answer. */
export function firstPublish({ name }: SiteReader, error: NoAnswer | null): string {
  return error === null
    ? `first publish: ${name} has no site of Halfpast to compare with`
    : `first publish: ${name} ${error.message}, so there is nothing to compare with`;
}
