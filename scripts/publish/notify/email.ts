import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Channel } from '../../../src/lib/domain/settings.ts';
import { escapeHtml } from '../../../src/lib/markdown.ts';
import { oneLine } from '../../cli/errors.ts';
import { type NoSender, patience, type Sender, type Sending, shorten, stableId } from './channel.ts';
import type { ShownNotice } from './notice.ts';
import { addressOf, type Env } from './secrets.ts';

type EmailSettings = {
  /** Such as `smtps://user:password@host:465`. Contains a password. */
  readonly smtp: string;
  readonly from: string;
  readonly to: string;
  /** The site's address. */
  readonly siteUrl: string;
};

type Addresses = Pick<EmailSettings, 'from' | 'to' | 'siteUrl'>;

/** The same on each attempt, so that list servers recognize repeats. Uses the site's host name. */
function messageId(siteUrl: string, id: string): string {
  return `<${stableId(siteUrl, id)}@${new URL(siteUrl).hostname}>`;
}

/** The whole message. Updates reply to the incident's first one, so that mail programs group them. */
function messageFor(notice: ShownNotice, { from, to, siteUrl }: Addresses): SendMailOptions {
  const { id, earlier, siteName, heading, text, html, permalink, at, words } = notice;
  const thread = [...new Set([...earlier.slice(0, 1), ...earlier.slice(-1)])].map((other) => messageId(siteUrl, other));
  const follow = words.emailLink(siteName, permalink);
  return {
    from,
    to,
    subject: shorten(words.subject(siteName, heading), 200),
    date: new Date(at),
    messageId: messageId(siteUrl, id),
    ...(thread.length === 0 ? {} : { inReplyTo: thread[0] ?? '', references: thread }),
    // Prevents automatic replies.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    text: `${text}\n\n-- \n${follow}\n`,
    html: `${html}\n<p><a href="${escapeHtml(permalink)}">${escapeHtml(words.link(siteName))}</a></p>\n`,
    // A message must not include local files or anything from the network.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The result of a failed attempt. `unanswered` is the result if the server didn't answer. */
function failure(error: unknown, unanswered: 'later' | 'unclear'): Sending {
  const { responseCode, message = String(error) } = error as {
    readonly responseCode?: number;
    readonly message?: string;
  };
  const reason = oneLine(message);
  if (responseCode === undefined) return { kind: unanswered, reason, wait: null };
  // In SMTP, codes from 500 are final. A wrong password, too, has to be fixed by a person.
  return responseCode >= 500 ? { kind: 'refused', reason } : { kind: 'later', reason, wait: null };
}

export function email({ smtp, ...addresses }: EmailSettings): Sender<ShownNotice> {
  const limits = {
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: 2 * patience,
    dnsTimeout: patience,
  };
  const url = new URL(smtp);
  const auth =
    url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } };
  const secure = url.protocol === 'smtps:';
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  // Send passwords only over TLS, except to this machine.
  const requireTLS = !secure && url.username !== '' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    secure,
    requireTLS,
    ...auth,
    ...limits,
  });
  return {
    kind: 'email',
    together: false,
    send: async ([notice]) => {
      // Nodemailer doesn't say how far it got. If it fails even without a message, nothing has arrived.
      try {
        await transport.verify();
      } catch (error) {
        return failure(error, 'later');
      }
      try {
        await transport.sendMail(messageFor(notice, addresses));
        return { kind: 'sent' };
      } catch (error) {
        return failure(error, 'unclear');
      }
    },
    close: () => transport.close(),
  };
}

/** Opens a mailing list for sending, or returns which variable to set. */
export function openEmail(
  { from, to, smtpEnv }: Extract<Channel, { readonly kind: 'email' }>,
  siteUrl: string,
  env: Env,
): Sender<ShownNotice> | NoSender {
  const smtp = addressOf(smtpEnv, env, ['smtps:', 'smtp:']);
  return 'problem' in smtp ? smtp : email({ smtp: smtp.value, from, to, siteUrl });
}
