import type { Incident } from '../../src/lib/domain/incident.ts';
import type { Postmortem } from '../../src/lib/domain/postmortem.ts';
import type { Settings } from '../../src/lib/domain/settings.ts';
import { excerpt, plainText } from '../../src/lib/plain-text.ts';
import { updateHtml } from '../../src/lib/markdown.ts';
import { absolute, paths } from '../../src/lib/views/paths.ts';
import { date } from '../../src/lib/views/time.ts';
import { en } from '../../src/lib/words/en.ts';
import { wordsFor } from '../../src/lib/words/words.ts';
import type { ContentFolder } from '../cli/content.ts';
import { oneLine } from '../cli/errors.ts';
import { publishedPostmortem } from './postmortem.ts';

/** As many earlier incidents as people can read in a minute. */
const most = 3;

/** `Slow search, 20 November 2026`, with a link to its published postmortem, or to its own page. */
export function nameAndPage(
  { slug, title, startedAt }: Incident,
  hasPostmortem: boolean,
  settings: Settings,
): { readonly name: string; readonly page: string } {
  return {
    name: `${oneLine(title)}, ${date(startedAt, { ...settings, locale: 'en-GB' }).text}`,
    page: absolute(settings, hasPostmortem ? paths.postmortem(slug) : paths.incident(slug)),
  };
}

/** The latest resolved incidents that affected one of the components, newest first. */
export function earlierIncidents(incidents: readonly Incident[], components: readonly string[]): Incident[] {
  const isAffected = ({ worstComponents }: Incident, id: string): boolean =>
    Object.hasOwn(worstComponents, id) && worstComponents[id] !== 'operational';
  return incidents
    .filter((one) => one.resolvedAt !== null && components.some((id) => isAffected(one, id)))
    .toSorted((a, b) => b.startedAt - a.startedAt)
    .slice(0, most);
}

const inBrief = (markdown: string, address: string): string => excerpt(plainText(updateHtml(markdown, address)), 200);

/** In English drafts made before 1.0.0. */
const earlierHeading = 'What let us go back, or why we couldn’t';

/** How it was fixed: the section on recovery in the postmortem, or else the last update. */
function whatHelped({ updates, slug }: Incident, postmortem: Postmortem | null, { settings }: ContentFolder): string {
  const address = absolute(settings, paths.incident(slug));
  const [heading = ''] = wordsFor(settings).postmortemDraft.sections.rollback;
  const sections = (postmortem?.body ?? '').split(/^## /m).slice(1);
  const section = sections.find((text) => [heading, earlierHeading].includes(text.split('\n')[0]?.trim() ?? ''));
  if (section !== undefined) return `What helped: ${inBrief(section.slice(section.indexOf('\n') + 1), address)}`;
  const end = updates.findLast(({ record }) => record.status === 'resolved');
  return `At the end: ${inBrief(end?.record.body ?? '', address)}`;
}

/** Lessons from earlier incidents of the same components, one line per fact. Empty if there are none. */
export function lessonsOfEarlier(components: readonly string[], content: ContentFolder): string[] {
  const known = content.incidents.flatMap(({ value }) => value ?? []);
  return earlierIncidents(known, components).flatMap((incident) => {
    const postmortem = publishedPostmortem(incident, content);
    const { name, page } = nameAndPage(incident, postmortem !== null, content.settings);
    return [
      `Seen before: ${name}: ${page}`,
      ...(postmortem?.cause == null ? [] : [`Cause: ${en.cause[postmortem.cause]}`]),
      whatHelped(incident, postmortem, content),
      ...(postmortem?.lessons ?? []).map((lesson) => `Lesson: ${lesson}`),
    ];
  });
}
