import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { discordMessage, slackMessage, teamsMessage } from '../../../../scripts/publish/notify/chat.ts';
import { email } from '../../../../scripts/publish/notify/email.ts';
import { readWebhookSecret, webhook } from '../../../../scripts/publish/notify/webhook.ts';
import { websub } from '../../../../scripts/publish/notify/websub.ts';
import {
  httpPost,
  mostAttempts,
  shorten,
  shortenEscaped,
  stableId,
} from '../../../../scripts/publish/notify/channel.ts';
import type { Notice } from '../../../../scripts/publish/notify/notice.ts';
import { en } from '../../../../src/lib/words/en.ts';
import { updateHtml } from '../../../../src/lib/markdown.ts';
import { headerOf, mailbox, receiver } from './receivers.ts';

const hostile =
  '@everyone <!channel> <@U123> <at>All</at> *bold* _x_ `code` [link](https://evil.example) & "quotes" https://example.com/a_b_c?x=1&y=2';

function notice(given: Partial<Notice> = {}): Notice {
  return {
    id: 'incidents/2026-11-22-checkout/2026-11-22T1430Z',
    kind: 'incident',
    said: '0',
    slug: '2026-11-22-checkout',
    earlier: ['incidents/2026-11-22-checkout/2026-11-22T1405Z'],
    siteName: 'Example',
    at: Date.parse('2026-11-22T14:30:00Z'),
    title: 'Checkout errors',
    status: 'identified',
    heading: 'Identified: Checkout errors',
    words: en.notice,
    impact: 'major',
    customerData: 'unaffected',
    components: { checkout: 'partial_outage' },
    concerns: ['checkout'],
    announced: true,
    reach: { components: ['checkout'], impact: 'major' },
    html: '<p>A price list is missing.</p>',
    text: 'A price list is missing.',
    permalink: 'https://status.example.com/incidents/2026-11-22-checkout/#2026-11-22T1430Z',
    page: 'https://status.example.com/incidents/2026-11-22-checkout/',
    ...given,
  };
}

describe('a signed webhook', () => {
  const key = Buffer.alloc(32, 7);
  const now = Date.parse('2026-11-22T14:31:05.700Z');

  it('carries the signature, time and id of Standard Webhooks', async () => {
    const at = await receiver();
    expect(await webhook(at.url, key, 'https://status.example.com', () => now).send([notice()])).toEqual({
      kind: 'sent',
    });
    const { headers = {}, body = '' } = at.accepted[0] ?? {};
    expect(headers['webhook-timestamp']).toBe('1795357865');
    expect(headers['webhook-id']).toMatch(/^msg_[0-9a-f]{32}$/);
    const expected = createHmac('sha256', key)
      .update(`${String(headers['webhook-id'])}.1795357865.${body}`)
      .digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(JSON.parse(body)).toMatchObject({
      type: 'incident.updated',
      timestamp: '2026-11-22T14:30:00.000Z',
      data: {
        update: { text: 'A price list is missing.', status: 'identified' },
        incident: { id: '2026-11-22-checkout', components: { checkout: 'partial_outage' } },
      },
    });
  });

  it('has the same id and body at each try, and different ones for another update', async () => {
    const at = await receiver();
    const sender = webhook(at.url, key, 'https://status.example.com', () => now);
    for (const one of [notice(), notice(), notice({ id: 'incidents/2026-11-22-checkout/2026-11-22T1500Z' })])
      await sender.send([one]);
    const ids = at.accepted.map(({ headers }) => headers['webhook-id']);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(at.accepted[0]?.body).toBe(at.accepted[1]?.body);
  });

  it('says what happened by its type', async () => {
    const at = await receiver();
    const sender = webhook(at.url, key, 'https://status.example.com', () => now);
    for (const one of [
      notice({ earlier: [] }),
      notice(),
      notice({ status: 'resolved' }),
      notice({ kind: 'maintenance', status: 'scheduled' }),
    ])
      await sender.send([one]);
    const types = at.accepted.map(({ body }) => (JSON.parse(body) as { readonly type: string }).type);
    expect(types).toEqual(['incident.opened', 'incident.updated', 'incident.resolved', 'maintenance.scheduled']);
  });

  it('only accepts secrets that other tools can use too', () => {
    expect(readWebhookSecret(`whsec_${key.toString('base64')}`)).toEqual(key);
    for (const wrong of [
      'secret',
      key.toString('base64'),
      'whsec_',
      'whsec_c2hvcnQ=',
      'whsec_not base64',
      `whsec_${Buffer.alloc(65, 7).toString('base64')}`,
    ]) {
      expect(readWebhookSecret(wrong)).toBeNull();
    }
  });
});

