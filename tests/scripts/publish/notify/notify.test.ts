import { cpSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put } from '../../site.ts';
import { call } from '../../call.ts';
import { headerOf } from './receivers.ts';
import { heard, ids, slug, type Town, town } from './town.ts';

const addresses = (...paths: string[]): string[] => paths.map((path) => `https://status.example.com/${path}`);
const everyUpdate = ['rss.xml', 'atom.xml', 'feed.json', 'history.rss', 'history.atom'];
const feeds = addresses(...everyUpdate, 'components/checkout/rss.xml');
const everywhere = (...texts: string[]): object => ({
  webhook: texts,
  slack: texts,
  discord: texts,
  teams: texts,
  email: texts,
});

describe('each update', () => {
  it('is sent once to each channel from the second run on; the first run marks existing updates as sent', async () => {
    const at = await town();
    const first = await at.notify('2026-11-22T14:10Z');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^New channels, notified from now on: websub, webhook, slack, discord, teams, email\./,
    );
    expect(heard(at, ['Some card payments'])).toEqual({ websub: [], ...everywhere() });

    at.update('2026-11-22T1430Z', 'A price list is missing.');
    const second = await at.notify('2026-11-22T14:31Z');
    expect(second).toEqual({
      code: 0,
      stderr: '',
      stdout:
        'websub: 1 update sent\nwebhook: 1 update sent\nslack: 1 update sent\ndiscord: 1 update sent\nteams: 1 update sent\nemail: 1 update sent\n',
    });
    expect(heard(at, ['Some card payments', 'A price list'])).toEqual({ websub: feeds, ...everywhere('A price list') });

    const third = await at.notify('2026-11-22T14:32Z');
    expect(third.stdout).toContain('email: nothing new');
    at.update('2026-11-22T1500Z', 'Almost done.', 'monitoring');
    at.update('2026-11-22T1510Z', 'All is well.', 'resolved');
    await at.notify('2026-11-22T15:11Z');
    const all = ['A price list', 'Almost done', 'All is well'];
    expect(heard(at, all)).toEqual({ websub: [...feeds, ...feeds], ...everywhere(...all) });
    expect(new Set(ids(at).webhook).size).toBe(3);
  });

  it('that was written late, with an earlier time, is sent, and one that was edited or imported isn’t', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    await at.notify('2026-11-22T14:31Z');
    at.update('2026-11-22T1430Z', 'A price list was missing.');
    put(
      at.folder,
      'incidents/2024-01-02-old/2024-01-02T0000Z.md',
      '---\ntitle: Old\nstatus: resolved\nimpact: minor\n---\nLong ago.\n',
    );
    expect((await at.notify('2026-11-22T14:40Z')).stdout).toContain('slack: nothing new');
    at.update('2026-11-22T1420Z', 'The one before.');
    await at.notify('2026-11-22T14:41Z');
    expect(heard(at, ['A price list', 'Long ago', 'one before'])['slack']).toEqual(['A price list', 'one before']);
  });

  it('of maintenance is sent too', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    put(
      at.folder,
      'maintenance/2026-12-02-cables/2026-11-22T1420Z.md',
      '---\ntitle: New cables\nstatus: scheduled\nscheduled_for: 2026-12-02T20:00Z\nscheduled_until: 2026-12-02T21:00Z\ncomponents:\n  website: under_maintenance\n---\nShort breaks.\n',
    );
    await at.notify('2026-11-22T14:21Z');
    expect(heard(at, ['Short breaks'])).toEqual({
      websub: addresses(...everyUpdate, 'maintenance/rss.xml', 'components/website/rss.xml'),
      ...everywhere('Short breaks'),
    });
    expect(at.webhook.accepted[0]?.body).toContain('"type":"maintenance.scheduled"');
  });
});

