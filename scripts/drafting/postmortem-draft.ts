import type { Incident } from '../../src/domain/incident.ts';
import type { PostmortemFacts } from '../../src/domain/postmortem-facts.ts';
import type { Cause } from '../../src/domain/vocabulary.ts';
import { fileText } from '../writing/update-file.ts';
import { exampleFields } from './example-fields.ts';
import type { Told } from './facts-list.ts';
import { postmortemBody } from './postmortem-body.ts';
import { durationInWords } from '../../src/views/time.ts';
import { localDate } from './local-words.ts';

/** A sentence that is true of the incident: "Checkout errors lasted 1 hour 20 minutes on 22 November 2026." */
function summarySentence(title: string, { startedAt, endedAt, duration }: PostmortemFacts, timeZone: string): string {
  const [first, last] = [localDate(startedAt, timeZone), localDate(endedAt, timeZone)];
  const when = first === last ? `on ${first}` : `between ${first} and ${last}`;
  return `${title}: this lasted ${durationInWords(duration)} ${when}.`;
}

export type DraftInput = Omit<Told, 'timeZone'> & {
  /** The site's, for times in the text; UTC when it is left out. */
  readonly timeZone?: string;
  readonly incident: Incident;
  readonly facts: PostmortemFacts;
  readonly title: string;
  readonly authors: readonly string[];
  /** The kind of cause; null or left out while nobody has said. */
  readonly cause?: Cause | null;
};

/** The text of a postmortem's file, as a draft. */
export function postmortemDraft({
  incident,
  facts,
  title,
  authors,
  cause = null,
  timeZone = 'UTC',
  ...rest
}: DraftInput): string {
  const told = { ...rest, timeZone };
  const fields = {
    title,
    draft: true,
    authors,
    summary: summarySentence(incident.title, facts, told.timeZone),
    customer_data: told.verdict,
    cause: cause ?? undefined,
    remedy: told.remedy ?? undefined,
  };
  return fileText(fields, postmortemBody(incident, facts, told), exampleFields(facts.endedAt, cause));
}
