import { day, minute } from '../domain/calendar.ts';
import {
  type Cadence,
  type Channel,
  channelId,
  type Logo,
  type NotifyChannel,
  type ReminderChannel,
  type Scope,
  type Settings,
  type SiteLanguage,
  type Theme,
} from '../domain/settings.ts';
import { impacts } from '../domain/vocabulary.ts';
import { type SiteSettingsFile, siteSettingsSchema } from '../schema/site-file.ts';
import { didYouMean, quote, suggestFix } from '../schema/text.ts';
import { isTimeZone } from '../schema/time-fields.ts';
import { languageOf } from '../words/words.ts';
import { guardProblems } from './markdown-guard.ts';
import { decode, fieldName, fieldProblem, fileProblem, type Problem, type SourceFile } from './problem.ts';
import { readSvg } from './svg.ts';
import { readTheme, themePath } from './read-theme.ts';
import { translatedFieldProblems, translationsOf } from './translated-fields.ts';
import { readYaml, validate, type YamlSource } from './yaml.ts';

/** Every page includes the logo, and the smallest page has 14 KiB in total. */
const mostBytes = 4096;

/** Reads the logo that `site.yml` references at `place`: a small SVG file in the same folder. */
export function readLogo(
  name: string,
  files: readonly SourceFile[],
  place: Omit<Problem, 'message' | 'fix'>,
): Logo | { readonly problems: readonly Problem[] } {
  const source = files.find(({ path }) => path === name);
  if (source === undefined)
    return {
      problems: [
        { ...place, fix: null, message: `${quote(name)} does not exist. Put it next to site.yml, or delete this line` },
      ],
    };
  const svg = decode(source);
  if (typeof svg !== 'string') return { problems: [svg] };
  const read = readSvg(svg);
  const size = source.bytes.length;
  const message =
    size > mostBytes
      ? `is ${size} bytes, and every page includes it. Export it as plain SVG of at most ${mostBytes} bytes`
      : read;
  return typeof message === 'string'
    ? { problems: [fileProblem(name, message)] }
    : { file: name, svg, ratio: message.ratio };
}

export const settingsPath = 'site.yml';

type RemindItem = NonNullable<SiteSettingsFile['remind']>[number];
type DirectChannel = Exclude<Channel, { readonly kind: 'websub' }>;
type Items = { readonly [K in DirectChannel['kind']]: NonNullable<RemindItem[K]> };
type Kind = keyof Items;

/** Makes a channel of each kind from its settings. A new kind doesn't compile until it's here. */
const makers: { readonly [K in Kind]: (item: Items[K]) => DirectChannel } = {
  webhook: ({ url_env, secret_env }) => ({ kind: 'webhook', urlEnv: url_env, secretEnv: secret_env }),
  slack: ({ url_env }) => ({ kind: 'slack', urlEnv: url_env }),
  discord: ({ url_env }) => ({ kind: 'discord', urlEnv: url_env }),
  teams: ({ url_env }) => ({ kind: 'teams', urlEnv: url_env }),
  email: ({ to, from, smtp_env }) => ({ kind: 'email', to, from, smtpEnv: smtp_env }),
};

const kinds = Object.keys(makers) as Kind[];

/** Returns the channels of a kind, each with its item. There can be one item or a list. */
function channelsOf<K extends Kind, I extends Items[K]>(kind: K, items: I | readonly I[] = []) {
  const all = [items].flat() as readonly I[];
  return all.map((item) => ({ item, channel: makers[kind](item) }));
}

function toChannels({ notify = {} }: SiteSettingsFile): NotifyChannel[] {
  const { websub } = notify;
  const scopeOf = ({ name, components, impact }: { readonly [K in keyof Scope]?: Scope[K] | undefined }): Scope => ({
    name: name ?? null,
    components: components ?? null,
    impact: impact ?? null,
  });
  return [
    ...(websub === undefined ? [] : [{ kind: 'websub' as const, hub: websub.hub, ...scopeOf({}) }]),
    ...kinds.flatMap((kind) =>
      channelsOf(kind, notify[kind]).map(({ item, channel }) => ({ ...channel, ...scopeOf(item) })),
    ),
  ];
}

/** Returns the channels with their paths in the file. A kind can have a single channel or a list. */
function placedChannels(file: SiteSettingsFile) {
  const channels = toChannels(file);
  return channels.map((channel) => {
    const { kind } = channel;
    const nth = channels.filter((other) => other.kind === kind).indexOf(channel);
    return { channel, path: ['notify', kind, ...(Array.isArray(file.notify?.[kind]) ? [nth] : [])] };
  });
}

type ProblemAt = (path: readonly (string | number)[], message: string, fix?: Problem['fix']) => Problem;

