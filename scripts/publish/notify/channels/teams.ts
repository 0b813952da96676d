import { postJson } from '../http-post.ts';
import type { Notice } from '../notice.ts';
import type { SenderOf } from '../sender.ts';
import { outsideAddresses } from '../outside-addresses.ts';
import { shorten } from '../shorten.ts';

/** Adaptive Cards know a little markdown and `<at>` for mentions; a zero-width space makes both plain text. */
function plain(text: string): string {
  return outsideAddresses(text, (part) =>
    part.replaceAll(/[\\*_[\]~`#]/g, (sign) => `\\${sign}`).replaceAll(/<(?=\/?at)/gi, '<\u200b'),
  );
}

/** An Adaptive Card, as workflows ("Post to a channel when a webhook request is received") take it. */
export function teamsMessage({ statusWords, title, text, permalink, siteName }: Notice): object {
  const heading = `${statusWords}: ${title}`;
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: plain(`${siteName}: ${shorten(heading, 250)}`),
    body: [
      { type: 'TextBlock', text: plain(shorten(heading, 250)), weight: 'Bolder', size: 'Medium', wrap: true },
      // Teams refuses messages above 28 KB.
      ...shorten(text, 5000)
        .split(/\n{2,}/)
        .map((paragraph) => ({ type: 'TextBlock', text: plain(paragraph).replaceAll('\n', '\n\n'), wrap: true })),
    ],
    actions: [{ type: 'Action.OpenUrl', title: `${siteName} status`, url: permalink }],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

export function teams(url: string): SenderOf<Notice, false> {
  return { channel: 'teams', together: false, send: ([notice]) => postJson(url, teamsMessage(notice)) };
}