describe('a postmortem', () => {
  const postmortem = (title: string, notify = 'notify: true\n'): string =>
    `---\ntitle: ${title}\npublished: 2026-11-22T14:20Z\n${notify}authors: [Dana]\nsummary: A price list was missing.\ncustomer_data: unaffected\n---\nWe lost a price list.\n`;
  const path = `postmortems/${slug}.md`;
  const ownFeed = addresses('postmortems/rss.xml');

  it('is sent once to each channel, no matter what is edited or renamed later', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    put(at.folder, path, postmortem('What happened'));
    expect((await at.notify('2026-11-22T14:21Z')).stdout).toContain('websub: 1 update sent\nwebhook: 1 update sent\n');
    put(at.folder, path, postmortem('What had happened'));
    await at.notify('2026-11-22T14:22Z');
    expect(heard(at, ['price list'])).toEqual({ websub: [...feeds, ...ownFeed], ...everywhere('price list') });
    expect(JSON.parse(at.webhook.accepted[0]?.body ?? '')).toMatchObject({
      type: 'incident.postmortem',
      data: {
        update: {
          id: `postmortems/${slug}`,
          url: `https://status.example.com/postmortems/${slug}/`,
          status: 'postmortem',
          title: 'Postmortem: What happened',
          text: 'Customer data is not affected.\n\nA price list was missing.',
        },
        incident: { id: slug, url: `https://status.example.com/incidents/${slug}/` },
      },
    });
    const [letter = ''] = at.mail.letters;
    expect(headerOf(letter, 'Subject')).toBe('[Example] Postmortem: What happened');
    expect(headerOf(letter, 'References')).not.toBeNull();
    renameSync(join(at.folder, 'content/incidents', slug), join(at.folder, 'content/incidents', `${slug}-2`));
    renameSync(join(at.folder, 'content', path), join(at.folder, `content/postmortems/${slug}-2.md`));
    expect((await at.notify('2026-11-22T14:23Z')).stdout, 'its folder has another name').toContain(
      'slack: nothing new',
    );
  });

  it('without notify: true reaches only the hub, for its own feed, once', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    for (const [minute, notify] of ['', '', 'notify: false\n'].entries()) {
      put(at.folder, path, postmortem('What happened', notify));
      await at.notify(`2026-11-22T14:2${minute + 1}Z`);
      expect(heard(at, ['price list'])).toEqual({ websub: ownFeed, ...everywhere() });
    }
  });

  it('from before the channels existed, or older than a week, isn’t sent', async () => {
    const at = await town();
    put(at.folder, path, postmortem('What happened'));
    await at.notify('2026-11-22T14:21Z');
    expect((await at.notify('2026-11-22T14:22Z')).stdout).toContain('websub: nothing new\nwebhook: nothing new');
    const other = await town();
    await other.notify('2026-11-22T14:10Z');
    put(other.folder, path, postmortem('What happened'));
    await other.notify('2026-11-30T00:00Z');
    for (const each of [at, other]) expect(heard(each, ['price list'])).toEqual({ websub: [], ...everywhere() });
  });
});

describe('a folder with another name', () => {
  const folder = (at: Town): string => join(at.folder, 'content/incidents', slug);
  const other = (at: Town): string => `${folder(at)}-in-europe`;
  const texts = ['Some card payments', 'A price list', 'Almost done'];

  it('isn’t news: its old updates, edited or not, aren’t sent again, and new ones are sent once', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    await at.notify('2026-11-22T14:31Z');
    at.update('2026-11-22T1430Z', 'A price list was missing.');
    await at.notify('2026-11-22T14:35Z');
    renameSync(folder(at), other(at));
    put(at.folder, `incidents/${slug}-in-europe/2026-11-22T1440Z.md`, '---\nstatus: monitoring\n---\nAlmost done.\n');
    await at.notify('2026-11-22T14:41Z');
    await at.notify('2026-11-22T14:42Z');
    expect(heard(at, texts)).toEqual({ websub: [...feeds, ...feeds], ...everywhere('A price list', 'Almost done') });
    renameSync(other(at), folder(at));
    await at.notify('2026-11-22T14:43Z');
    expect(heard(at, texts)['slack'], 'and back').toEqual(['A price list', 'Almost done']);
  });

  it('gets its channels what they missed while they were down', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    at.slack.reply = () => ({ status: 400 });
    await at.notify('2026-11-22T14:31Z');
    at.slack.reply = () => null;
    renameSync(folder(at), other(at));
    await at.notify('2026-11-22T14:41Z');
    expect(heard(at, texts)).toEqual({ websub: feeds, ...everywhere('A price list') });
  });

  it('isn’t confused with another incident that says the same, at the same time or another', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    await at.notify('2026-11-22T14:31Z');
    cpSync(folder(at), other(at), { recursive: true });
    await at.notify('2026-11-22T14:41Z');
    expect(heard(at, texts)['slack'], 'a copy is told').toEqual(['A price list', ...texts.slice(0, 2)]);
    rmSync(folder(at), { recursive: true });
    renameSync(join(other(at), '2026-11-22T1430Z.md'), join(other(at), '2026-11-22T1431Z.md'));
    await at.notify('2026-11-22T14:51Z');
    expect(heard(at, texts)['slack']?.slice(3), 'so is another time').toEqual(['A price list']);
  });
});

