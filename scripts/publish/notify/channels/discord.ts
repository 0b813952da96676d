import { isoTime } from '../../../../src/domain/instant.ts';
import { postJson } from '../http-post.ts';
import type { Notice } from '../notice.ts';
import type { SenderOf } from '../sender.ts';
import { outsideAddresses } from '../outside-addresses.ts';
import { shorten, shortenEscaped } from '../shorten.ts';

/** What Discord takes for markdown, a mention or a time, as it was typed. */
const escape = (text: string): string =>
  outsideAddresses(text, (part) => part.replaceAll(/[\\*_~`|>#[\]<@]/g, (sign) => `\\${sign}`));

const fitting = (text: string, length: number): string => shortenEscaped(text, length, escape);

/** Discord: 256 characters of title, 4096 of description, 6000 in all. */
export function discordMessage({ statusWords, title, text, permalink, siteName, at }: Notice): object {
  return {
    // What the text says is nobody's call: without this, @everyone would be.
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: fitting(`${statusWords}: ${title}`, 256),
        url: permalink,
        description: fitting(text, 4000),
        timestamp: isoTime(at),
        footer: { text: shorten(`${siteName} status`, 200) },
      },
    ],
  };
}

/** `wait=true`: Discord then answers when the message is there, and not before. */
function waiting(url: string): string {
  const address = new URL(url);
  address.searchParams.set('wait', 'true');
  return address.href;
}

export function discord(url: string): SenderOf<Notice, false> {
  return { channel: 'discord', together: false, send: ([notice]) => postJson(waiting(url), discordMessage(notice)) };
}
