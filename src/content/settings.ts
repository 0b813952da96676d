import { day, minute } from '../domain/instant.ts';
import type { Channel } from '../domain/channel.ts';
import type { Logo, Settings } from '../domain/settings.ts';
import { type SiteSettingsFile, siteSettingsSchema } from '../schema/site-settings.ts';
import { isTimeZone } from '../schema/time-zone.ts';
import { decode } from './decode.ts';
import { readLogo } from './logo.ts';
import { fileProblem, type Problem } from './problem.ts';
import type { SourceFile } from './source-file.ts';
import { validate } from './validate.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

export const settingsPath = 'site.yml';

function toChannels({ notify }: SiteSettingsFile): Channel[] {
  const { websub, webhook, slack, discord, teams, email } = notify ?? {};
  const channels: (Channel | null)[] = [
    websub === undefined ? null : { kind: 'websub', hub: websub.hub },
    webhook === undefined ? null : { kind: 'webhook', urlEnv: webhook.url_env, secretEnv: webhook.secret_env },
    slack === undefined ? null : { kind: 'slack', urlEnv: slack.url_env },
    discord === undefined ? null : { kind: 'discord', urlEnv: discord.url_env },
    teams === undefined ? null : { kind: 'teams', urlEnv: teams.url_env },
    email === undefined ? null : { kind: 'email', to: email.to, from: email.from, smtpEnv: email.smtp_env },
  ];
  return channels.filter((channel) => channel !== null);
}

function writing({ repository, compose = true }: SiteSettingsFile): Pick<Settings, 'repository' | 'compose'> {
  if (repository === undefined) return { repository: null, compose: false };
  const { github, branch = 'main', content = 'content' } = repository;
  return { repository: { name: github, branch, folder: content }, compose };
}

function toSettings(file: SiteSettingsFile, logo: Logo | null): Settings {
  return {
    name: file.name,
    url: file.url,
    timeZone: file.time_zone,
    locale: file.locale ?? 'en-GB',
    links: file.links ?? [],
    cadence: {
      checkIn: file.cadence?.check_in ?? 15 * minute,
      update: file.cadence?.update ?? { kind: 'at_minute', minute: 30 },
    },
    priorities: file.priorities ?? ['Customer data is safe', 'Customers are told', 'Service is restored'],
    accent: file.accent ?? null,
    logo,
    showPeople: file.show_people ?? false,
    postmortemWithin: file.postmortem_within ?? 7 * day,
    notify: toChannels(file),
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

type Read = { readonly settings: Settings | null; readonly problems: readonly Problem[] };

/**
 * Reads `site.yml`; null when it is missing or has problems. The logo that it names is looked for among
 * `files`; without them it is left out.
 */
export function readSettings(source: SourceFile | undefined, files: readonly SourceFile[] | null = null): Read {
  if (source === undefined) {
    const message = 'is missing. Type name:, url: and time_zone: in it, or run: npx halfpast init';
    return { settings: null, problems: [fileProblem(settingsPath, message)] };
  }
  const text = decode(source);
  if (typeof text !== 'string') return { settings: null, problems: [text] };
  const yaml = readYaml(text, source.path);
  if (Array.isArray(yaml)) return { settings: null, problems: yaml };
  const result = validate(siteSettingsSchema(zoneIn(yaml)), yaml, source.path);
  if ('problems' in result) return { settings: null, problems: result.problems };
  if (result.value.compose === true && result.value.repository === undefined) {
    const message = 'is true, but nothing says where the content is on GitHub. Type repository: and below it "  github: example/status", or delete the line';
    return { settings: null, problems: [{ file: source.path, field: 'compose', message, ...yaml.locate(['compose']) }] };
  }
  const name = result.value.logo;
  const logo = name === undefined || files === null ? null : readLogo(name, files, { file: source.path, field: 'logo', ...yaml.locate(['logo']) });
  return logo !== null && 'problems' in logo
    ? { settings: null, problems: logo.problems }
    : { settings: toSettings(result.value, logo), problems: [] };
}
