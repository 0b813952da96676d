import { day, type Instant } from '../../src/domain/instant.ts';
import { utcDate } from '../writing/slug.ts';

/** The form of lessons and actions, as comments of YAML: without their `# ` they are fields. `endedAt` is the end of the incident. */
export function exampleFields(endedAt: Instant): string {
  const due = utcDate(endedAt + 28 * day);
  return `# lessons:
#   - What you learned, in one sentence
# actions:
#   - what: Rehearse the rollback
#     owner: Dana
#     due: ${due}
`;
}
