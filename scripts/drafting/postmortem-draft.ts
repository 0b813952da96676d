import type { Component } from '../../src/domain/component.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { PostmortemFacts } from '../../src/domain/postmortem-facts.ts';
import type { CustomerData } from '../../src/domain/vocabulary.ts';
import { fileText } from '../writing/update-file.ts';
import { postmortemBody } from './postmortem-body.ts';
import { durationInWords } from '../../src/views/time.ts';
import { dateWords } from './time-words.ts';

/** A sentence that is true of the incident: "Checkout errors lasted 1 hour 20 minutes on 22 November 2026." */
export function summarySentence(title: string, { startedAt, endedAt, duration }: PostmortemFacts): string {
  const [first, last] = [dateWords(startedAt), dateWords(endedAt)];
  const when = first === last ? `on ${first}` : `between ${first} and ${last}`;
  return `${title}: this lasted ${durationInWords(duration)} ${when}.`;
}

export type DraftInput = {
  readonly incident: Incident;
  readonly facts: PostmortemFacts;
  readonly title: string;
  readonly authors: readonly string[];
  readonly verdict: CustomerData;
  readonly remedy: string | null;
  readonly components: readonly Component[];
};

/** The text of a postmortem's file, as a draft. */
export function postmortemDraft({ incident, facts, title, authors, verdict, remedy, components }: DraftInput): string {
  const fields = {
    title,
    draft: true,
    authors,
    summary: summarySentence(incident.title, facts),
    customer_data: verdict,
    remedy: remedy ?? undefined,
  };
  return fileText(fields, postmortemBody(incident, facts, verdict, remedy, components));
}
