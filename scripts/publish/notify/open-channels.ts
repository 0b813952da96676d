import type { Channel } from '../../../src/domain/channel.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import type { Site } from '../../../src/domain/site.ts';
import type { World } from '../../cli/world.ts';
import { discord } from './channels/discord.ts';
import { email } from './channels/email.ts';
import { slack } from './channels/slack.ts';
import { teams } from './channels/teams.ts';
import { readWebhookSecret, webhook } from './channels/webhook.ts';
import { websub } from './channels/websub.ts';
import { feedsOf } from './feeds-of.ts';
import type { NoSender, Sender } from './sender.ts';

type Env = World['env'];

/** A secret, or what to do to have it. */
type Secret = { readonly value: string } | { readonly problem: string };

function secretOf(name: string, env: Env): Secret {
  const value = env[name]?.trim() ?? '';
  if (value !== '') return { value };
  return {
    problem: `${name} is not set. Export it where publish or notify runs; on GitHub, make it a secret that is passed to the notify step`,
  };
}

function addressOf(name: string, env: Env, protocols: readonly string[]): Secret {
  const secret = secretOf(name, env);
  if ('problem' in secret || protocols.includes(URL.parse(secret.value)?.protocol ?? '')) return secret;
  // The value stays out of it: it is a secret, even when it is wrong.
  return {
    problem: `${name} holds no address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}. Set it anew`,
  };
}

const web = ['https:', 'http:'];

function open(channel: Channel, site: Site, env: Env, clock: () => Instant): Sender | NoSender {
  const { kind } = channel;
  const { settings } = site;
  switch (kind) {
    case 'websub':
      return websub(channel.hub, (news) => feedsOf(site, news));
    case 'webhook': {
      const [url, secret] = [addressOf(channel.urlEnv, env, web), secretOf(channel.secretEnv, env)];
      if ('problem' in url) return { channel: kind, problem: url.problem };
      if ('problem' in secret) return { channel: kind, problem: secret.problem };
      const key = readWebhookSecret(secret.value);
      if (key === null)
        return {
          channel: kind,
          problem: `${channel.secretEnv} is not a signing secret. Make one with: echo "whsec_$(openssl rand -base64 32)"`,
        };
      return webhook(url.value, key, settings.url, clock);
    }
    case 'slack':
    case 'discord':
    case 'teams': {
      const url = addressOf(channel.urlEnv, env, web);
      if ('problem' in url) return { channel: kind, problem: url.problem };
      return { slack, discord, teams }[kind](url.value);
    }
    case 'email': {
      const smtp = addressOf(channel.smtpEnv, env, ['smtps:', 'smtp:']);
      if ('problem' in smtp) return { channel: kind, problem: smtp.problem };
      return email({ smtp: smtp.value, from: channel.from, to: channel.to, siteUrl: settings.url });
    }
  }
}

/** Every configured channel, ready, or with what keeps it from being so. */
export function openChannels(site: Site, env: Env, clock: () => Instant): (Sender | NoSender)[] {
  return site.settings.notify.map((channel) => open(channel, site, env, clock));
}
