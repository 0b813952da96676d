import { isoTime } from '../../../src/lib/domain/calendar.ts';
import type { Channel } from '../../../src/lib/domain/settings.ts';
import { type NoSender, outsideAddresses, postJson, type Sender, shorten, shortenEscaped } from './channel.ts';
import type { ShownNotice } from './notice.ts';
import { addressOf, type Env, web } from './secrets.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Slack's three control characters. Escaping them prevents mentions and links. */
const escape = (text: string): string => text.replaceAll(/[&<>]/g, (sign) => entities[sign] ?? sign);

const fitting = (text: string, length: number): string => shortenEscaped(text, length, escape);

/**
 * Slack allows 150 characters per header and 3000 per block. `verbatim` keeps it from turning `#names` and `@names`
 * into links.
 */
export function slackMessage({ heading, text, permalink, siteName, words }: ShownNotice): object {
  return {
    // For notifications and screen readers.
    text: fitting(words.summary(siteName, heading), 300),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: fitting(heading, 150), emoji: false } },
      { type: 'section', text: { type: 'mrkdwn', text: fitting(text, 2900), verbatim: true } },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: `<${escape(permalink).replaceAll('|', '%7C')}|${fitting(words.link(siteName), 200)}>`,
            verbatim: true,
          },
        ],
      },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** Escapes the numbers of lists, which Markdown would renumber. */
const escapeNumbers = (text: string): string => text.replaceAll(/^(\s*\d{1,9})(?=[.)])/gm, '$1\\');

/** Escapes what Discord would treat as Markdown, a mention or a time. */
const discordEscape = (text: string): string =>
  escapeNumbers(outsideAddresses(text, (part) => part.replaceAll(/[\\*_~`|>#[\]<@]/g, (sign) => `\\${sign}`)));

const discordFitting = (text: string, length: number): string => shortenEscaped(text, length, discordEscape);

/** Discord allows 256 characters per title, 4096 per description and 6000 in total. */
export function discordMessage({ heading, text, permalink, siteName, at, words }: ShownNotice): object {
  return {
    // Without this, @everyone in the text would notify everyone.
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: discordFitting(heading, 256),
        url: permalink,
        description: discordFitting(text, 4000),
        timestamp: isoTime(at),
        footer: { text: shorten(words.link(siteName), 200) },
      },
    ],
  };
}

/** With `wait=true`, Discord answers once the message is posted. */
function waiting(url: string): string {
  const address = new URL(url);
  address.searchParams.set('wait', 'true');
  return address.href;
}

/**
 * Adaptive Cards support some Markdown, and `<at>` for mentions. Escapes both, and keeps the numbers of lists and the
 * spaces before a line.
 */
function plain(text: string): string {
  const escaped = outsideAddresses(text, (part) =>
    part.replaceAll(/[\\*_[\]~`#]/g, (sign) => `\\${sign}`).replaceAll(/<(?=\/?at)/gi, '<\u200b'),
  );
  return escapeNumbers(escaped)
    .replaceAll(/^(\s*)(?=[-+] )/gm, '$1\\')
    .replaceAll(/^ +/gm, (spaces) => '\u00a0'.repeat(spaces.length));
}

/** An Adaptive Card for the Teams workflow "Post to a channel when a webhook request is received". */
export function teamsMessage({ heading, text, permalink, siteName, words }: ShownNotice): object {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: plain(words.summary(siteName, shorten(heading, 250))),
    body: [
      { type: 'TextBlock', text: plain(shorten(heading, 250)), weight: 'Bolder', size: 'Medium', wrap: true },
      // Teams refuses messages above 28 KB.
      ...shorten(text, 5000)
        .split(/\n{2,}/)
        .map((paragraph) => ({ type: 'TextBlock', text: plain(paragraph).replaceAll('\n', '\n\n'), wrap: true })),
    ],
    actions: [{ type: 'Action.OpenUrl', title: words.link(siteName), url: permalink }],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

const messages = { slack: slackMessage, discord: discordMessage, teams: teamsMessage };

type Chat = Extract<Channel, { readonly kind: 'slack' | 'discord' | 'teams' }>;

/** Opens a chat for sending, or returns which variable to set. */
export function openChat({ kind, urlEnv }: Chat, env: Env): Sender<ShownNotice> | NoSender {
  const url = addressOf(urlEnv, env, web);
  if ('problem' in url) return url;
  const address = kind === 'discord' ? waiting(url.value) : url.value;
  return { kind, together: false, send: ([notice]) => postJson(address, messages[kind](notice)) };
}