describe('the whole message', () => {
  const link = 'https://status.example.com/incidents/2026-11-22-checkout/#2026-11-22T1430Z';

  it('to Slack', () => {
    expect(slackMessage(notice({ permalink: `${link}|&` }))).toEqual({
      text: 'Example: Identified: Checkout errors',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Identified: Checkout errors', emoji: false } },
        { type: 'section', text: { type: 'mrkdwn', text: 'A price list is missing.', verbatim: true } },
        {
          type: 'context',
          elements: [{ type: 'mrkdwn', text: `<${link}%7C&amp;|Example status>`, verbatim: true }],
        },
      ],
      unfurl_links: false,
      unfurl_media: false,
    });
  });

  it('to Discord', () => {
    expect(discordMessage(notice())).toEqual({
      allowed_mentions: { parse: [] },
      embeds: [
        {
          title: 'Identified: Checkout errors',
          url: link,
          description: 'A price list is missing.',
          timestamp: '2026-11-22T14:30:00.000Z',
          footer: { text: 'Example status' },
        },
      ],
    });
  });

  it('to Teams', () => {
    expect(teamsMessage(notice({ text: 'One.\n\n\nTwo\nlines.' }))).toEqual({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            fallbackText: 'Example: Identified: Checkout errors',
            body: [
              { type: 'TextBlock', text: 'Identified: Checkout errors', weight: 'Bolder', size: 'Medium', wrap: true },
              { type: 'TextBlock', text: 'One.', wrap: true },
              { type: 'TextBlock', text: 'Two\n\nlines.', wrap: true },
            ],
            actions: [{ type: 'Action.OpenUrl', title: 'Example status', url: link }],
          },
        },
      ],
    });
  });

  it('to a webhook, of an incident, a maintenance and a postmortem', async () => {
    const at = await receiver();
    const sender = webhook(at.url, Buffer.alloc(32, 7), 'https://status.example.com', () => 0);
    const update = {
      id: 'incidents/2026-11-22-checkout/2026-11-22T1430Z',
      url: link,
      at: '2026-11-22T14:30:00.000Z',
      status: 'identified',
      text: 'A price list is missing.',
      html: '<p>A price list is missing.</p>',
    };
    const of = {
      id: '2026-11-22-checkout',
      url: 'https://status.example.com/incidents/2026-11-22-checkout/',
      title: 'Checkout errors',
      impact: 'major',
      customer_data: 'unaffected',
      components: { checkout: 'partial_outage' },
    };
    for (const kind of ['incident', 'maintenance', 'postmortem'] as const) await sender.send([notice({ kind })]);
    const timestamp = '2026-11-22T14:30:00.000Z';
    expect(at.accepted.map(({ body }) => JSON.parse(body) as object)).toEqual([
      { type: 'incident.updated', timestamp, data: { site: 'Example', update, incident: of } },
      { type: 'maintenance.identified', timestamp, data: { site: 'Example', update, maintenance: of } },
      {
        type: 'incident.postmortem',
        timestamp,
        data: { site: 'Example', update: { ...update, title: 'Identified: Checkout errors' }, incident: of },
      },
    ]);
    expect(at.accepted[0]?.headers['content-type']).toBe('application/json');
  });
});

