import { createHmac } from 'node:crypto';
import { type Instant, isoTime, second } from '../../../src/lib/domain/calendar.ts';
import type { Channel } from '../../../src/lib/domain/settings.ts';
import { httpPost, type NoSender, patience, type Sender, stableId } from './channel.ts';
import type { Notice } from './notice.ts';
import { addressOf, type Env, secretOf, web } from './secrets.ts';

/** The key in a Standard Webhooks secret, which is `whsec_` and base64; null for anything else. */
export function readWebhookSecret(secret: string): Buffer | null {
  const given = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  const key = given === undefined ? null : Buffer.from(given, 'base64');
  return key !== null && key.length >= 24 && key.length <= 64 ? key : null;
}

function typeOf({ kind, status, earlier }: Notice): string {
  if (kind === 'postmortem') return 'incident.postmortem';
  if (kind === 'maintenance') return `maintenance.${status}`;
  if (status === 'resolved') return 'incident.resolved';
  return earlier.length === 0 ? 'incident.opened' : 'incident.updated';
}

/** The body. It depends only on the update, so that repeats are the same. */
function webhookBody(notice: Notice): string {
  const { id, kind, slug, at, title, status, impact, customerData, components, html, text, permalink, page } = notice;
  return JSON.stringify({
    type: typeOf(notice),
    timestamp: isoTime(at),
    data: {
      site: notice.siteName,
      update: {
        ...{ id, url: permalink, at: isoTime(at), status },
        // The incident has its own title.
        ...(kind === 'postmortem' ? { title: notice.heading } : {}),
        ...{ text, html },
      },
      [kind === 'maintenance' ? kind : 'incident']: {
        id: slug,
        url: page,
        title,
        impact,
        customer_data: customerData,
        components,
      },
    },
  });
}

/** Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, in base64. `at` is the time of sending. */
export function webhookHeaders(id: string, at: Instant, body: string, key: Buffer): Record<string, string> {
  const timestamp = String(Math.floor(at / second));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

export function webhook(url: string, key: Buffer, siteUrl: string, clock: () => Instant): Sender {
  return {
    kind: 'webhook',
    together: false,
    send: ([notice]) => {
      const body = webhookBody(notice);
      const headers = webhookHeaders(`msg_${stableId(siteUrl, notice.id)}`, clock(), body, key);
      return httpPost({ url, headers, body, patience });
    },
  };
}

type WebhookChannel = Extract<Channel, { readonly kind: 'webhook' }>;

export type OpenWebhook = { readonly url: string; readonly key: Buffer };

/** A webhook's address and signing key, or which variable to set. */
export function webhookOf({ urlEnv, secretEnv }: WebhookChannel, env: Env): OpenWebhook | NoSender {
  const [url, secret] = [addressOf(urlEnv, env, web), secretOf(secretEnv, env)];
  if ('problem' in url) return url;
  if ('problem' in secret) return secret;
  const key = readWebhookSecret(secret.value);
  if (key !== null) return { url: url.value, key };
  return {
    problem: `${secretEnv} is not a signing secret. Make one with: echo "whsec_$(openssl rand -base64 32)"`,
  };
}

/** Opens a webhook for sending, or returns which variable to set. */
export function openWebhook(
  channel: WebhookChannel,
  siteUrl: string,
  env: Env,
  clock: () => Instant,
): Sender | NoSender {
  const found = webhookOf(channel, env);
  return 'problem' in found ? found : webhook(found.url, found.key, siteUrl, clock);
}
