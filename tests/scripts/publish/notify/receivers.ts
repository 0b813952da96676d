import { createPrivateKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export type Request = {
  readonly path: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
};

export type Reply =
  { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string } | 'silence';

export type Receiver = {
  readonly url: string;
  /** The accepted requests, in order. */
  readonly accepted: Request[];
  /** All requests, refused or not. */
  readonly asked: Request[];
  /** Answers the next requests; null accepts. */
  reply: (request: Request) => Reply | null;
};

/** A real HTTP server on loopback that keeps its requests. */
export async function receiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const asked = { path: request.url ?? '', headers: request.headers, body };
      self.asked.push(asked);
      const reply = self.reply(asked);
      if (reply === 'silence') return;
      if (reply === null || (reply.status ?? 200) < 300) self.accepted.push(asked);
      response.writeHead(reply?.status ?? 200, reply?.headers).end(reply?.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const self: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted: [],
    asked: [],
    reply: () => null,
  };
  return self;
}

/** A self-signed certificate for tests, valid until 2120. As a JWK, its key isn't mistaken for a leaked one. */
const selfSigned = {
  key: createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: '73idFcVGHYvXl4W41r3T05pRyYZqBUw7i222YT-T9T8',
      y: 'G8WlmZAXK7StJZbvECHLs-UE-Wo3D8udMY68yqzRnX4',
      d: 'bSpPfV1L1SVkROX_BirRLfDa0UrWyEp0O2S_yOVKeS8',
    },
  }).export({ format: 'pem', type: 'pkcs8' }),
  cert: `-----BEGIN CERTIFICATE-----
MIIBFTCBvAIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtzZWxmLXNpZ25lZDAg
Fw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFjEUMBIGA1UEAwwLc2Vs
Zi1zaWduZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATveJ0VxUYdi9eXhbjW
vdPTmlHJhmoFTDuLbbZhP5P1PxvFpZmQFyu0rSWW7xAhy7PlBPlqNw/LnTGOvMqs
0Z1+MAoGCCqGSM49BAMCA0gAMEUCIQCKR4Q3joPu0tFXVWpeuXeLsQ774L28gIjc
lHvQ87mYXwIgOjgPrePVzWeh++q80kkC6ZE/3+6D62Tbkir3sPlIqDY=
-----END CERTIFICATE-----`,
};

export type Mailbox = {
  readonly url: string;
  /** The accepted messages, as they arrived. */
  readonly letters: string[];
  /** The passwords that it got. */
  readonly passwords: string[];
  /** Answers an incoming message; null accepts. */
  refuse: (letter: string) => { readonly code: number; readonly message: string } | 'silence' | null;
};

/** A real SMTP server on loopback. It requires the password, if given. With TLS, its certificate is self-signed. */
export async function mailbox(password?: string, tls = false): Promise<Mailbox> {
  const server = new SMTPServer({
    secure: tls,
    ...(tls ? selfSigned : {}),
    disabledCommands: ['STARTTLS', ...(password === undefined ? ['AUTH'] : [])],
    authOptional: password === undefined,
    allowInsecureAuth: true,
    onAuth: ({ username, password: given }, _, done) => {
      self.passwords.push(given ?? '');
      if (given === password) done(null, { user: username });
      else done(new Error('Invalid username or password'));
    },
    onData: (stream, _, done) => {
      let letter = '';
      stream.on('data', (chunk: Buffer) => (letter += chunk.toString()));
      stream.on('end', () => {
        const refused = self.refuse(letter);
        if (refused === 'silence') return;
        if (refused === null) self.letters.push(letter);
        done(refused === null ? null : Object.assign(new Error(refused.message), { responseCode: refused.code }));
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => void server.close());
  const self: Mailbox = {
    url: `${tls ? 'smtps' : 'smtp'}://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    letters: [],
    passwords: [],
    refuse: () => null,
  };
  return self;
}

/** The value of a message header, unfolded. */
export function headerOf(letter: string, name: string): string | null {
  const found = new RegExp(`^${name}: ((?:.*)(?:\\r\\n[ \\t].*)*)`, 'im').exec(letter)?.[1];
  return found?.replaceAll(/\r\n[ \t]+/g, ' ') ?? null;
}
