import { httpPost, patience } from '../http-post.ts';
import type { News } from '../notice.ts';
import type { SenderOf, Sending } from '../sender.ts';

/**
 * Tells a WebSub hub which feeds have news; the hub fetches them and passes them on. The form is that
 * of PubSubHubbub 0.4, which hubs share; one feed a request, which all of them take.
 */
export function websub(hub: string, feedsOf: (news: readonly News[]) => readonly string[]): SenderOf<News, true> {
  return {
    channel: 'websub',
    together: true,
    send: async (news) => {
      for (const feed of feedsOf(news)) {
        const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feed }).toString();
        const sending: Sending = await httpPost({
          url: hub,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body,
          patience,
        });
        if (sending.kind !== 'sent') return sending;
      }
      return { kind: 'sent' };
    },
  };
}