/** Reports channels of the same kind with the same name, and components that a channel lists twice. */
function channelProblems(file: SiteSettingsFile, problem: ProblemAt): Problem[] {
  const ids: string[] = [];
  return placedChannels(file).flatMap(({ channel, path }) => {
    const problems: Problem[] = [];
    const id = channelId(channel);
    if (ids.includes(id))
      problems.push(
        problem(
          path,
          channel.name === null
            ? 'has no name, and only one channel of each kind can omit it. Add one, such as name: checkout-team'
            : 'has the same name as another channel of its kind. Use a different name',
        ),
      );
    ids.push(id);
    const components = channel.components ?? [];
    const again = components.findIndex((one, at) => components.indexOf(one) !== at);
    if (again !== -1) problems.push(problem([...path, 'components', again], 'appears twice. Delete this line'));
    return problems;
  });
}

/** Reports components in channels that don't exist. */
function unknownComponents(file: SiteSettingsFile, known: readonly string[], problem: ProblemAt): Problem[] {
  return placedChannels(file).flatMap(({ channel, path }) =>
    (channel.components ?? []).flatMap((id, at) => {
      if (known.includes(id)) return [];
      const message = `${quote(id)} is not in components.yml. ${didYouMean(id, known)}`;
      return [problem([...path, 'components', at], message, suggestFix(id, known))];
    }),
  );
}

/** Returns the destinations in one item. There should be exactly one. */
const reminderPlaces = (item: RemindItem): ReminderChannel['channel'][] => [
  ...kinds.flatMap((kind) => channelsOf(kind, item[kind]).map(({ channel }) => channel)),
  ...(item.issues === true ? [{ kind: 'issues' as const }] : []),
];

/** Reports items without exactly one destination, and destinations that an earlier item already has. */
function reminderProblems({ remind = [] }: SiteSettingsFile, problem: ProblemAt): Problem[] {
  const places = remind.map(reminderPlaces);
  const known = places.map((named) => JSON.stringify(named));
  return places.flatMap((named, index): Problem[] => {
    if (named.length !== 1)
      return [
        problem(
          ['remind', index],
          'must name one place. Use one of slack, discord, teams, webhook, email or "issues: true" per item',
        ),
      ];
    return known.indexOf(JSON.stringify(named)) < index
      ? [problem(['remind', index], 'is the same place as an earlier item. Delete one of them')]
      : [];
  });
}

const toReminders = ({ remind }: SiteSettingsFile): Settings['remind'] =>
  remind?.flatMap((item) =>
    reminderPlaces(item).map((channel): ReminderChannel => ({ channel, from: item.for ?? 'comms' })),
  ) ?? null;

function writing({ repository, compose = true }: SiteSettingsFile): Pick<Settings, 'repository' | 'compose'> {
  if (repository === undefined) return { repository: null, compose: false };
  const { github, branch = 'main', content = 'content' } = repository;
  return { repository: { name: github, branch, folder: content }, compose };
}

function toCadence({ cadence = {} }: Pick<SiteSettingsFile, 'cadence'>): Cadence {
  const named = impacts.flatMap((impact) =>
    cadence[impact] === undefined ? [] : [[impact, cadence[impact]] as const],
  );
  return {
    checkIn: cadence.check_in ?? 15 * minute,
    update: cadence.update ?? { kind: 'at_minute', minute: 30 },
    ...(named.length === 0 ? {} : { byImpact: Object.fromEntries(named) }),
  };
}

/** Used when the settings are unreadable. */
export const defaultCadence = toCadence({});

/**
 * Returns the site's languages. The first one has no folder, so its pages keep their URLs when languages are added.
 */
function toLanguages({ locale = 'en-GB', locales = [locale] }: SiteSettingsFile): Settings['languages'] {
  const of = (tag: string, folder: boolean): SiteLanguage => {
    const language = languageOf(tag) ?? 'en';
    return { locale: tag, language, folder: folder ? `/${language.toLowerCase()}` : '' };
  };
  const [first = locale, ...others] = locales;
  return [of(first, false), ...others.map((tag) => of(tag, true))];
}

function languageProblems({ locale, locales = [] }: SiteSettingsFile, problem: ProblemAt): Problem[] {
  const known = locales.map(languageOf);
  const both = 'is set, and so is locales:. Keep locales: for several languages, or locale: for one';
  return [
    ...(locale === undefined || locales.length === 0 ? [] : [problem(['locale'], both)]),
    ...locales.flatMap((tag, at) => {
      const before = locales[known.indexOf(languageOf(tag))] ?? tag;
      const message = `is the same language as ${before}. Keep one of them`;
      return known.indexOf(languageOf(tag)) < at ? [problem(['locales', at], message)] : [];
    }),
  ];
}

