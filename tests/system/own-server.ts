import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished } from 'vitest';
import { sampleContent } from '../support/folders.ts';
import { plainEnvironment, root } from '../support/halfpast.ts';

const run = promisify(execFile);

export type Received = { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: string };

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** One receiver for everything that uses HTTP. `lost` contains paths that accept a message but never answer. */
async function receiver(received: Received[], lost: ReadonlySet<string>): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({ path, headers: request.headers, body });
      if (lost.has(path)) request.socket.destroy();
      else response.writeHead(204).end();
    });
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${await listen(server)}`;
}

async function mailServer(mails: string[]): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let mail = '';
      stream.on('data', (chunk: Buffer) => (mail += chunk.toString()));
      stream.on('end', () => {
        mails.push(mail);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => server.close(() => undefined));
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** The code block in a page of the docs that starts with `beginning`. */
function fenced(page: string, beginning: string): string {
  const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(
    ([, block = '']) => block,
  );
  const found = blocks.find((block) => block.startsWith(beginning));
  if (found === undefined) throw new Error(`${page} has no block that begins with ${beginning}`);
  return found;
}

/** A web server that can be stopped, and restarted with another folder. */
type WebServer = {
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly serve: (folder: string) => Promise<void>;
};

/** nginx with the configuration in the docs, as a separate process. */
async function nginx(folder: string): Promise<WebServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const home = join(folder, 'nginx');
  mkdirSync(home);
  // If root starts nginx, its workers run as another user, who can't access a temporary folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  let child: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill();
    child = null;
    await ended;
  };
  const serve = async (served: string): Promise<void> => {
    await stop();
    writeFileSync(
      join(home, 'nginx.conf'),
      `${user}
daemon off; pid ${home}/pid; error_log ${home}/error.log;
events {}
http {
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path ${home}; proxy_temp_path ${home}; fastcgi_temp_path ${home}; uwsgi_temp_path ${home}; scgi_temp_path ${home};
  server {
    listen 127.0.0.1:${port};
    ${fenced('docs/publishing.md', 'root /srv').replace('/srv/status/current', served)}
  }
}
`,
    );
    child = spawn('nginx', ['-c', join(home, 'nginx.conf'), '-e', join(home, 'error.log')], { stdio: 'ignore' });
    for (let wait = 0; wait < 100; wait += 1) {
      const answered = await fetch(url).then(
        () => true,
        () => false,
      );
      if (answered) return;
      await sleep(50);
    }
    throw new Error(`nginx doesn't answer: ${readFileSync(join(home, 'error.log'), 'utf8')}`);
  };
  onTestFinished(() => void child?.kill());
  return { url, stop, serve };
}

export type OwnServer = {
  readonly web: WebServer;
  /** The folder with the releases. */
  readonly served: string;
  /** The bare repository to push to. Its hook publishes. */
  readonly bare: string;
  /** Where the hook puts the newest content. */
  readonly checkout: string;
  /** A clone, with the content in `content/`. */
  readonly clone: string;
  readonly content: string;
  /** The addresses and secrets of the channels, by environment variable. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Runs git in the clone and returns what it prints. */
  readonly git: (...args: string[]) => Promise<string>;
  /** What the channels other than mail received. */
  readonly received: Received[];
  readonly mails: string[];
  /** The paths of channels whose answers are lost. */
  readonly lost: Set<string>;
};

/**
 * A server as described in the docs: a bare repository with the hook, nginx, and the sample with a hub, a webhook, a
 * chat and mail as channels. `more` is added to site.yml, and `env` to the environment of git and of the hook.
 */
export async function ownServer(
  folder: string,
  more = '',
  env: Readonly<Record<string, string>> = {},
): Promise<OwnServer> {
  const [received, mails, lost]: [Received[], string[], Set<string>] = [[], [], new Set()];
  const [http, smtp] = [await receiver(received, lost), await mailServer(mails)];
  const served = join(folder, 'status');
  const web = await nginx(folder);
  await web.serve(join(served, 'current'));

  const bare = join(folder, 'status.git');
  const [checkout, clone] = [join(folder, 'checkout'), join(folder, 'clone')];
  const git = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await run('git', args, { cwd: clone, env: { ...plainEnvironment, ...env } });
    return stdout + stderr;
  };
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  await run('git', ['clone', '--quiet', bare, clone]);
  await git('config', 'user.name', 'Priya');
  await git('config', 'user.email', 'priya@example.com');
  const hook = join(bare, 'hooks/post-receive');
  // The script in the docs, with this test's folders in its first lines.
  const places = { halfpast: root, bare, checkout, branch: 'main', served, url: web.url };
  const text = Object.entries(places).reduce(
    (script, [name, value]) => {
      expect(script).toMatch(new RegExp(`\\b${name}=\\S+`));
      return script.replace(new RegExp(`\\b${name}=\\S+`), `${name}='${value}'`);
    },
    fenced('docs/publishing.md', '#!/bin/sh'),
  );
  writeFileSync(hook, `${text}echo "ended with $?"\n`);
  chmodSync(hook, 0o755);
  const secrets = {
    HALFPAST_WEBHOOK_URL: `${http}/webhook`,
    HALFPAST_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    HALFPAST_SLACK_URL: `${http}/slack`,
    HALFPAST_SMTP_URL: smtp,
    TEAM_URL: `${http}/team`,
  };
  writeFileSync(
    join(bare, 'channels'),
    Object.entries(secrets)
      .map(([name, value]) => `export ${name}=${value}\n`)
      .join(''),
  );
  const content = sampleContent(clone);
  writeFileSync(
    join(content, 'site.yml'),
    `${readFileSync(join(content, 'site.yml'), 'utf8').replace(/^url: .*$/m, `url: ${web.url}`)}
notify:
  websub:
    hub: ${http}/hub
  webhook:
    url_env: HALFPAST_WEBHOOK_URL
    secret_env: HALFPAST_WEBHOOK_SECRET
  slack:
    url_env: HALFPAST_SLACK_URL
  email:
    to: status@lists.example.com
    from: Example Status <status@example.com>
    smtp_env: HALFPAST_SMTP_URL
${more}`,
  );
  return { web, served, bare, checkout, clone, content, secrets, git, received, mails, lost };
}
