import { day, type Instant } from '../../src/domain/instant.ts';
import { type Cause, causes } from '../../src/domain/vocabulary.ts';
import { utcDate } from '../writing/slug.ts';

/**
 * The form of what is still to be said, as comments of YAML: without their `# ` they are fields.
 * `endedAt` is the end of the incident; a known `cause` is a field already.
 */
export function exampleFields(endedAt: Instant, cause: Cause | null = null): string {
  const due = utcDate(endedAt + 28 * day);
  const [first, ...more] = causes;
  const kinds = cause === null ? `# cause: ${first}   # or ${more.join(', ')}\n` : '';
  return `${kinds}# lessons:
#   - What you learned, in one sentence
# actions:
#   - what: Rehearse the rollback
#     owner: Dana
#     due: ${due}
`;
}