it.each([
  [23, false],
  [24, true],
  [64, true],
  [65, false],
])('a signing secret of %i bytes is accepted: %s', (length, taken) => {
  expect(readWebhookSecret(`whsec_${Buffer.alloc(length, 7).toString('base64')}`) !== null).toBe(taken);
});

it.each([
  ['websub', Infinity],
  ['webhook', Infinity],
  ['slack', 2],
  ['discord', 2],
  ['teams', 2],
  ['email', 2],
] as const)('a message on %s is sent %s times at most', (kind, most) => {
  expect(mostAttempts(kind)).toBe(most);
});

it('a name for an update differs by site and by update, and never changes', () => {
  expect(stableId('https://a.example', 'x')).toBe(stableId('https://a.example', 'x'));
  expect(new Set([stableId('a', 'x'), stableId('b', 'x'), stableId('a', 'y')]).size).toBe(3);
  expect(stableId('a', 'x')).toMatch(/^[0-9a-f]{32}$/);
});

it('a hub that fails for one feed isn’t notified of the next', async () => {
  const hub = await receiver();
  hub.reply = () => ({ status: 400, body: 'no' });
  const feeds = ['https://status.example.com/rss.xml', 'https://status.example.com/atom.xml'];
  expect(await websub(hub.url, () => feeds).send([notice()])).toEqual({ kind: 'refused', reason: 'status 400, no' });
  expect(hub.asked).toHaveLength(1);
});

describe('a message to a chat', () => {
  it('to Slack has no mentions and no links from the text', () => {
    const message = JSON.stringify(slackMessage(notice({ title: hostile, text: hostile })));
    expect(message).toContain('&lt;!channel&gt; &lt;@U123&gt;');
    expect(message).not.toMatch(/<[!@#]/);
    expect(message).toContain(
      '<https://status.example.com/incidents/2026-11-22-checkout/#2026-11-22T1430Z|Example status>',
    );
  });

  it('to Slack stays within its limits and never cuts an entity', () => {
    const text = '<&>'.repeat(3000);
    const { blocks } = slackMessage(notice({ title: text, text })) as {
      readonly blocks: readonly { readonly text?: { readonly text: string } }[];
    };
    expect(blocks[0]?.text?.text.length).toBeLessThanOrEqual(150);
    expect(blocks[1]?.text?.text.length).toBeLessThanOrEqual(3000);
    expect(blocks[1]?.text?.text).toMatch(/^(?:&lt;|&amp;|&gt;)+…$/);
  });

  it('to Discord mentions nobody, and shows the text literally, with intact URLs', () => {
    const message = discordMessage(notice({ title: hostile, text: hostile })) as {
      readonly allowed_mentions: object;
      readonly embeds: readonly { readonly description: string }[];
    };
    expect(message.allowed_mentions).toEqual({ parse: [] });
    const description = message.embeds[0]?.description ?? '';
    expect(description).toContain('\\@everyone \\<!channel\\> \\<\\@U123\\>');
    expect(description).toContain('\\*bold\\* \\_x\\_ \\`code\\` \\[link\\]');
    expect(description).toContain('https://example.com/a_b_c?x=1&y=2');
  });

  it('to Discord stays within its limits and never cuts an escape', () => {
    const text = '*_'.repeat(6000);
    const { embeds } = discordMessage(notice({ title: text, text })) as {
      readonly embeds: readonly { readonly title: string; readonly description: string }[];
    };
    expect(embeds[0]?.title.length).toBeLessThanOrEqual(256);
    expect(embeds[0]?.description.length).toBeLessThanOrEqual(4096);
    expect(embeds[0]?.description).toMatch(/^(?:\\\*|\\_)+…$/);
  });

  it('to Teams is an Adaptive Card that mentions nobody and fits', () => {
    const message = teamsMessage(notice({ title: hostile, text: `${hostile}\n\n${'x '.repeat(20_000)}` }));
    const text = JSON.stringify(message);
    expect(text.length).toBeLessThan(28_000);
    expect(text).not.toMatch(/<at>/i);
    expect(text).toContain('\\\\*bold\\\\*');
    expect(message).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', actions: [{ type: 'Action.OpenUrl' }] },
        },
      ],
    });
  });

  it('to a chat with Markdown keeps the numbers, bullets and spaces of the text', () => {
    const text = '1. Close\n   - a\n3. Open\n\n27. November, about 3.5 GB\n\n- b';
    expect(JSON.stringify(discordMessage(notice({ text })))).toContain(
      JSON.stringify('1\\. Close\n   - a\n3\\. Open\n\n27\\. November, about 3.5 GB\n\n- b'),
    );
    const card = JSON.stringify(teamsMessage(notice({ text })));
    for (const paragraph of [
      '1\\. Close\n\n\u00a0\u00a0\u00a0\\- a\n\n3\\. Open',
      '27\\. November, about 3.5 GB',
      '\\- b',
    ])
      expect(card).toContain(`"text":${JSON.stringify(paragraph)}`);
  });

  it('is never cut in the middle of a character', () => {
    expect(shorten('🦔'.repeat(10), 8)).toBe('🦔🦔🦔…');
    expect(shorten('one two three', 9)).toBe('one two…');
    expect(shorten('short', 5)).toBe('short');
    expect(shorten('longer', 5)).toBe('long…');
    // A word is only kept whole if more than half of the text is left.
    expect(shorten('ab cdefghij', 10)).toBe('ab cdefgh…');
    expect(shorten('abcdef ghijk', 10)).toBe('abcdef…');
    expect(shorten('abcd   ghijk', 6)).toBe('abcd…');
  });

  it('is escaped first and cut to what then fits', () => {
    const double = (text: string): string => text.replaceAll('*', '**');
    expect(shortenEscaped('****', 8, double)).toBe('********');
    expect(shortenEscaped('*****', 8, double)).toBe('******…');
    expect(shortenEscaped('abc', 3, double)).toBe('abc');
  });
});

