import { day, minute } from '../domain/calendar.ts';
import {
  channelId,
  type Logo,
  type NotifyChannel,
  type ReminderChannel,
  type Scope,
  type Settings,
  type Theme,
} from '../domain/settings.ts';
import { type SiteSettingsFile, siteSettingsSchema } from '../schema/site-file.ts';
import { didYouMean, quote, suggestFix } from '../schema/text.ts';
import { isTimeZone } from '../schema/time-fields.ts';
import { guardProblems } from './markdown-guard.ts';
import { decode, fieldName, fileProblem, type Problem, type SourceFile } from './problem.ts';
import { readSvg } from './svg.ts';
import { readTheme, themePath } from './read-theme.ts';
import { readYaml, validate, type YamlSource } from './yaml.ts';

/** Every page carries the logo, and the smallest has 14 KiB in all. */
const mostBytes = 4096;

/** Reads the logo that `site.yml` names at `place`: a small SVG file beside it. */
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

function toChannels({ notify }: SiteSettingsFile): NotifyChannel[] {
  const { websub, webhook = [], slack = [], discord = [], teams = [], email = [] } = notify ?? {};
  const scopeOf = ({ name, components, impact }: { readonly [K in keyof Scope]?: Scope[K] | undefined }): Scope => ({
    name: name ?? null,
    components: components ?? null,
    impact: impact ?? null,
  });
  const chats = { slack: [slack].flat(), discord: [discord].flat(), teams: [teams].flat() } as const;
  return [
    ...(websub === undefined ? [] : [{ kind: 'websub', hub: websub.hub, ...scopeOf({}) } as const]),
    ...[webhook].flat().map((one): NotifyChannel => ({
      kind: 'webhook',
      urlEnv: one.url_env,
      secretEnv: one.secret_env,
      ...scopeOf(one),
    })),
    ...(['slack', 'discord', 'teams'] as const).flatMap((kind) =>
      chats[kind].map((one): NotifyChannel => ({ kind, urlEnv: one.url_env, ...scopeOf(one) })),
    ),
    ...[email].flat().map((one): NotifyChannel => ({
      kind: 'email',
      to: one.to,
      from: one.from,
      smtpEnv: one.smtp_env,
      ...scopeOf(one),
    })),
  ];
}

/** Where something about the nth channel of a kind stands, which may be the only one. */
function placeIn(
  { notify }: SiteSettingsFile,
  { kind }: NotifyChannel,
  nth: number,
  ...below: readonly (string | number)[]
) {
  return ['notify', kind, ...(Array.isArray(notify?.[kind]) ? [nth] : []), ...below];
}

/** Channels of one kind that can't be told apart, and components that don't exist. `known` is null if that isn't known. */
function channelProblems(source: YamlSource, file: SiteSettingsFile, known: readonly string[] | null): Problem[] {
  const channels = toChannels(file);
  return channels.flatMap((channel): Problem[] => {
    const nth = channels.filter(({ kind }) => kind === channel.kind).indexOf(channel);
    const problem = (path: readonly (string | number)[], message: string, fix: Problem['fix'] = null): Problem => ({
      ...{ file: settingsPath, field: fieldName(path), message, fix },
      ...source.locate(path),
    });
    const twin = channels.slice(0, channels.indexOf(channel)).some((other) => channelId(other) === channelId(channel));
    const unknown = (channel.components ?? []).filter((id) => known !== null && !known.includes(id));
    return [
      ...(twin
        ? [
            problem(
              placeIn(file, channel, nth),
              channel.name === null
                ? 'has no name, and only one channel of each kind can go without. Add one, such as name: checkout-team'
                : 'has the same name as another channel of its kind. Use a different name',
            ),
          ]
        : []),
      ...unknown.map((id) =>
        problem(
          placeIn(file, channel, nth, 'components', (channel.components ?? []).indexOf(id)),
          `${quote(id)} is not in components.yml. ${didYouMean(id, known ?? [])}`,
          suggestFix(id, known ?? []),
        ),
      ),
    ];
  });
}

type RemindItem = NonNullable<SiteSettingsFile['remind']>[number];

