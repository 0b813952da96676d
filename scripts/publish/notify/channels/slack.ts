import { postJson } from '../http-post.ts';
import type { Notice } from '../notice.ts';
import type { SenderOf } from '../sender.ts';
import { shortenEscaped } from '../shorten.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Slack: these three are its control characters; without them no mention and no link comes about. */
const escape = (text: string): string => text.replaceAll(/[&<>]/g, (sign) => entities[sign] ?? sign);

const fitting = (text: string, length: number): string => shortenEscaped(text, length, escape);

/** Slack: 150 characters of header, 3000 a block. `verbatim` keeps it from making links of `#names` and `@names`. */
export function slackMessage({ statusWords, title, text, permalink, siteName }: Notice): object {
  const heading = `${statusWords}: ${title}`;
  return {
    // For notifications and screen readers.
    text: fitting(`${siteName}: ${heading}`, 300),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: fitting(heading, 150), emoji: false } },
      { type: 'section', text: { type: 'mrkdwn', text: fitting(text, 2900), verbatim: true } },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: `<${escape(permalink).replaceAll('|', '%7C')}|${fitting(`${siteName} status`, 200)}>`,
            verbatim: true,
          },
        ],
      },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

export function slack(url: string): SenderOf<Notice, false> {
  return { channel: 'slack', together: false, send: ([notice]) => postJson(url, slackMessage(notice)) };
}
