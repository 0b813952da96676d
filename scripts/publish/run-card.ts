import type { Settings, UpdateCadence } from '../../src/lib/domain/settings.ts';
import { dayOf, type Instant } from '../../src/lib/domain/calendar.ts';
import { impacts } from '../../src/lib/domain/vocabulary.ts';
import { durationInWords, label } from '../../src/lib/words/en.ts';
import { contentFlag, shellWord } from '../cli/text.ts';
import { hookPath } from './server-hook.ts';

/** The three emergency commands, exactly as people type or click them. Each is a list of lines. */
export type Emergency = {
  readonly stop: readonly string[];
  readonly back: readonly string[];
  readonly publish: readonly string[];
};

/** A folder with releases on a server. */
export type ReleaseFolder = {
  readonly to: string;
  /** The command that runs Halfpast there. */
  readonly program: string;
  readonly content: string;
  readonly url: string;
  /** The bare repository whose hook publishes; null without one. */
  readonly bare: string | null;
};

export function folderEmergency({ to, program, content, url, bare }: ReleaseFolder): Emergency {
  const stop = shellWord(`${to}/STOP`);
  const folder = contentFlag(content);
  return {
    stop: [`echo "why" > ${stop}`, `rm ${stop}    # to resume, then publish`],
    back: [`${program} rollback --to ${shellWord(to)}`],
    publish:
      bare === null
        ? [`${program} publish --to ${shellWord(to)} --url ${shellWord(url)}${folder}`]
        : [shellWord(hookPath(bare))],
  };
}

const gitHub = (repository: string): string => `https://github.com/${repository}`;

export function gitHubEmergency(repository: string): Emergency {
  const publish = `${gitHub(repository)}/actions/workflows/publish.yml`;
  return {
    stop: [
      `${gitHub(repository)}/settings/variables/actions`,
      'New repository variable: HALFPAST_HOLD, with the reason as its value',
      `or: gh variable set HALFPAST_HOLD --body "why" --repo ${repository}`,
      'To resume: delete the variable, then publish',
    ],
    back: [
      publish,
      'Run workflow, with the release: last',
      `or: gh workflow run publish.yml -f release=last --repo ${repository}`,
    ],
    publish: [
      publish,
      'Run workflow, with nothing filled in',
      `or: gh workflow run publish.yml --repo ${repository}`,
      'GitHub is down, in a clone: npm ci && npm run build',
      'Then copy dist/ to any web server',
    ],
  };
}

export type RunCard = {
  readonly settings: Pick<Settings, 'name' | 'url' | 'timeZone' | 'priorities' | 'cadence'>;
  /** When the card is printed. */
  readonly now: Instant;
  /** The sources of the page, each with a label: the repository and folders. */
  readonly places: readonly (readonly [label: string, place: string])[];
  readonly post: readonly string[];
  /** The command that rehearses an incident. */
  readonly drill: string;
  readonly emergency: Emergency;
};

const howOften = (cadence: UpdateCadence): string =>
  cadence.kind === 'every'
    ? `every ${durationInWords(cadence.duration)}`
    : `at :${String(cadence.minute).padStart(2, '0')} every hour`;

function rhythm({ checkIn, update, byImpact = {} }: Settings['cadence']): readonly string[] {
  return [
    `Check in with the team every ${durationInWords(checkIn)}.`,
    `Update customers ${howOften(update)}, even without news.`,
    ...impacts.flatMap((impact) => {
      const own = byImpact[impact];
      return own === undefined ? [] : [`${label(impact)}: ${howOften(own)}.`];
    }),
  ];
}

/** The card as text for one A4 page. It's at most 80 columns wide unless a path or an address is longer. */
export function runCardText({ settings, now, places, post, drill, emergency }: RunCard): string {
  const section = (title: string, lines: readonly string[]): string[] => [
    '',
    title,
    ...lines.map((line) => `  ${line}`),
  ];
  const rule = '='.repeat(72);
  return `${[
    rule,
    `RUN CARD   ${settings.name}   ${settings.url}`,
    rule,
    ...places.map(([label, place]) => `${label.padEnd(14)}${place}`),
    ...section(
      'GOALS, IN ORDER',
      settings.priorities.map((goal, index) => `${index + 1}. ${goal}`),
    ),
    ...section('ALL NIGHT', rhythm(settings.cadence)),
    ...section('POST', post),
    ...section('STOP PUBLISHING', emergency.stop),
    ...section('GO BACK', emergency.back),
    ...section('PUBLISH MANUALLY', emergency.publish),
    ...section('MORE', [
      'Refused, or NOT LIVE? docs/when-it-goes-wrong.md',
      `Rehearse it: ${drill}`,
      `Printed ${dayOf(now, settings.timeZone)}`,
    ]),
  ].join('\n')}\n`;
}