/** The places that one item names. There should be exactly one. */
function reminderPlaces({ slack, discord, teams, webhook, email, issues }: RemindItem): ReminderChannel['channel'][] {
  const places: (ReminderChannel['channel'] | null)[] = [
    slack === undefined ? null : { kind: 'slack', urlEnv: slack.url_env },
    discord === undefined ? null : { kind: 'discord', urlEnv: discord.url_env },
    teams === undefined ? null : { kind: 'teams', urlEnv: teams.url_env },
    webhook === undefined ? null : { kind: 'webhook', urlEnv: webhook.url_env, secretEnv: webhook.secret_env },
    email === undefined ? null : { kind: 'email', to: email.to, from: email.from, smtpEnv: email.smtp_env },
    issues === true ? { kind: 'issues' } : null,
  ];
  return places.filter((place) => place !== null);
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

function toSettings(file: SiteSettingsFile, logo: Logo | null, theme: Theme | null): Settings {
  return {
    example: file.example ?? false,
    name: file.name,
    url: file.url,
    timeZone: file.time_zone,
    locale: file.locale ?? 'en-GB',
    support: file.support ?? null,
    links: file.links?.map(({ header = false, ...link }) => ({ ...link, header })) ?? [],
    footer: file.footer ?? null,
    scripts: file.scripts?.map(({ src, hosts = [], data = {} }) => ({ src, hosts, data })) ?? [],
    cadence: {
      checkIn: file.cadence?.check_in ?? 15 * minute,
      update: file.cadence?.update ?? { kind: 'at_minute', minute: 30 },
    },
    priorities: file.priorities ?? ['Customer data is safe', 'Customers are informed', 'Service is restored'],
    accent: file.accent ?? null,
    logo,
    theme,
    showPeople: file.show_people ?? false,
    postmortemWithin: file.postmortem_within ?? 7 * day,
    notify: toChannels(file),
    emailJoin: file.email?.join ?? null,
    remind: toReminders(file),
    people: file.people ?? {},
    ...writing(file),
    changed: file.changed ?? null,
  };
}

/** The time zone that the file names, for hints about its own times. */
function zoneIn({ data }: YamlSource): string {
  const said = typeof data === 'object' && data !== null && 'time_zone' in data ? data.time_zone : null;
  return typeof said === 'string' && isTimeZone(said) ? said : 'UTC';
}

type Read = {
  readonly settings: Settings | null;
  readonly problems: readonly Problem[];
  /** Components that channels name and that aren't among `known`. */
  readonly unknownComponents: (known: readonly string[]) => readonly Problem[];
};

const refused = (problems: readonly Problem[]): Read => ({ settings: null, problems, unknownComponents: () => [] });

/**
 * Reads `site.yml`; null when it is missing or has problems. The logo that it names and the theme are looked for among
 * `files`; without them they are left out.
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
  const twins = channelProblems(yaml, result.value, null);
  if (twins.length > 0) return refused(twins);
  if (result.value.compose === true && result.value.repository === undefined) {
    const message =
      'is true, but there is no repository. Add repository: and below it "  github: example/status", or delete this line';
    return refused([{ file: source.path, field: 'compose', message, fix: null, ...yaml.locate(['compose']) }]);
  }
  const unclear = (result.value.remind ?? []).findIndex((item) => reminderPlaces(item).length !== 1);
  if (unclear !== -1) {
    const message = 'must name one place. Use one of slack, discord, teams, webhook, email or "issues: true" per item';
    const path = ['remind', unclear];
    return refused([{ file: source.path, field: fieldName(path), message, fix: null, ...yaml.locate(path) }]);
  }
  const [crowded] = result.value.footer === undefined ? [] : guardProblems(text, result.value.footer, source.path);
  if (crowded !== undefined) return refused([{ ...crowded, field: 'footer', ...yaml.locate(['footer']) }]);
  const name = result.value.logo;
  const logo =
    name === undefined || files === null
      ? null
      : readLogo(name, files, { file: source.path, field: 'logo', ...yaml.locate(['logo']) });
  if (logo !== null && 'problems' in logo) return refused(logo.problems);
  const themeFile = files?.find(({ path }) => path === themePath);
  const theme = themeFile === undefined ? null : readTheme(themeFile, result.value.accent ?? null);
  if (theme !== null && 'problems' in theme) return refused(theme.problems);
  return {
    settings: toSettings(result.value, logo, theme),
    problems: [],
    unknownComponents: (known) => channelProblems(yaml, result.value, known),
  };
}
