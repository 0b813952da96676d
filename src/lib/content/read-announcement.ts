import type { Announcement } from '../domain/site.ts';
import { announcementSchema } from '../schema/page-files.ts';
import { slugForm } from '../schema/components-file.ts';
import { shortUtc } from '../schema/time-fields.ts';
import { withTranslations } from '../domain/translation.ts';
import { blankProblems, markdownProblems } from './body.ts';
import { readMarkdownFile } from './front-matter.ts';
import { fileProblem, type Problem, type SourceFile } from './problem.ts';
import { fieldProblem, type ReadContext } from './update-rules.ts';
import { validate } from './yaml.ts';

export const announcementsFolder = 'announcements';

type ReadAnnouncement = {
  /** Null when it has problems. */
  readonly announcement: Announcement | null;
  readonly problems: readonly Problem[];
};

function nameProblem(path: string, slug: string): Problem[] {
  const [message] = [
    ...(path.endsWith('.md') ? [] : ['is not an announcement, which must be an .md file. Move it elsewhere']),
    ...(slug.includes('/') ? ['is nested too deeply. Move it up to announcements/'] : []),
    ...(slugForm.test(slug)
      ? []
      : ['cannot be used in an address. Use lowercase letters, digits and hyphens, such as holidays.md']),
  ];
  return message === undefined ? [] : [fileProblem(path, message)];
}

/** Reads one announcement. */
export function readAnnouncement(
  source: SourceFile,
  { timeZone, translations, languages }: Pick<ReadContext, 'timeZone' | 'translations' | 'languages'>,
): ReadAnnouncement {
  const { path } = source;
  const slug = path.slice(announcementsFolder.length + 1).replace(/\.md$/, '');
  const named = nameProblem(path, slug);
  if (named.length > 0) return { announcement: null, problems: named };
  const file = readMarkdownFile(source);
  if ('problems' in file) return { announcement: null, problems: file.problems };
  const { text, matter } = file;
  const result = validate(announcementSchema(timeZone), matter, path);
  // It has no images: those beside it aren't published.
  const problems = [...markdownProblems(text, matter.body, path, new Map()), ...blankProblems(text, path)];
  if ('problems' in result) return { announcement: null, problems: [...result.problems, ...problems] };
  const { title, from, until, pinned } = result.value;
  if (until <= from) {
    const wrong = `${shortUtc(until)} is not after it begins (${shortUtc(from)}). Enter a later end`;
    problems.push(fieldProblem({ path, locate: matter.locate }, 'until', wrong));
  }
  if (problems.length > 0) return { announcement: null, problems };
  const announcement = { slug, title, from, until, pinned: pinned ?? false, body: matter.body };
  const translated = withTranslations(announcement, translations?.of(path) ?? {}, languages?.[0]?.language);
  return { announcement: translated, problems };
}