describe('a channel', () => {
  it('that’s down doesn’t hold up others, is reported, and is notified by the next run', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    at.update('2026-11-22T1440Z', 'Almost done.');
    at.slack.reply = () => ({ status: 429, body: 'away' });
    const down = await at.notify('2026-11-22T14:41Z');
    expect(down.code).toBe(1);
    expect(down.stderr).toBe(
      `slack: is down: status 429, away. incidents/${slug}/2026-11-22T1430Z and later updates will be sent on the next run\n`,
    );
    expect(at.slack.asked.length, 'no second update to a channel that is down').toBe(4);
    expect(at.waits, 'longer and longer pauses between tries').toEqual([1000, 4000, 10_000]);
    const both = ['A price list', 'Almost done'];
    expect(heard(at, both)).toEqual({ websub: feeds, ...everywhere(...both), slack: [] });
    at.slack.reply = () => null;
    const up = await at.notify('2026-11-22T14:50Z');
    expect(up).toMatchObject({ code: 0, stderr: '' });
    expect(heard(at, both)).toEqual({ websub: feeds, ...everywhere(...both) });
  });

  it('that fails once is retried in the same run; one that refuses an update gets the others, and that one again', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'Not welcome.');
    at.update('2026-11-22T1440Z', 'Almost done.');
    let calls = 0;
    at.webhook.reply = () => ((calls += 1) === 1 ? { status: 500 } : null);
    at.teams.reply = ({ body }) => (body.includes('Not welcome') ? { status: 400, body: 'bad card' } : null);
    const refused = await at.notify('2026-11-22T14:41Z');
    expect(refused.stderr).toBe(`teams: refused incidents/${slug}/2026-11-22T1430Z: status 400, bad card\n`);
    expect(at.waits).toEqual([1000]);
    expect(new Set(at.webhook.asked.slice(0, 2).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const both = ['Not welcome', 'Almost done'];
    expect(heard(at, both)).toEqual({ websub: feeds, ...everywhere(...both), teams: ['Almost done'] });
    at.teams.reply = () => null;
    expect((await at.notify('2026-11-22T14:50Z')).stdout).toContain('teams: 1 update sent\n');
  });

  it('whose secret is missing or invalid reports what to set, without printing it', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    Object.assign(at.env, {
      SLACK_URL: '',
      DISCORD_URL: 'hunter2',
      WEBHOOK_SECRET: 'hunter2',
      SMTP_URL: 'https://hunter2',
    });
    const { code, stderr } = await at.notify('2026-11-22T14:31Z');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'slack: SLACK_URL is not set. Export it where publish or notify runs; on GitHub, add it to the secret',
    );
    expect(stderr).toContain('discord: DISCORD_URL has no address that starts with https:// or http://');
    expect(stderr).toContain('webhook: WEBHOOK_SECRET is not a signing secret. Make one with: echo');
    expect(stderr).toContain('email: SMTP_URL has no address that starts with smtps:// or smtp://');
    expect(stderr).not.toContain('hunter2');
    expect(heard(at, ['A price list'])['teams']).toEqual(['A price list']);
  });

  it('that’s added later only gets new updates; one that comes back starts over', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    const state = at.state();
    delete state.channels['slack'];
    writeFileSync(join(at.folder, 'state.json'), JSON.stringify(state));
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    const { stdout } = await at.notify('2026-11-22T14:31Z');
    expect(stdout).toMatch(
      /^New channels, notified from now on: slack\. To send earlier updates too, delete its part of the record, and run: npx halfpast notify --state state\.json --since 2026-11-22T14:00Z\n/,
    );
    expect(heard(at, ['A price list'])).toEqual({ websub: feeds, ...everywhere('A price list'), slack: [] });
    const begun = at.state();
    delete begun.channels['slack'];
    writeFileSync(join(at.folder, 'state.json'), JSON.stringify(begun));
    await at.notify('2026-11-22T14:32Z', '--since', '2026-11-22T14:20Z');
    expect(heard(at, ['A price list']), 'as it said').toEqual({ websub: feeds, ...everywhere('A price list') });
  });
});

