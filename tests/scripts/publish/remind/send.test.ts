import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadContent } from '../../../../src/lib/content/check-content.ts';
import { realDisk } from '../../../../scripts/cli/system.ts';
import { fileStore } from '../../../../scripts/publish/notify/deliveries.ts';
import type { Done } from '../../../../scripts/publish/reminders.ts';
import { sendReminders } from '../../../../scripts/publish/send-reminders.ts';
import { put, smallSite } from '../../site.ts';
import { headerOf, mailbox, receiver } from '../notify/receivers.ts';

const slug = '2026-11-22-slow';
const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

function team(remind: string) {
  const folder = smallSite();
  const settings = 'name: Example\nurl: https://status.example.com\ntime_zone: UTC\n';
  put(folder, 'site.yml', `${settings}remind:\n${remind}`);
  put(
    folder,
    `incidents/${slug}/2026-11-22T1805Z.md`,
    '---\ntitle: "Slow <b>&"\nstatus: monitoring\nimpact: minor\nlead: Dana\ncomms: Priya\n---\nx\n',
  );
  // That of the small site would be reminded of, too.
  put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md', '---\nstatus: resolved\n---\nx\n');
  const file = fileStore(join(folder, 'reminders.json'), 'reminders.json', realDisk);
  return async (time: string, env: Record<string, string>, store = file): Promise<Done> => {
    const now = Date.parse(`2026-11-22T${time}Z`);
    const parsed = await loadContent(join(folder, 'content'), now);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const good = { ...parsed, tree: { files: [], symlinks: [] } as never, note: null };
    return sendReminders(good, { env, clock: () => now, store, github: null });
  };
}

it('each place gets what reaches its stage, once, in its own form', async () => {
  const [hook, discord, mail] = [await receiver(), await receiver(), await mailbox()];
  const remind = team(
    '  - webhook:\n      url_env: HOOK\n      secret_env: SECRET\n' +
      '  - discord:\n      url_env: DISCORD\n    for: lead\n' +
      '  - email:\n      to: all@example.com\n      from: Status <s@example.com>\n      smtp_env: MAIL\n    for: everyone\n',
  );
  const env = { HALFPAST_SECRETS: `HOOK=${hook.url}\nSECRET=${secret}\nDISCORD=${discord.url}\nMAIL=${mail.url}` };
  for (const time of ['18:10', '18:20', '18:20', '18:31', '18:31', '18:36', '18:46', '19:01', '20:00'])
    expect(await remind(time, env)).toMatchObject({ failures: [] });
  const events = hook.accepted.map(({ body }) => JSON.parse(body) as { type: string; data: { reminders: object[] } });
  expect(events.map(({ type, data }) => [type, data.reminders.length])).toEqual(
    Array.from({ length: 5 }, () => ['reminder', 1]),
  );
  expect(events.flatMap(({ data }) => data.reminders)).toMatchObject([
    { id: 'promise:2026-11-22T18:30:00.000Z', stage: 'comms', for: 'Priya' },
    { id: 'missed:2026-11-22T18:30:00.000Z', stage: 'comms', for: 'Priya' },
    { id: 'missed:2026-11-22T18:30:00.000Z:5m', stage: 'lead', for: 'Dana' },
    { id: 'missed:2026-11-22T18:30:00.000Z:15m', stage: 'everyone', for: 'everyone' },
    { id: 'missed:2026-11-22T18:30:00.000Z:30m', stage: 'everyone', for: 'everyone' },
  ]);
  const [first] = hook.accepted;
  const signed = `${String(first?.headers['webhook-id'])}.${String(first?.headers['webhook-timestamp'])}.${first?.body ?? ''}`;
  const key = Buffer.from(secret.slice(6), 'base64');
  expect(first?.headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  expect(new Set(hook.accepted.map(({ headers }) => headers['webhook-id'])).size).toBe(5);
  expect(discord.accepted).toHaveLength(3);
  expect(discord.accepted[0]?.body).toContain('For Dana: The update that customers were promised');
  expect(mail.letters.map((letter) => headerOf(letter, 'To'))).toEqual(['all@example.com', 'all@example.com']);
  expect(headerOf(mail.letters[0] ?? '', 'Subject')).toContain('[Example] Tell customers: Slow');
  expect(mail.letters.join('').replaceAll(/=\r\n/g, '')).toContain('npx halfpast update 2026-11-22-slow');
});

it('what fails is reported without its secret, and sent by the next run, while other places get theirs', async () => {
  const [good, bad] = [await receiver(), await receiver()];
  bad.reply = () => ({ status: 500, body: 'no' });
  const remind = team(
    '  - slack:\n      url_env: BAD\n  - slack:\n      url_env: GOOD\n  - teams:\n      url_env: NONE\n  - issues: true\n',
  );
  const env = { GOOD: good.url, BAD: `${bad.url}/hush` };
  const { done, failures } = await remind('18:20', env);
  expect(done).toEqual(['reminded on slack: Tell customers: Slow <b>&']);
  expect(failures).toEqual([
    expect.stringContaining('remind: names issues, which need GitHub'),
    expect.stringMatching(/^slack BAD: Tell customers: Slow <b>& was not sent: status 500/),
    expect.stringContaining('teams NONE: NONE is not set'),
  ]);
  expect(failures.join()).not.toContain('hush');
  bad.reply = () => null;
  await remind('18:22', env);
  expect([good.accepted.length, bad.accepted.length]).toEqual([1, 1]);
});

describe('a reminder is recorded as soon as it arrived', () => {
  const places = '  - slack:\n      url_env: A\n  - slack:\n      url_env: B\n';

  it('so a watch that is canceled before that repeats one at most', async () => {
    const [a, b] = [await receiver(), await receiver()];
    const remind = team(places);
    const env = { A: a.url, B: b.url };
    // Whoever cancels it does so while the second place is being reminded.
    b.reply = () => 'silence';
    void remind('18:20', env).catch(() => undefined);
    await vi.waitFor(() => expect(b.asked).toHaveLength(1), { timeout: 20_000 });
    b.reply = () => null;
    expect(await remind('18:21', env)).toEqual({
      done: ['reminded on slack: Tell customers: Slow <b>&'],
      failures: [],
    });
    expect([a.accepted.length, b.accepted.length]).toEqual([1, 1]);
  });

  it('and what another run recorded meanwhile ends this one, which says so', async () => {
    const [a, b] = [await receiver(), await receiver()];
    const store = {
      name: 'the record',
      load: () => Promise.resolve({ text: null, version: null }),
      save: () => Promise.resolve(null),
    };
    expect(await team(places)('18:20', { A: a.url, B: b.url }, store)).toEqual({
      done: ['reminded on slack: Tell customers: Slow <b>&'],
      failures: ['the record was changed by another run, so a reminder may be sent twice'],
    });
    expect([a.accepted.length, b.accepted.length]).toEqual([1, 0]);
  });
});
