import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { expect, it, onTestFinished } from 'vitest';
import { gitSite } from '../scripts/publish/hosts/git-site.ts';
import { temporaryFolder } from '../support/folders.ts';
import { plainEnvironment, root } from '../support/halfpast.ts';
import { serveFolder } from '../support/static-server.ts';

/** How many runs are killed, at moments spread from before the first file is written to after the last message. */
const kills = 8;
/**
 * The maximum number of runs. One that ends before it's killed doesn't count, and is tried again: machines aren't
 * always equally fast.
 */
const most = 24;

type Message = { readonly id: string; readonly text: string };

/** A webhook that takes a moment to answer, so that a kill can fall between message and answer. */
async function webhook(told: Message[]): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      told.push({ id: String(request.headers['webhook-id']), text });
      setTimeout(() => response.writeHead(204).end(), 40);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function mailbox(told: Message[]): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        told.push({ id: /^Message-ID: (.*)$/im.exec(text)?.[1]?.trim() ?? '', text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => server.close(() => undefined));
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

it('a publish that is killed and run again sends every update to every channel, under one id', async () => {
  const site = gitSite(temporaryFolder());
  const [posted, mailed]: [Message[], Message[]] = [[], []];
  const environment = {
    ...plainEnvironment,
    HALFPAST_WEBHOOK_URL: await webhook(posted),
    HALFPAST_SMTP_URL: await mailbox(mailed),
    HALFPAST_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  };
  appendFileSync(
    join(site.content, 'site.yml'),
    `
notify:
  webhook:
    url_env: HALFPAST_WEBHOOK_URL
    secret_env: HALFPAST_WEBHOOK_SECRET
  email:
    to: status@lists.example.com
    from: Example Status <status@example.com>
    smtp_env: HALFPAST_SMTP_URL
`,
  );
  site.commit('Channels');
  const server = await serveFolder(join(site.to, 'current'));
  onTestFinished(() => server.close());
  const publish = (
    second: string,
  ): {
    readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
    readonly kill: () => void;
  } => {
    const args = [
      join(root, 'scripts/halfpast.ts'),
      'publish',
      '--to',
      site.to,
      '--content',
      'content',
      '--url',
      server.origin,
      '--now',
      `2026-11-22T14:50:${second}Z`,
    ];
    const child = spawn(process.execPath, args, { cwd: site.folder, env: environment });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return {
      ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, said }))),
      kill: () => void child.kill('SIGKILL'),
    };
  };
  /** How long the last complete run took, in milliseconds. */
  let usual = 0;
  const whole = async (second: string): Promise<void> => {
    const began = performance.now();
    const { code, said } = await publish(second).ended;
    expect(code, said).toBe(0);
    usual = performance.now() - began;
  };
  await whole('00');
  // The first run does more, so the second is timed.
  await whole('00');

  let killed = 0;
  const updates: string[] = [];
  for (let index = 0; killed < kills && index < most; index += 1) {
    const number = String(index + 1).padStart(3, '0');
    const [minute, second] = [String(40 + Math.floor(index / 60)), String(index % 60).padStart(2, '0')];
    updates.push(`Update number ${number} of many.`);
    site.put(
      `incidents/2026-11-22-checkout-errors/2026-11-22T14${minute}${second}Z.md`,
      `---\nstatus: identified\n---\nUpdate number ${number} of many.\n`,
    );
    site.commit(`Update ${number}`);
    const run = publish(second);
    await Promise.race([sleep((usual * (killed + 1)) / (kills + 1)), run.ended]);
    run.kill();
    if ((await run.ended).code === null) killed += 1;
    await whole(second);
    expect(readFileSync(join(site.to, 'current/index.html'), 'utf8')).toContain(updates.at(-1));
  }
  console.info(`${killed} of ${updates.length} runs were killed before their end`);
  for (const told of [posted, mailed]) {
    const ids = updates.map(
      (text) => new Set(told.filter((message) => message.text.includes(text)).map(({ id }) => id)),
    );
    expect(
      ids.map(({ size }) => size),
      'each update is sent under one id',
    ).toEqual(updates.map(() => 1));
    expect(new Set(told.map(({ id }) => id)).size, 'nothing else is sent').toBe(updates.length);
  }
  expect(killed).toBe(kills);
}, 900_000);