describe('an unclear answer', () => {
  const id = `incidents/${slug}/2026-11-22T1430Z`;
  const gaveUp = (channel: string, reason: string): string =>
    `${channel}: gave no clear answer: ${reason}. ${id} may have arrived. It was sent twice and won't be sent again; check the channel\n`;

  it('gets one more attempt on a chat, ever; on a webhook, which recognizes its id, as many as it takes', async () => {
    const at = await town();
    const chats = ['slack', 'discord', 'teams'] as const;
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    for (const chat of chats) at[chat].reply = () => ({ status: 503, body: 'away' });
    let calls = 0;
    at.webhook.reply = () => ((calls += 1) <= 6 ? { status: 503, body: 'away' } : null);
    const first = await at.notify('2026-11-22T14:31Z');
    expect(first.code).toBe(1);
    for (const chat of chats) expect(first.stderr).toContain(gaveUp(chat, 'status 503, away'));
    expect(at.waits.filter((wait) => wait === 10_000)).toHaveLength(chats.length + 1);
    const { stdout } = await at.notify('2026-11-22T14:32Z', '--dry-run');
    for (const chat of chats) expect(stdout).toContain(`${chat}: nothing new`);
    for (const now of ['2026-11-22T14:32Z', '2026-11-22T14:33Z'])
      expect(await at.notify(now)).toMatchObject({ code: 0, stderr: '' });
    for (const chat of chats) {
      expect(at[chat].asked).toHaveLength(2);
      at[chat].reply = () => null;
    }
    expect(at.webhook.accepted).toHaveLength(1);
    expect(new Set(at.webhook.asked.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    at.update('2026-11-22T1440Z', 'Almost done.');
    await at.notify('2026-11-22T14:41Z');
    for (const chat of chats) expect(heard(at, ['A price list', 'Almost done'])[chat]).toEqual(['Almost done']);
  });

  it('is settled by the first clear one', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    let calls = 0;
    at.slack.reply = () => ((calls += 1) <= 1 ? { status: 503, body: 'away' } : null);
    const first = await at.notify('2026-11-22T14:31Z');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('slack: 1 update sent, 1 of them possibly for the second time');
    expect(at.waits).toEqual([10_000]);
    await at.notify('2026-11-22T14:32Z');
    expect(at.slack.asked).toHaveLength(2);
  });

  it('of a mail server gets one more attempt; a clear refusal for now gets as many as it takes', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    const letters: string[] = [];
    at.mail.refuse = (letter) => (letters.push(letter), { code: 451, message: 'Greylisted' });
    await at.notify('2026-11-22T14:31Z');
    await at.notify('2026-11-22T14:32Z');
    expect(letters).toHaveLength(8);
    at.mail.refuse = () => null;
    expect((await at.notify('2026-11-22T14:33Z')).stdout).toContain('email: 1 update sent\n');
  });

  it('is remembered across runs that died: there are two attempts in total', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    const state = at.state();
    const dead = { state: 'sending', at: '2026-11-22T14:31:00Z', run: 'x' };
    for (const [channel, said] of Object.entries({ slack: {}, discord: { unclear: 1 }, teams: { unclear: 2 } })) {
      Object.assign(state.channels[channel] ?? {}, { [id]: { ...dead, ...said } });
      at[channel as 'slack'].reply = () => ({ status: 500 });
    }
    writeFileSync(join(at.folder, 'state.json'), JSON.stringify(state));
    await at.notify('2026-11-22T14:32Z');
    await at.notify('2026-11-22T14:33Z');
    expect([at.slack, at.discord, at.teams].map(({ asked }) => asked.length)).toEqual([2, 1, 0]);
  });
});

