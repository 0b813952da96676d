import { randomUUID } from 'node:crypto';
import type { Instant } from '../../../src/lib/domain/calendar.ts';
import { type Channel, channelId } from '../../../src/lib/domain/settings.ts';
import { currentComponents, type Site } from '../../../src/lib/domain/site.ts';
import { absolute, paths } from '../../../src/lib/views/lookup.ts';
import type { Context } from '../../cli/context.ts';
import type { NoSender, Sender } from './channel.ts';
import { discord, slack, teams } from './chat.ts';
import type { ChannelResult } from './deliver.ts';
import { openRecorder, type Store } from './deliveries.ts';
import { email } from './email.ts';
import type { Notice } from './notice.ts';
import { notify, type NotifyOptions, planNotify, type Waiting } from './notify.ts';
import { addressOf, secretOf } from './secrets.ts';
import { readWebhookSecret, webhook, websub } from './webhook.ts';

/** The feeds in which something is news, in every format: those of the site, of maintenance, of the components it is about; of postmortems. */
function feedsOf(site: Site, news: readonly Notice[]): string[] {
  const updates = news.filter(({ announced }) => announced);
  const concerned = new Set(updates.flatMap(({ concerns }) => concerns));
  const components = currentComponents(site).filter(({ id }) => concerned.has(id));
  return [
    ...(updates.length > 0 ? [paths.rss, paths.atom, paths.jsonFeed, paths.historyRss, paths.historyAtom] : []),
    ...(updates.some(({ kind }) => kind === 'maintenance') ? [paths.maintenanceRss] : []),
    ...components.map(({ id }) => paths.componentRss(id)),
    ...(news.some(({ kind }) => kind === 'postmortem') ? [paths.postmortemsRss] : []),
  ].flatMap((path) => site.settings.languages.map(({ folder }) => absolute({ ...site.settings, folder }, path)));
}

type Env = Context['env'];

const web = ['https:', 'http:'];

/** A channel, ready, or with what keeps it from being so. */
export function openChannel(channel: Channel, site: Site, env: Env, clock: () => Instant): Sender | NoSender {
  const { kind } = channel;
  const { settings } = site;
  switch (kind) {
    case 'websub':
      return websub(channel.hub, (news) => feedsOf(site, news));
    case 'webhook': {
      const [url, secret] = [addressOf(channel.urlEnv, env, web), secretOf(channel.secretEnv, env)];
      if ('problem' in url) return url;
      if ('problem' in secret) return secret;
      const key = readWebhookSecret(secret.value);
      if (key === null)
        return {
          problem: `${channel.secretEnv} is not a signing secret. Make one with: echo "whsec_$(openssl rand -base64 32)"`,
        };
      return webhook(url.value, key, settings.url, clock);
    }
    case 'slack':
    case 'discord':
    case 'teams': {
      const url = addressOf(channel.urlEnv, env, web);
      if ('problem' in url) return url;
      return { slack, discord, teams }[kind](url.value);
    }
    case 'email': {
      const smtp = addressOf(channel.smtpEnv, env, ['smtps:', 'smtp:']);
      if ('problem' in smtp) return smtp;
      return email({ smtp: smtp.value, from: channel.from, to: channel.to, siteUrl: settings.url });
    }
  }
}

/** Every configured channel by its id: ready to send, or why it can't. */
function openChannels(site: Site, env: Env, clock: () => Instant): Map<string, Sender | NoSender> {
  return new Map(site.settings.notify.map((channel) => [channelId(channel), openChannel(channel, site, env, clock)]));
}

type NotifyResult = {
  readonly results: readonly ChannelResult[];
  /** The channels that had no record before. */
  readonly begun: readonly string[];
};

/** Sends each channel the news it doesn't have yet. Throws UserError if the record of deliveries can't be used. */
export async function runNotify(
  site: Site,
  store: Store,
  options: NotifyOptions,
  { env, clock, sleep }: Pick<Context, 'env' | 'clock' | 'sleep'>,
): Promise<NotifyResult> {
  const recorder = await openRecorder(store);
  const plan = planNotify(site, recorder.current(), options);
  const channels = options.mark ? new Map<string, never>() : openChannels(site, env, clock);
  const results = await notify(plan, channels, recorder, {
    clock,
    sleep,
    run: randomUUID(),
  });
  return { results, begun: plan.begun };
}

/** What a run would send, by channel. Nothing is sent or recorded. */
export async function lookAhead(site: Site, store: Store, options: NotifyOptions): Promise<Waiting[]> {
  const recorder = await openRecorder(store);
  const plan = planNotify(site, recorder.current(), options);
  const record = plan.begin(recorder.current());
  return site.settings.notify.map((channel) => ({
    channel: channelId(channel),
    pending: plan.pendingOn(channelId(channel), record).map(({ id }) => id),
  }));
}
