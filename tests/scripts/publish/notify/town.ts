import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../../../scripts/cli/context.ts';
import { put, smallSite } from '../../site.ts';
import { call, type Outcome } from '../../call.ts';
import { type Mailbox, mailbox, headerOf, type Receiver, receiver } from './receivers.ts';

const settings = (hub: string): string => `name: Example
url: https://status.example.com
time_zone: Europe/Berlin
notify:
  websub:
    hub: ${hub}
  webhook:
    url_env: WEBHOOK_URL
    secret_env: WEBHOOK_SECRET
  slack:
    url_env: SLACK_URL
  discord:
    url_env: DISCORD_URL
  teams:
    url_env: TEAMS_URL
  email:
    to: all@lists.example.com
    from: Example Status <status@example.com>
    smtp_env: SMTP_URL
`;

export type Town = {
  readonly folder: string;
  readonly hub: Receiver;
  readonly webhook: Receiver;
  readonly slack: Receiver;
  readonly discord: Receiver;
  readonly teams: Receiver;
  readonly mail: Mailbox;
  readonly env: Record<string, string>;
  /** The waits that `notify` requested, in milliseconds, in order. It didn't actually wait. */
  readonly waits: number[];
  /** Adds an update to the open incident. */
  readonly update: (name: string, body: string, status?: string) => void;
  readonly notify: (now: string, ...flags: string[]) => Promise<Outcome>;
  readonly state: () => { readonly channels: Record<string, Record<string, { readonly state: string }>> };
};

export const slug = '2026-11-22-checkout-errors';

/** A small site with a receiver for each kind of channel. */
export async function town(): Promise<Town> {
  const folder = smallSite();
  const [hub, webhook, slack, discord, teams, mail] = await Promise.all([
    receiver(),
    receiver(),
    receiver(),
    receiver(),
    receiver(),
    mailbox(),
  ]);
  put(folder, 'site.yml', settings(hub.url));
  const env = {
    WEBHOOK_URL: `${webhook.url}/hook`,
    WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    SLACK_URL: `${slack.url}/services/T0/B0/s3cret`,
    DISCORD_URL: `${discord.url}/api/webhooks/1/s3cret`,
    TEAMS_URL: `${teams.url}/workflows/s3cret`,
    SMTP_URL: mail.url,
  };
  const waits: number[] = [];
  const sleep = (time: number): Promise<void> => Promise.resolve(void waits.push(time));
  return {
    folder,
    hub,
    webhook,
    slack,
    discord,
    teams,
    mail,
    env,
    waits,
    update: (name, body, status = 'identified') =>
      put(folder, `incidents/${slug}/${name}.md`, `---\nstatus: ${status}\n---\n${body}\n`),
    notify: (now, ...flags) =>
      call(['notify', '--state', 'state.json', ...flags], folder, { now, context: { env, sleep } as Partial<Context> }),
    state: () => JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as never,
  };
}

/** The texts of the updates that each channel got, in order. For WebSub, the URLs that were pinged. */
export function heard(
  { hub, webhook, slack, discord, teams, mail }: Town,
  texts: readonly string[],
): Record<string, string[]> {
  const of = (said: readonly string[]): string[] => said.flatMap((one) => texts.filter((text) => one.includes(text)));
  const bodies = ({ accepted }: Receiver): string[] => of(accepted.map(({ body }) => body));
  const pings = hub.accepted.map(({ body }) => new URLSearchParams(body).get('hub.url') ?? '');
  return {
    websub: pings,
    webhook: bodies(webhook),
    slack: bodies(slack),
    discord: bodies(discord),
    teams: bodies(teams),
    email: of(mail.letters),
  };
}

/** The ids by which receivers of webhooks and email recognize repeats. */
export function ids({ webhook, mail }: Town): { readonly webhook: unknown[]; readonly email: (string | null)[] } {
  return {
    webhook: webhook.accepted.map(({ headers }) => headers['webhook-id']),
    email: mail.letters.map((letter) => headerOf(letter, 'Message-ID')),
  };
}