it('an announcement is only in feeds, so only the hub is notified of it', async () => {
  const at = await town();
  await at.notify('2026-11-22T14:10Z');
  const dates = 'from: 2026-11-22T14:20Z\nuntil: 2026-12-22T14:20Z';
  put(at.folder, 'announcements/holidays.md', `---\ntitle: Holidays\n${dates}\n---\nNo price list in July.\n`);
  await at.notify('2026-11-22T14:21Z');
  await at.notify('2026-11-22T14:22Z');
  const inFeeds = addresses('rss.xml', 'atom.xml', 'feed.json');
  expect(heard(at, ['price list'])).toEqual({ websub: inFeeds, ...everywhere() });
});

describe('the record', () => {
  it('keeps entries for 90 days, and removed ones aren’t sent again', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    await at.notify('2026-11-22T14:31Z');
    expect(heard(at, ['A price list'])['slack']).toHaveLength(1);
    at.update('2027-03-05T0010Z', 'News again.');
    await at.notify('2027-03-05T00:11Z');
    const news = 'incidents/2026-11-22-checkout-errors/2027-03-05T0010Z';
    for (const record of Object.values(at.state().channels)) expect(Object.keys(record)).toEqual([news]);
    expect(heard(at, ['A price list', 'News again'])['slack']).toEqual(['A price list', 'News again']);
  });

  it('is used by one run at a time, so that none sends what another one is sending', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    const others: Promise<unknown>[] = [];
    at.slack.reply = () => (others.length === 0 && others.push(at.notify('2026-11-22T14:31Z')), {});
    await at.notify('2026-11-22T14:31Z');
    await Promise.all(others);
    expect([others.length, heard(at, ['A price list'])['slack']]).toEqual([1, ['A price list']]);
  });

  it('that is damaged stops everything, and says what to do', async () => {
    const at = await town();
    writeFileSync(join(at.folder, 'state.json'), '{"channels":');
    const { code, stderr } = await at.notify('2026-11-22T14:10Z');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "halfpast: state.json is not a record of deliveries. Restore an earlier version, or delete it to start over: existing updates won't be sent\n",
    });
  });

  it('starts with updates since a given time, on request', async () => {
    const at = await town();
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    expect((await at.notify('2026-11-22T14:31Z', '--since', '2026-11-22T14:20Z')).stdout).toContain(
      'slack: 1 update sent',
    );
    expect(heard(at, ['Some card payments', 'A price list'])['slack']).toEqual(['A price list']);
  });

  it('marks everything as sent with --mark', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    expect((await at.notify('2026-11-22T14:31Z', '--mark')).stdout).toBe(
      'All existing updates are marked as sent. Nothing was sent.\n',
    );
    expect((await at.notify('2026-11-22T14:32Z')).stdout).toContain('slack: nothing new');
  });
});

describe('a dry run', () => {
  it('prints what would be sent, sends nothing and records nothing', async () => {
    const at = await town();
    await at.notify('2026-11-22T14:10Z');
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    const before = JSON.stringify(at.state());
    const { code, stdout } = await at.notify('2026-11-22T14:31Z', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain(`slack: 1 update to send\n  incidents/${slug}/2026-11-22T1430Z\n`);
    expect(JSON.stringify(at.state())).toBe(before);
    expect(at.slack.asked).toEqual([]);
    rmSync(join(at.folder, 'state.json'));
    expect((await at.notify('2026-11-22T14:31Z', '--dry-run')).stdout).toContain('slack: nothing new');
    expect(existsSync(join(at.folder, 'state.json'))).toBe(false);
  });
});

it('without --state, or with content that has problems, it says what to do', async () => {
  const at = await town();
  const stateless = await call('notify', at.folder);
  expect(stateless.code).toBe(2);
  expect(stateless.stderr).toContain('--state is missing. Add where to record deliveries');
  put(at.folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md', '---\nstatus: resolvd\n---\nx\n');
  const { code, stderr } = await at.notify('2026-11-22T14:31Z');
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^halfpast: 1 problem in content, the first: content\/incidents\S+ .* "resolved"\? For all of them: /,
  );
});
