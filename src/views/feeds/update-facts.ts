import type { Instant } from '../../domain/instant.ts';
import type { IncidentUpdateRecord } from '../../domain/incident.ts';
import { escapeHtml } from '../escape.ts';
import { utcTime } from '../time.ts';
import { customerDataWords } from '../words.ts';

/** What an update's own file says beside its text, as paragraphs; empty where it says nothing. */
export function customerDataHtml({ customerData }: IncidentUpdateRecord): string {
  return customerData === null ? '' : `<p><strong>${customerDataWords[customerData]}.</strong></p>`;
}

export function remedyHtml({ remedy }: IncidentUpdateRecord): string {
  return remedy === null ? '' : `<p>${escapeHtml(remedy)}</p>`;
}

/** An edited item is shown again by readers; this says why. */
export function editedHtml({ edited }: { readonly edited: Instant | null }): string {
  return edited === null ? '' : `<p>Edited ${utcTime(edited)}.</p>`;
}

/** Paragraphs below each other, without the empty ones. */
export function htmlLines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
