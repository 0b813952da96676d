import { dayOf, hour, type Instant } from '../domain/calendar.ts';
import { shortUtc } from '../schema/time-fields.ts';
import type { IncidentUpdateFile } from '../schema/update-file.ts';
import { fieldProblem, type Problem } from './problem.ts';
import { clockSkew, hasField, type Head, type ReadContext, type UpdateFile } from './update-rules.ts';

export type IncidentFile = UpdateFile<IncidentUpdateFile>;

function firstOnly(file: IncidentFile): Problem[] {
  return (['started', 'source', 'key'] as const)
    .filter((field) => file.fields[field] !== undefined)
    .map((field) => fieldProblem(file, field, 'belongs on the first update of the incident. Move it there'));
}

export function impactProblems(first: Head): Problem[] {
  const { components } = first.fields;
  const lists = components === undefined ? hasField(first, 'components') : Object.keys(components ?? {}).length > 0;
  if (lists || hasField(first, 'impact')) return [];
  const advice = 'Add impact: minor (or none, major, critical), or list the components';
  const message = `is missing, and there are no components to derive it from. ${advice}`;
  return [fieldProblem(first, 'impact', message)];
}

function fileProblems(file: IncidentFile, isFirst: boolean): Problem[] {
  const problems: Problem[] = [];
  const wrong = (name: string, message: string) => problems.push(fieldProblem(file, name, message));
  const { status, components = {}, next_update: next, started, ended } = file.fields;
  const { time, field } = file.wording;
  if (isFirst && started !== undefined && started > file.at) {
    const advice = `Enter when customers were first affected, ${time(file.at)} or earlier`;
    wrong('started', `${time(started)} is after this first update. ${advice}`);
  }
  if (status === 'resolved' && ended === undefined) {
    const example = field('ended', time(file.at));
    let advice = `when it was over, such as ${example}`;
    if (!isFirst) advice += `, delete the line, or use ${field('status', 'monitoring')}`;
    else if (started === undefined)
      advice = `when it began and when it was over, such as ${field('started', time(file.at - hour))} and ${example}`;
    for (const [id, state] of Object.entries(components)) {
      if (state === 'operational') continue;
      const message = `is ${state}, but the incident is resolved. Add ${advice}`;
      problems.push(fieldProblem(file, ['components', id], message, { part: 'key' }));
    }
  }
  if (ended !== undefined && status !== 'resolved')
    wrong('ended', `belongs on an update with ${field('status', 'resolved')}. Delete the line, or use that status`);
  if (next?.kind === 'at' && next.instant <= file.at) {
    wrong('next_update', `${time(next.instant)} is not after this update. Use a later time, or a duration such as 30m`);
  }
  return problems;
}

/** Returns a component that the update itself lists as affected; undefined if there is none. */
function affectedIn({ fields }: IncidentFile): string | undefined {
  return Object.entries(fields.components ?? {}).find(([, state]) => state !== 'operational')?.[0];
}

/**
 * The message for an end that isn't after `began`. `earlier` is the number of earlier updates since
 * the incident began.
 */
function tooEarly({ at, fields, wording }: IncidentFile, began: Instant, earlier: number): string {
  const { started, ended = 0 } = fields;
  const { time, field } = wording;
  const both = `${time(ended)} is not after the incident began (${time(began)})`;
  if (started !== undefined) {
    if (ended === started) return `${time(ended)} is the same as started. Enter an earlier start or a later end`;
    const swapped = `${field('started', time(ended))} and ${field('ended', time(started))}`;
    return `${time(ended)} is before started (${time(started)}). If they are swapped, use ${swapped}`;
  }
  if (earlier > 0) return `${both}. Enter a later end, such as ${field('ended', time(at))}`;
  return `${both}. Add when customers were first affected, such as ${field('started', time(ended - hour))}`;
}

/**
 * Reports an end that isn't after the start, that's after the update that states it, or that's before the incident was
 * last reported to be ongoing.
 */