it('a hub is notified of each feed in a separate request', async () => {
  const hub = await receiver();
  const feeds = ['https://status.example.com/rss.xml', 'https://status.example.com/components/a&b/rss.xml'];
  expect(await websub(hub.url, () => feeds).send([notice()])).toEqual({ kind: 'sent' });
  expect(hub.accepted.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))).toEqual(
    feeds.map((feed) => ({ 'hub.mode': 'publish', 'hub.url': feed })),
  );
  expect(hub.accepted[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
});

describe('an e-mail', () => {
  const box = {
    from: 'Example Status <status@example.com>',
    to: 'all@lists.example.com',
    siteUrl: 'https://status.example.com',
  };

  it('has a unique id, replies to the first update of its incident, and asks for no automatic replies', async () => {
    const at = await mailbox();
    const sender = email({ ...box, smtp: at.url });
    const first = notice({ id: 'incidents/2026-11-22-checkout/2026-11-22T1405Z', earlier: [] });
    for (const one of [first, notice(), notice()]) expect(await sender.send([one])).toEqual({ kind: 'sent' });
    const [one = '', two = '', again = ''] = at.letters;
    const id = headerOf(one, 'Message-ID');
    expect(id).toMatch(/^<[0-9a-f]{32}@status\.example\.com>$/);
    expect(headerOf(one, 'In-Reply-To')).toBeNull();
    expect(headerOf(two, 'In-Reply-To')).toBe(id);
    expect(headerOf(two, 'References')).toBe(id);
    expect(headerOf(again, 'Message-ID')).toBe(headerOf(two, 'Message-ID'));
    expect(headerOf(two, 'Subject')).toBe('[Example] Identified: Checkout errors');
    expect(headerOf(two, 'To')).toBe('all@lists.example.com');
    expect(headerOf(two, 'Auto-Submitted')).toBe('auto-generated');
    expect(headerOf(two, 'Date')).toBe('Sun, 22 Nov 2026 14:30:00 +0000');
    expect(two).toContain('A price list is missing.');
    // Long lines are folded in transit.
    expect(two.replaceAll('=\r\n', '')).toContain(
      'https://status.example.com/incidents/2026-11-22-checkout/#2026-11-22T1430Z',
    );
  });

  it('replies to the first and the last update of its incident, and to none between them', async () => {
    const at = await mailbox();
    const earlier = ['1400', '1410', '1420'].map((time) => `incidents/2026-11-22-checkout/2026-11-22T${time}Z`);
    const sender = email({ ...box, smtp: at.url });
    for (const id of earlier) await sender.send([notice({ id, earlier: [] })]);
    await sender.send([notice({ earlier })]);
    const [first, , last] = at.letters.map((letter) => headerOf(letter, 'Message-ID'));
    const letter = at.letters[3] ?? '';
    expect([headerOf(letter, 'In-Reply-To'), headerOf(letter, 'References')]).toEqual([first, `${first} ${last}`]);
  });

  /** Accepts everything up to the message itself, and then disconnects. */
  const breaksOff = (socket: Socket): void => {
    socket.write('220 hello\r\n');
    socket.on('data', (data) => {
      const [command = ''] = data.toString().split(/\s/);
      if (command === 'DATA') socket.write('354 go on\r\n');
      else if (['EHLO', 'MAIL', 'RCPT', 'QUIT'].includes(command)) socket.write('250 ok\r\n');
      else socket.destroy();
    });
  };

  it.each([
    ['closes before it takes the message', (socket: Socket) => void socket.end(), 'later'],
    ['speaks no SMTP', (socket: Socket) => void socket.end('hello\r\n'), 'later'],
    ['breaks off in the message', breaksOff, 'unclear'],
  ])('to a server that %s: %#', async (_, answer, kind) => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const smtp = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await email({ ...box, smtp }).send([notice()])).toMatchObject({ kind });
  });

  it('gives right-to-left text its direction', async () => {
    const at = await mailbox();
    const html = updateHtml('نحقق في فشل الدخول (API v2).', 'https://status.example.com/');
    await email({ ...box, smtp: at.url }).send([notice({ html })]);
    expect((at.letters[0] ?? '').replaceAll('=\r\n', '')).toContain('<p dir=3D"rtl">=D9=86');
  });

  it('can’t get more headers or recipients through a title', async () => {
    const at = await mailbox();
    await email({ ...box, smtp: at.url }).send([notice({ title: 'x\r\nBcc: victim@example.org\r\n\r\nbody' })]);
    expect(headerOf(at.letters[0] ?? '', 'Bcc')).toBeNull();
    expect(headerOf(at.letters[0] ?? '', 'Subject')).toContain('x');
  });

  it('is sent with the right password, and refused with a wrong one, which isn’t printed', async () => {
    const at = await mailbox('p@ss/word');
    const { host } = new URL(at.url);
    expect(await email({ ...box, smtp: `smtp://user:p%40ss%2Fword@${host}` }).send([notice()])).toEqual({
      kind: 'sent',
    });
    const wrong = await email({ ...box, smtp: `smtp://user:wr0ng@${host}` }).send([notice()]);
    expect(wrong).toMatchObject({ kind: 'refused', reason: expect.stringContaining('535') });
    expect(JSON.stringify(wrong)).not.toContain('wr0ng');
  });

  it('doesn’t send its password to another machine without TLS, or to one with a wrong certificate', async () => {
    const [plain, secured] = [await mailbox('pass'), await mailbox('pass', true)];
    // Another name of this machine, which isn't known as such.
    const other = plain.url.replace('//127.0.0.1', '//user:pass@127.1');
    expect(await email({ ...box, smtp: other }).send([notice()])).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('STARTTLS') as string,
    });
    const wrong = secured.url.replace('//', '//user:pass@');
    expect(await email({ ...box, smtp: wrong }).send([notice()])).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('certificate') as string,
    });
    expect([plain.passwords, secured.passwords]).toEqual([[], []]);
  });

  it.each([
    [550, 'refused'],
    [451, 'later'],
  ])('that the server answers with %i is %s', async (code, kind) => {
    const at = await mailbox();
    at.refuse = () => ({ code, message: 'no' });
    expect(await email({ ...box, smtp: at.url }).send([notice()])).toMatchObject({ kind });
  });

  it('to a server that isn’t there may go through later', async () => {
    expect(await email({ ...box, smtp: 'smtp://127.0.0.1:9' }).send([notice()])).toMatchObject({ kind: 'later' });
  });
});

