import { isoTime } from '../../domain/instant.ts';
import type { Site } from '../../domain/site.ts';
import { componentStatuses, customerDataVerdicts } from '../../domain/vocabulary.ts';
import { type ComposeData, composeData } from '../compose-data.ts';
import { type FrameView, frame, type LinkView } from '../frame.ts';
import { paths } from '../links.ts';
import { type TimeView, time } from '../time.ts';
import { componentStatusWords, customerDataWords } from '../words.ts';

export type ChoiceView = { readonly value: string; readonly label: string };

/** The form to write an update with, and how it goes without. */
export type ComposeView = {
  readonly frame: FrameView;
  readonly data: ComposeData;
  readonly asOf: TimeView;
  readonly incidents: readonly ChoiceView[];
  readonly components: readonly { readonly name: string; readonly field: string }[];
  readonly states: readonly ChoiceView[];
  readonly verdicts: readonly ChoiceView[];
  /** GitHub's pages for a new file by hand, one for each incident and one for a new one. */
  readonly byHand: readonly LinkView[];
  /** What a file looks like. */
  readonly example: string;
};

const body = '{{what customers should know}}';

/** GitHub's page for a new file. Its name and text are such that `check` refuses them until they are filled in. */
function byHand(
  { repository: { name, branch, folder } }: ComposeData,
  label: string,
  slug: string,
  text: string,
): LinkView {
  const path = `${folder === '' ? '' : `${folder}/`}incidents/${slug}/YYYY-MM-DDTHHMMZ.md`;
  const page = `https://github.com/${name}/new/${branch.split('/').map(encodeURIComponent).join('/')}`;
  return { label, href: `${page}?filename=${encodeURIComponent(path)}&value=${encodeURIComponent(text)}` };
}

/** The page with the form; null where there is none. It is in no list of pages and linked from none: it is for the team. */
export function composePage(site: Site): ComposeView | null {
  const data = composeData(site);
  if (data === null) return null;
  const { settings } = site;
  const first = `---\ntitle: "{{what customers notice}}"\nstatus: investigating\nimpact: minor\n---\n${body}\n`;
  const later = `---\nstatus: identified\n---\n${body}\n`;
  return {
    frame: frame(site, {
      title: 'Tell customers',
      description: `A form to write an update for ${settings.name}`,
      path: paths.compose,
    }),
    data,
    asOf: time(site.now, settings),
    incidents: data.open.map(({ slug, title }) => ({ value: slug, label: title })),
    components: data.components
      .filter(({ retired }) => !retired)
      .map(({ id, name }) => ({ name, field: `component.${id}` })),
    states: componentStatuses.map((value) => ({ value, label: componentStatusWords[value] })),
    verdicts: customerDataVerdicts.map((value) => ({ value, label: customerDataWords[value] })),
    byHand: [
      ...data.open.map(({ slug, title }) => byHand(data, `Add to: ${title}`, slug, later)),
      byHand(data, 'A new incident', `${isoTime(site.now).slice(0, 4)}-MM-DD-what-is-wrong`, first),
    ],
    example: `---\nstatus: identified\n---\nWe know the cause: a certificate expired. We are renewing it.\n`,
  };
}
