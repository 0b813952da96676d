import { day, dayOf, type Day, type Instant } from '../domain/calendar.ts';
import type { Incident } from '../domain/incident.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { type PostmortemFile, postmortemSchema } from '../schema/page-files.ts';
import { suggest } from '../schema/text.ts';
import { shortUtc } from '../schema/time-fields.ts';
import { markdownProblems, shownImages } from './body.ts';
import { readMarkdownFile } from './front-matter.ts';
import { remediedProblems, remedyTermIn } from './incident-rules.ts';
import { fieldProblem, fileProblem, type Problem, type SourceFile } from './problem.ts';
import { translationFindings } from './translation-rules.ts';
import { clockSkew, type Head, type ReadContext, translated } from './update-rules.ts';
import { validate } from './yaml.ts';

/** Marks the questions in a draft that its author still has to answer. */
export const placeholder = '_Question: ';

const isRecent = (published: Instant, now: Instant): boolean => published > now - 7 * day;

/** Reports what's wrong with the file's name. */
function nameProblem(path: string, slug: string, incidentSlugs: readonly string[]): Problem[] {
  if (!path.endsWith('.md')) {
    return [
      fileProblem(
        path,
        'is not a postmortem, which must be an .md file. Delete it or move it out of the content folder',
      ),
    ];
  }
  if (slug.includes('/')) return [fileProblem(path, 'is nested too deeply. Move it up to postmortems/')];
  if (incidentSlugs.includes(slug)) return [];
  const near = suggest(slug, incidentSlugs);
  const advice = [
    `If the folder was renamed, rename it back to ${slug}, because links to it are public`,
    `If not, rename this file after its incident${near === null ? '' : `, perhaps ${near}.md`}`,
  ];
  return [fileProblem(path, `no incident folder has this name. ${advice.join('. ')}`)];
}

/** Reports questions from the draft that would be published unanswered. */
function unanswered(text: string, path: string): Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const column = line.indexOf(placeholder) + 1;
    if (column === 0) return [];
    return [
      fileProblem(path, 'has an unanswered question from the draft. Answer it or delete it', {
        line: index + 1,
        column,
      }),
    ];
  });
}

/**
 * Warns about terms without a remedy, terms that reach followers without it, and a last day to claim it that's over.
 * These are problems in updates, but pages with such postmortems must still build after an upgrade.
 */
function remedyWarnings(
  at: Pick<Head, 'path' | 'locate'>,
  fields: PostmortemFile,
  incident: Incident,
  { now, timeZone }: Pick<ReadContext, 'now' | 'timeZone'>,
): Problem[] {
  const { claim_until: until, remedied, remedy, notify, published } = fields;
  const field = remedyTermIn(fields);
  if (field !== undefined && (remedy ?? incident.remedy) === null) {
    const message =
      'needs a remedy, which neither the postmortem nor the incident states, so the page leaves this out. Add what customers get, such as remedy: Everyone is refunded.';
    return [fieldProblem(at, field, message)];
  }
  const from = published === undefined ? '' : dayOf(published, timeZone);
  const isOver = until !== undefined && until < from && until !== incident.claimUntil;
  const over = `${until ?? ''} is before this postmortem was published (${from}). Enter a later day`;
  // "Pending" isn't sent. Once a postmortem is old, followers have it, and its feed item must not change.
  const sent = remedyTermIn({ ...fields, remedied: remedied === 'pending' ? undefined : remedied });
  const isCut = sent !== undefined && remedy === undefined && notify === true && isRecent(published ?? now, now);
  const cut = `reaches your followers without the remedy, which only the incident states. If this isn't published yet, add remedy: here too, or delete ${sent ?? ''}:`;
  return [...(isOver ? [fieldProblem(at, 'claim_until', over)] : []), ...(isCut ? [fieldProblem(at, sent, cut)] : [])];
}

/** Reports actions that were done in the future: the page would count them as done. */
function actionProblems(at: Pick<Head, 'path' | 'locate'>, fields: PostmortemFile, today: Day): Problem[] {
  return (fields.actions ?? []).flatMap(({ done }, index) => {
    if (done === undefined || done <= today) return [];
    const message = `${done} is in the future. Enter the day it was done, or delete the line until then`;
    return [fieldProblem(at, ['actions', index, 'done'], message)];
  });
}

