import { day, minute } from '../domain/calendar.ts';
import type { Incident } from '../domain/incident.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { withTranslations } from '../domain/translation.ts';
import { type PostmortemFile, postmortemSchema } from '../schema/page-files.ts';
import { suggest } from '../schema/text.ts';
import { shortUtc } from '../schema/time-fields.ts';
import { markdownProblems, shownImages } from './body.ts';
import { readMarkdownFile } from './front-matter.ts';
import { remediedProblems, remedyTermIn } from './incident-rules.ts';
import { fileProblem, type Problem, type SourceFile } from './problem.ts';
import { fieldProblem, type Head, type ReadContext } from './update-rules.ts';
import { validate } from './yaml.ts';

/** Marks the questions in a draft that its author still has to answer. */
export const placeholder = '_Question: ';

type ReadPostmortem = {
  readonly slug: string;
  /** Null for drafts and for postmortems with problems. */
  readonly postmortem: Postmortem | null;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

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
 * Warns about terms that reach followers without the remedy. Only covers recent postmortems: once it's published, its
 * feed item must not change.
 */
function remedyWarnings(
  at: Pick<Head, 'path' | 'locate'>,
  fields: PostmortemFile,
  incident: Incident | null,
  isRecent: boolean,
): Problem[] {
  const { remedied, remedy, notify } = fields;
  const field = remedyTermIn({ ...fields, remedied: remedied === 'pending' ? undefined : remedied });
  if (field === undefined || remedy !== undefined || (incident?.remedy ?? null) === null) return [];
  if (notify !== true || !isRecent) return [];
  const message = `reaches your followers without the remedy, which only the incident states. If this isn't published yet, add remedy: here too, or delete ${field}:`;
  return [fieldProblem(at, field, message)];
}

/** Reads a postmortem. `incidents` has an entry for each incident folder: null if it's unreadable. */
export function readPostmortem(
  source: SourceFile,
  incidents: ReadonlyMap<string, Incident | null>,
  { timeZone, now, images, translations, languages }: Omit<ReadContext, 'componentIds'>,
): ReadPostmortem {
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
  if (fields.draft !== true && fields.published === undefined) {
    problems.push(
      fieldProblem(
        at,
        'published',
        'is missing. Add when it goes public, such as published: 2026-11-25T10:00Z, or draft: true',
      ),
    );
  }
  if (fields.draft !== true && fields.published !== undefined && fields.published > now + 5 * minute) {
    problems.push(
      fieldProblem(
        at,
        'published',
        `${shortUtc(fields.published)} is in the future. Enter the time of publication, or use draft: true until then`,
      ),
    );
  }
  if (fields.draft === true && fields.published !== undefined) {
    problems.push(
      fieldProblem(at, 'draft', 'is true, but published is set too. Delete one of them: a draft is not public'),
    );
  }
  const verdict = incidents.get(slug)?.customerData ?? null;
  if (fields.draft !== true && verdict !== null && verdict !== fields.customer_data) {
    problems.push(
      fieldProblem(
        at,
        'customer_data',
        `is ${fields.customer_data}, but the incident says ${verdict}. Post an update with customer_data: ${fields.customer_data} to the incident, or change it to ${verdict}`,
      ),
    );
  }
  const startedAt = incidents.get(slug)?.startedAt;
  if (startedAt !== undefined && fields.published !== undefined && fields.published < startedAt) {
    problems.push(
      fieldProblem(
        at,
        'published',
        `${shortUtc(fields.published)} is before the incident started (${shortUtc(startedAt)}). Enter the time of publication`,
      ),
    );
  }
  problems.push(...remediedProblems(at, fields.remedied, now, timeZone));
  if (fields.draft !== true) problems.push(...unanswered(text, source.path));
  const isRecent = (fields.published ?? now) > now - 7 * day;
  const warnings = remedyWarnings(at, fields, incidents.get(slug) ?? null, isRecent);
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
  const postmortem = withTranslations(read, translations?.of(source.path) ?? {}, languages?.[0]?.language);
  const message =
    'is missing, so this postmortem reaches only its page and its own feed. Add notify: true to send it to your followers, or notify: false';
  if (postmortem.notify === null && isRecent) warnings.push(fieldProblem(at, 'notify', message));
  return { slug, postmortem, problems, warnings };
}
