import type { Postmortem } from '../domain/postmortem.ts';
import { minute } from '../domain/instant.ts';
import { shortUtc } from '../schema/instant.ts';
import { postmortemSchema } from '../schema/postmortem.ts';
import { didYouMean } from '../schema/suggest.ts';
import { decode } from './decode.ts';
import { readFrontMatter } from './front-matter.ts';
import { fileProblem, type Problem } from './problem.ts';
import type { SourceFile } from './source-file.ts';
import { fieldProblem, type ReadContext } from './update-folder.ts';
import { validate } from './validate.ts';

export type ReadPostmortem = {
  readonly slug: string;
  /** Null for a draft and when it has problems. */
  readonly postmortem: Postmortem | null;
  readonly problems: readonly Problem[];
};

/** Reads one postmortem. `incidentSlugs` are the folders of incidents, readable or not. */
export function readPostmortem(
  source: SourceFile,
  incidentSlugs: readonly string[],
  { timeZone, now }: Pick<ReadContext, 'timeZone' | 'now'>,
): ReadPostmortem {
  const slug = source.path.replace(/^postmortems\//, '').replace(/\.md$/, '');
  const problems: Problem[] = [];
  const refused = () => ({ slug, postmortem: null, problems });
  if (!source.path.endsWith('.md')) {
    problems.push(fileProblem(source.path, 'is not a postmortem. Postmortems are .md files; delete it or move it out of the content folder'));
    return refused();
  }
  if (!incidentSlugs.includes(slug)) {
    problems.push(fileProblem(source.path, `is named like no incident. ${didYouMean(slug, incidentSlugs.slice(-5)) || 'Name it as the folder of its incident'}`));
  }
  const text = decode(source);
  if (typeof text !== 'string') return (problems.push(text), refused());
  const matter = readFrontMatter(text, source.path);
  if (Array.isArray(matter)) return (problems.push(...matter), refused());
  const result = validate(postmortemSchema(timeZone), matter, source.path);
  if ('problems' in result) return (problems.push(...result.problems), refused());
  const fields = result.value;
  const at = { path: source.path, locate: matter.locate };
  if (fields.draft !== true && fields.published === undefined) {
    problems.push(fieldProblem(at, 'published', 'is missing. Type when it goes public, as published: 2026-11-25T10:00Z, or draft: true'));
  }
  if (fields.draft !== true && fields.published !== undefined && fields.published > now + 5 * minute) {
    problems.push(fieldProblem(at, 'published', `${shortUtc(fields.published)} is in the future. Type the time of publication, or draft: true until then`));
  }
  if (problems.length > 0 || fields.draft === true) return refused();
  const postmortem: Postmortem = {
    slug,
    title: fields.title,
    published: fields.published ?? 0,
    authors: fields.authors,
    summary: fields.summary,
    customerData: fields.customer_data,
    remedy: fields.remedy ?? null,
    lessons: fields.lessons ?? [],
    actions: (fields.actions ?? []).map((action) => ({ ...action, done: action.done ?? null })),
    body: matter.body,
  };
  return { slug, postmortem, problems };
}