describe('an answer to a message', () => {
  it.each([
    [200, 'sent', null],
    [204, 'sent', null],
    [302, 'refused', null],
    [400, 'refused', null],
    [404, 'refused', null],
    [410, 'refused', null],
    [408, 'later', null],
    [429, 'later', 7000],
    [425, 'later', null],
    [500, 'unclear', null],
    [503, 'unclear', 7000],
  ])('of status %i means %s', async (status, kind, wait) => {
    const at = await receiver();
    at.reply = () => ({ status, headers: wait === null ? {} : { 'retry-after': '7' }, body: 'because' });
    const sending = await httpPost({ url: at.url, headers: {}, body: 'x', patience: 1000 });
    expect(sending).toMatchObject(
      kind === 'sent' ? { kind } : { kind, reason: `status ${status}${status === 204 ? '' : ', because'}` },
    );
    if (kind === 'later' || kind === 'unclear') expect(sending).toMatchObject({ wait });
  });

  it('that never comes isn’t waited for forever', async () => {
    const at = await receiver();
    at.reply = () => 'silence';
    expect(await httpPost({ url: at.url, headers: {}, body: 'x', patience: 200 })).toEqual({
      kind: 'unclear',
      reason: 'timed out after 0.2 seconds',
      wait: null,
    });
  });

  it('that can’t come, because nothing was sent, means later', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const closed = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    const plain = (await receiver()).url.replace('http:', 'https:');
    for (const url of [`http://${closed}/`, plain, 'http://nowhere.invalid/'])
      expect(await httpPost({ url, headers: {}, body: 'x', patience: 5000 }), url).toMatchObject({ kind: 'later' });
  });

  it('that can’t come, because no address of the host answers, means later', async () => {
    const late = Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'connect' });
    const cause = Object.assign(new AggregateError([late, late]), { code: 'ETIMEDOUT' });
    vi.spyOn(globalThis, 'fetch').mockRejectedValueOnce(new TypeError('fetch failed', { cause }));
    onTestFinished(() => void vi.restoreAllMocks());
    expect(await httpPost({ url: 'http://host.invalid/', headers: {}, body: 'x', patience: 1 })).toEqual({
      kind: 'later',
      reason: 'ETIMEDOUT',
      wait: null,
    });
  });

  it('that breaks off is unclear, unless nothing was sent yet', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const post = { headers: {}, body: 'x', patience: 5000 };
    expect(await httpPost({ url: `http://${address}`, ...post })).toMatchObject({ kind: 'unclear' });
    // Nothing is sent before TLS is established.
    expect(await httpPost({ url: `https://${address}`, ...post })).toMatchObject({ kind: 'later' });
  });

  it('doesn’t print the URL, which is a secret', async () => {
    const at = await receiver();
    const url = `${at.url}/services/T000/B000/secret`;
    at.reply = () => ({ status: 404, body: `no such hook: ${url}` });
    expect(JSON.stringify(await httpPost({ url, headers: {}, body: 'x', patience: 1000 }))).not.toContain('secret');
    expect(
      JSON.stringify(await httpPost({ url: 'http://127.0.0.1:9/secret', headers: {}, body: 'x', patience: 1000 })),
    ).not.toContain('secret');
  });
});