/**
 * Reads a postmortem. Returns null as `postmortem` for drafts and for postmortems with problems. `incidents` has an
 * entry for each incident folder: null if it's unreadable.
 */
export function readPostmortem(
  source: SourceFile,
  incidents: ReadonlyMap<string, Incident | null>,
  context: Omit<ReadContext, 'componentIds'>,
) {
  const { timeZone, now, images } = context;
  const slug = source.path.replace(/^postmortems\//, '').replace(/\.md$/, '');
  const problems = nameProblem(source.path, slug, [...incidents.keys()]);
  const refused = (warnings: Problem[] = []) => ({ slug, postmortem: null, problems, warnings });
  if (!source.path.endsWith('.md')) return refused();
  const file = readMarkdownFile(source);
  if ('problems' in file) return (problems.push(...file.problems), refused());
  const { text, matter } = file;
  const result = validate(postmortemSchema(timeZone), matter, source.path);
  if ('problems' in result) return (problems.push(...result.problems), refused());
  const fields = result.value;
  problems.push(...markdownProblems(text, matter.body, source.path, images));
  const at = { path: source.path, locate: matter.locate };
  const wrong = (field: string, message: string) => problems.push(fieldProblem(at, field, message));
  if (fields.draft !== true && fields.published === undefined) {
    wrong('published', 'is missing. Add when it goes public, such as published: 2026-11-25T10:00Z, or draft: true');
  }
  if (fields.draft !== true && fields.published !== undefined && fields.published > now + clockSkew) {
    wrong(
      'published',
      `${shortUtc(fields.published)} is in the future. Enter the time of publication, or use draft: true until then`,
    );
  }
  if (fields.draft === true && fields.published !== undefined) {
    wrong('draft', 'is true, but published is set too. Delete one of them: a draft is not public');
  }
  const incident = incidents.get(slug) ?? null;
  const verdict = incident?.customerData ?? null;
  if (fields.draft !== true && verdict !== null && verdict !== fields.customer_data) {
    wrong(
      'customer_data',
      `is ${fields.customer_data}, but the incident says ${verdict}. Post an update with customer_data: ${fields.customer_data} to the incident, or change it to ${verdict}`,
    );
  }
  const startedAt = incident?.startedAt;
  if (startedAt !== undefined && fields.published !== undefined && fields.published < startedAt) {
    wrong(
      'published',
      `${shortUtc(fields.published)} is before the incident started (${shortUtc(startedAt)}). Enter the time of publication`,
    );
  }
  problems.push(...remediedProblems(at, fields.remedied, now, timeZone));
  const texts = translationFindings([{ path: source.path, fields }], context, incident?.remedy);
  if (fields.draft !== true)
    problems.push(
      ...unanswered(text, source.path),
      ...actionProblems(at, fields, dayOf(now + clockSkew, timeZone)),
      ...texts.problems,
    );
  const warnings = incident === null ? [] : remedyWarnings(at, fields, incident, { now, timeZone });
  if (problems.length > 0 || fields.draft === true) return refused(warnings);
  const read: Postmortem = {
    slug,
    title: fields.title,
    published: fields.published ?? 0,
    notify: fields.notify ?? null,
    authors: fields.authors,
    summary: fields.summary,
    customerData: fields.customer_data,
    cause: fields.cause ?? null,
    remedy: fields.remedy ?? null,
    claim: fields.claim ?? null,
    claimUntil: fields.claim_until ?? null,
    remedied: fields.remedied ?? null,
    lessons: fields.lessons ?? [],
    actions: (fields.actions ?? []).map((action) => ({ ...action, done: action.done ?? null })),
    body: matter.body,
    images: shownImages(matter.body, source.path, images),
  };
  const postmortem = translated(read, source.path, context);
  const message =
    'is missing, so this postmortem only appears on its page and in its own feed. Add notify: true to send it to your followers, or notify: false';
  if (postmortem.notify === null && isRecent(postmortem.published, now))
    warnings.push(fieldProblem(at, 'notify', message));
  return { slug, postmortem, problems, warnings: [...warnings, ...texts.warnings] };
}