function toSettings(file: SiteSettingsFile, logo: Logo | null, theme: Theme | null): Settings {
  const languages = toLanguages(file);
  return {
    example: file.example ?? false,
    name: file.name,
    url: file.url,
    timeZone: file.time_zone,
    locale: languages[0].locale,
    folder: '',
    languages,
    support: file.support ?? null,
    links:
      file.links?.map(({ header = false, translations, ...link }) => ({
        ...link,
        header,
        ...translationsOf({ translations }),
      })) ?? [],
    footer: file.footer ?? null,
    ...translationsOf(file),
    scripts: file.scripts?.map(({ src, hosts = [], data = {} }) => ({ src, hosts, data })) ?? [],
    cadence: toCadence(file),
    priorities: file.priorities ?? ['Customer data is safe', 'Customers are informed', 'Service is restored'],
    accent: file.accent ?? null,
    logo,
    theme,
    showPeople: file.show_people ?? false,
    postmortemFor: file.postmortem_for ?? ['partial_outage', 'major', 'customer_data'],
    postmortemWithin: file.postmortem_within ?? 7 * day,
    notify: toChannels(file),
    emailJoin: file.email?.join ?? null,
    remind: toReminders(file),
    people: file.people ?? {},
    ...writing(file),
    changed: file.changed ?? null,
  };
}

/** Returns the footer text in each language, with its path in the file. */
function footers({ footer, translations = {} }: SiteSettingsFile): [text: string, path: string[]][] {
  const all: [string | undefined, string[]][] = [
    [footer, ['footer']],
    ...Object.entries(translations).map(([tag, texts]): [string | undefined, string[]] => [
      texts.footer,
      ['translations', tag, 'footer'],
    ]),
  ];
  return all.flatMap(([text, path]) => (text === undefined ? [] : [[text, path]]));
}

/** Returns the time zone in the file, for hints about the times in it. */
function zoneIn({ data }: YamlSource): string {
  const given = typeof data === 'object' && data !== null && 'time_zone' in data ? data.time_zone : null;
  return typeof given === 'string' && isTimeZone(given) ? given : 'UTC';
}

type Read = {
  readonly settings: Settings | null;
  readonly problems: readonly Problem[];
  /** Reports components in channels that aren't in `known`. */
  readonly unknownComponents: (known: readonly string[]) => readonly Problem[];
};

const refused = (problems: readonly Problem[]): Read => ({ settings: null, problems, unknownComponents: () => [] });

/**
 * Reads `site.yml`. Returns null if it's missing or has problems. Looks for the logo and the theme in `files`; without
 * `files`, both are left out.
 */
export function readSettings(source: SourceFile | undefined, files: readonly SourceFile[] | null = null): Read {
  if (source === undefined) {
    const message = 'is missing. Create it with name:, url: and time_zone:, or run: npx halfpast init';
    return refused([fileProblem(settingsPath, message)]);
  }
  const text = decode(source);
  if (typeof text !== 'string') return refused([text]);
  const yaml = readYaml(text, source.path);
  if (Array.isArray(yaml)) return refused(yaml);
  const result = validate(siteSettingsSchema(zoneIn(yaml)), yaml, source.path);
  if ('problems' in result) return refused(result.problems);
  const file = result.value;
  const where = { path: source.path, locate: yaml.locate };
  const problem: ProblemAt = (path, message, fix = null) => fieldProblem(where, path, message, { fix });
  const drawn =
    file.logo === undefined || files === null
      ? null
      : readLogo(file.logo, files, { file: source.path, field: 'logo', ...yaml.locate(['logo']) });
  const [logo, logoProblems] = drawn !== null && 'problems' in drawn ? [null, drawn.problems] : [drawn, []];
  const themeFile = files?.find(({ path }) => path === themePath);
  const styled = themeFile === undefined ? null : readTheme(themeFile, file.accent ?? null);
  const [theme, themeProblems] = styled !== null && 'problems' in styled ? [null, styled.problems] : [styled, []];
  const translatable = [[file, []] as const, ...(file.links ?? []).map((link, at) => [link, ['links', at]] as const)];
  const problems = [
    ...channelProblems(file, problem),
    ...(file.compose === true && file.repository === undefined
      ? [
          problem(
            ['compose'],
            'is true, but there is no repository. Add repository: and below it "  github: example/status", or delete this line',
          ),
        ]
      : []),
    ...languageProblems(file, problem),
    ...translatedFieldProblems(translatable, toLanguages(file), where),
    ...reminderProblems(file, problem),
    ...footers(file).flatMap(([footer, path]) =>
      guardProblems(text, footer, source.path)
        .slice(0, 1)
        .map((one) => ({ ...one, field: fieldName(path), ...yaml.locate(path) })),
    ),
    ...logoProblems,
    ...themeProblems,
  ];
  return {
    settings: problems.length > 0 ? null : toSettings(file, logo, theme),
    problems,
    unknownComponents: (known) => unknownComponents(file, known, problem),
  };
}
