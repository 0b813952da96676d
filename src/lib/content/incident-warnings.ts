import { day, type Duration, type Instant } from '../domain/calendar.ts';
import { affectedBefore, type Incident, isOpen, isSerious, missingRoles } from '../domain/incident.ts';
import { shortUtc } from '../schema/time-fields.ts';
import { nameProblem } from '../schema/update-file.ts';
import type { IncidentFile } from './incident-rules.ts';
import { fieldProblem, type Problem } from './problem.ts';
import { daysIn, isOld, longestAhead } from './update-rules.ts';

/**
 * Warns about statuses that are valid but may not be intended: an incident reopened without components, one resolved
 * twice, or one that was over before it was reported. Only covers the last day, and whatever is still open.
 */
export function statusWarnings(files: readonly IncidentFile[], { updates }: Incident, now: Instant): Problem[] {
  return files.flatMap((file, index) => {
    const previous = files[index - 1];
    const { status, started, ended } = file.fields;
    if (
      previous === undefined &&
      !isOld(file, now) &&
      status === 'resolved' &&
      started !== undefined &&
      ended === undefined
    ) {
      const message = `is resolved by this first update, so the incident counts as lasting until ${shortUtc(file.at)}. Add when it was over, such as ended: ${shortUtc(file.at)}`;
      return [fieldProblem(file, 'status', message)];
    }
    if (previous?.fields.status !== 'resolved') return [];
    if (status === 'resolved') {
      if (isOld(file, now) || ended !== undefined) return [];
      const message = `was already resolved by ${previous.id}.md. This adds a note. If it is open again, use another status`;
      return [fieldProblem(file, 'status', message)];
    }
    const after = files.slice(index);
    const end = after.findIndex(({ fields }) => fields.status === 'resolved');
    const stretch = end === -1 ? after : after.slice(0, end);
    const affected = Object.entries(affectedBefore(updates.slice(0, index)));
    const named = stretch.some(({ fields }) => fields.components !== undefined);
    if (named || affected.length === 0 || (isOld(file, now) && end !== -1)) return [];
    const line = (states: readonly (readonly [string, string])[]) =>
      `components: { ${states.map(([id, status]) => `${id}: ${status}`).join(', ')} }`;
    const message = `reopens the incident, but no component is affected. If the same ones are affected as before, add ${line(affected)}; otherwise, add the ones that are affected now`;
    return [fieldProblem(file, 'status', message)];
  });
}

/**
 * Warns about what the newest update of a serious incident lacks: someone in each role while it's open, or a verdict
 * on customer data once it's resolved. Skips incidents that were imported or resolved more than a day ago.
 */
export function responseWarnings(files: readonly IncidentFile[], incident: Incident, now: Instant): Problem[] {
  const [newest, before] = [files.at(-1), files.at(-2)];
  if (newest === undefined || !isSerious(incident) || incident.updates[0].record.source !== null) return [];
  const { slug, impact } = incident;
  const roles = missingRoles(incident).map((role) => {
    const who = role === 'lead' ? 'leads the response' : 'updates customers';
    const message = `is missing, and the incident is ${impact}. Name who ${who}: npx halfpast hand-over ${slug} --${role} NAME, or add ${role}: to the next update`;
    return fieldProblem(newest, role, message);
  });
  const resolves = newest.fields.status === 'resolved' && before?.fields.status !== 'resolved';
  if (!resolves || isOld(newest, now) || incident.customerData !== null) return roles;
  const message = `is missing, and the incident is ${impact}. Add customer_data: unaffected or affected, or under_review while you don't know`;
  return [fieldProblem(newest, 'customer_data', message)];
}

/** Warns if the newest update of an open incident has a sentence where a person's name should be. */
export function nameWarnings(files: readonly IncidentFile[], incident: Incident): Problem[] {
  const newest = files.at(-1);
  if (newest === undefined || !isOpen(incident)) return [];
  const { lead, comms, hand_overs: handOvers = [] } = newest.fields;
  const named = [{ lead, comms }, ...handOvers].flatMap((one, index) =>
    (['lead', 'comms'] as const).map((role) => ({ role, name: one[role], field: index === 0 ? role : 'hand_overs' })),
  );
  return named.flatMap(({ role, name, field }) => {
    const wrong = name === undefined ? null : nameProblem(name);
    if (wrong === null) return [];
    return [fieldProblem(newest, field, `${field === role ? '' : `${role}: `}${wrong}`)];
  });
}

/** Warns about promises in updates of the last day that resolve the incident, because nobody sees them. */
export function promiseWarnings(files: readonly IncidentFile[], now: Instant): Problem[] {
  return files.flatMap((file) => {
    const { status, next_update: next = { kind: 'none' } } = file.fields;
    if (status !== 'resolved' || next.kind === 'none' || isOld(file, now)) return [];
    const message =
      "promises an update, but the incident is resolved, so the page doesn't show this, and there are no reminders. Delete this line, or use another status";
    return [fieldProblem(file, 'next_update', message)];
  });
}

/** How long before its first update an incident may have begun. */
const longestBefore: Duration = 30 * day;

/**
 * Warns about times that are probably typos, such as in the year: a start long before the first update, or a promise
 * far ahead. Skips incidents that were imported, or that were over more than a day ago.
 */
export function sizeWarnings(files: readonly IncidentFile[], incident: Incident, now: Instant): Problem[] {
  const [first, newest] = [files[0], files.at(-1)];
  if (first === undefined || newest === undefined || first.fields.source !== undefined) return [];
  if (!isOpen(incident) && isOld(newest, now)) return [];
  const { startedAt, promised } = incident;
  const posted = newest.fields.posted ?? newest.at;
  const warnings: Problem[] = [];
  if (first.at - startedAt > longestBefore) {
    const message = `${shortUtc(startedAt)} is ${daysIn(first.at - startedAt)} days before this update, and durations and uptime count from then. Correct it, unless customers were affected all that time`;
    warnings.push(fieldProblem(first, 'started', message));
  }
  if (newest.fields.next_update !== undefined && promised !== null && promised - posted > longestAhead) {
    const message = `${shortUtc(promised)} is ${daysIn(promised - posted)} days after this update, and there are no reminders until shortly before. Correct it, unless that is intended; to promise nothing, use none`;
    warnings.push(fieldProblem(newest, 'next_update', message));
  }
  return warnings;
}