function endProblem(
  file: IncidentFile,
  began: Instant,
  earlier: readonly IncidentFile[],
  now: Instant,
): Problem | null {
  const { ended } = file.fields;
  const { time, update, field } = file.wording;
  // A start after the update is reported elsewhere.
  if (ended === undefined || began > file.at) return null;
  const wrong = (message: string): Problem => fieldProblem(file, 'ended', message);
  if (ended > now + clockSkew)
    return wrong(
      `${time(ended)} is in the future. Until the incident is over, use ${field('status', 'monitoring')} without ended:`,
    );
  if (ended > file.at) {
    let advice = `Enter when the incident was over, ${time(file.at)} or earlier`;
    // Without a start, the incident begins with this update, so no end is possible.
    if (began === file.at) advice += `, and add when it began, such as ${field('started', time(file.at - hour))}`;
    return wrong(`${time(ended)} is after this update. ${advice}`);
  }
  if (ended <= began) return wrong(tooEarly(file, began, earlier.length));
  const contrary = earlier.findLast((one) => one.at >= ended && affectedIn(one) !== undefined);
  if (contrary === undefined) return null;
  return wrong(
    `${time(ended)} is before ${update(contrary)}, which reports ${affectedIn(contrary) ?? ''} as affected. Enter a later end, or correct that update`,
  );
}

/** Checks the ends that updates state against earlier updates. `files` are all files of the incident, oldest first. */
export function endProblems(files: readonly IncidentFile[], now: Instant): Problem[] {
  const problems: Problem[] = [];
  let began = files[0]?.fields.started ?? files[0]?.at ?? 0;
  let open: IncidentFile[] = [];
  for (const [index, file] of files.entries()) {
    if (file.fields.status === 'resolved') {
      problems.push(...[endProblem(file, began, open, now)].filter((problem) => problem !== null));
      continue;
    }
    if (files[index - 1]?.fields.status === 'resolved') [began, open] = [file.at, []];
    open.push(file);
  }
  return problems;
}

/** Reports hand-overs that aren't after their update, or are in the future. */
export function handOverProblems(files: readonly IncidentFile[], now: Instant): Problem[] {
  return files.flatMap((file) =>
    (file.fields.hand_overs ?? []).flatMap(({ at }) => {
      if (at >= file.at && at <= now + clockSkew) return [];
      const wrong = at < file.at ? `before the update itself (${shortUtc(file.at)})` : 'in the future';
      return [fieldProblem(file, 'hand_overs', `${shortUtc(at)} is ${wrong}. Enter when the role changed hands`)];
    }),
  );
}

const terms = ['claim', 'claim_until', 'remedied'] as const;

/** Returns the first term of a remedy that a file states; undefined if there is none. */
export const remedyTermIn = (fields: Pick<IncidentUpdateFile, (typeof terms)[number]>): string | undefined =>
  terms.find((name) => fields[name] !== undefined);

/** Reports terms without a remedy, and impossible dates. */
function remedyProblems(files: readonly IncidentFile[], now: Instant, timeZone: string): Problem[] {
  return files.flatMap((file, index) => {
    const { claim_until: until, remedied } = file.fields;
    const field = remedyTermIn(file.fields);
    if (field === undefined) return [];
    if (!files.slice(0, index + 1).some(({ fields }) => fields.remedy !== undefined)) {
      const example = file.wording.field('remedy', 'Everyone is refunded.');
      return [fieldProblem(file, field, `needs a remedy. Add what customers get, such as ${example}`)];
    }
    return [
      ...(until !== undefined && until < dayOf(file.at, timeZone)
        ? [fieldProblem(file, 'claim_until', `${until} is before this update. Enter a later day`)]
        : []),
      ...remediedProblems(file, remedied, now, timeZone),
    ];
  });
}

/** Reports a delivery in the future. */
export function remediedProblems(
  file: Pick<Head, 'path' | 'locate'>,
  remedied: string | undefined,
  now: Instant,
  timeZone: string,
): Problem[] {
  if (remedied === undefined || remedied === 'pending' || remedied <= dayOf(now + clockSkew, timeZone)) return [];
  const advice = 'Use remedied: pending until customers have the remedy';
  return [fieldProblem(file, 'remedied', `${remedied} is in the future. ${advice}`)];
}

/** Reports everything that's wrong with an incident's updates. `files` are the readable ones, oldest first. */
export function incidentProblems(
  files: readonly IncidentFile[],
  { now, timeZone }: Pick<ReadContext, 'now' | 'timeZone'>,
): Problem[] {
  const [first, ...rest] = files;
  return [
    ...files.flatMap((file) => fileProblems(file, file === first)),
    ...rest.flatMap(firstOnly),
    ...remedyProblems(files, now, timeZone),
  ];
}
