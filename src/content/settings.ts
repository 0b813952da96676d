import { day, minute } from '../domain/instant.ts';
import type { Channel } from '../domain/channel.ts';
import type { Settings } from '../domain/settings.ts';
import { type SiteSettingsFile, siteSettingsSchema } from '../schema/site-settings.ts';
import { isTimeZone } from '../schema/time-zone.ts';
import { decode } from './decode.ts';
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

function toSettings(file: SiteSettingsFile): Settings {
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
    postmortemWithin: file.postmortem_within ?? 7 * day,
    notify: toChannels(file),
    people: file.people ?? {},
    changed: file.changed ?? null,
  };
}

/** The time zone that the file names, for hints about its own times. */
function zoneIn({ data }: YamlSource): string {
  const said = typeof data === 'object' && data !== null && 'time_zone' in data ? data.time_zone : null;
  return typeof said === 'string' && isTimeZone(said) ? said : 'UTC';
}

/** Reads `site.yml`; null when it is missing or has problems. */
export function readSettings(source: SourceFile | undefined): { readonly settings: Settings | null; readonly problems: readonly Problem[] } {
  if (source === undefined) {
    const message = 'is missing. Type name:, url: and time_zone: in it, or run: npx halfpast init';
    return { settings: null, problems: [fileProblem(settingsPath, message)] };
  }
  const text = decode(source);
  if (typeof text !== 'string') return { settings: null, problems: [text] };
  const yaml = readYaml(text, source.path);
  if (Array.isArray(yaml)) return { settings: null, problems: yaml };
  const result = validate(siteSettingsSchema(zoneIn(yaml)), yaml, source.path);
  return 'problems' in result
    ? { settings: null, problems: result.problems }
    : { settings: toSettings(result.value), problems: [] };
}
