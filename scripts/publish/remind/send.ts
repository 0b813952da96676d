import { z } from 'zod';
import { type Instant, isoTime } from '../../../src/lib/domain/calendar.ts';
import { type ReminderChannel, type ReminderStage, reminderStages } from '../../../src/lib/domain/settings.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { escapeHtml } from '../../../src/lib/markdown.ts';
import { absolute, paths } from '../../../src/lib/views/paths.ts';
import { fixableMessage, oneLine } from '../../cli/errors.ts';
import { parseJson } from '../../cli/text.ts';
import type { Context } from '../../cli/context.ts';
import type { GitHubPort } from '../../github/port.ts';
import { wanted } from './due.ts';
import type { LastGood } from '../last-good.ts';
import { httpPost, type NoSender, patience, type Sending, stableId } from '../notify/channel.ts';
import { openChat } from '../notify/chat.ts';
import { stateBranch, type Store } from '../notify/deliveries.ts';
import { openEmail } from '../notify/email.ts';
import type { ShownNotice } from '../notify/notice.ts';
import { type OpenWebhook, webhookHeaders, webhookOf } from '../notify/webhook.ts';
import { parseLog, type ReleaseLog, releasesFile } from '../hosts/release-log.ts';
import { carryOut, type Done } from './issues.ts';
import type { Lapse, Reminder } from './reminder.ts';

/** The content of one message: all lapses about one incident, postmortem or list of actions. */
type Message = { readonly reminder: Reminder; readonly lapses: readonly Lapse[]; readonly note: string | null };

const recordSchema = z.object({
  form: z.literal(1),
  /** When each reminder was sent, by place and subject. */
  sent: z.record(z.string(), z.record(z.string(), z.iso.datetime())),
});
type Sent = Readonly<z.output<typeof recordSchema>['sent']>;

/** An unreadable record counts as empty: better to send a reminder twice than not at all. */
const readRecord = (text: string | null): Sent => parseJson(recordSchema, text)?.sent ?? {};

const keyOf = ({ about }: Reminder, { key }: Lapse): string => `${about} ${key}`;

const isFor = ({ to }: Lapse, from: ReminderStage): boolean =>
  reminderStages.indexOf(to.stage) >= reminderStages.indexOf(from);

/** A place's name in the record. An email place includes its address, a chat the name of its secret. */
function nameOf({ channel }: ReminderChannel): string {
  if (channel.kind === 'issues') return 'issues';
  return `${channel.kind} ${channel.kind === 'email' ? channel.to : channel.urlEnv}`;
}

/** The text of a message, one paragraph per line. */
function paragraphs({ reminder: { answer }, lapses, note }: Message): string[] {
  return [
    ...lapses.map(({ text, to }) => `${to.name === null ? '' : `For ${oneLine(to.name)}: `}${oneLine(text)}`),
    ...(answer === null
      ? []
      : [answer.link === null ? `To post an update, run: ${answer.command}` : `From a terminal: ${answer.command}`]),
    ...(note === null ? [] : [note]),
  ];
}

/** A message in the format that chats and email expect. */
function noticeOf(message: Message, site: Site): ShownNotice {
  const { reminder, lapses } = message;
  const { about, title, answer } = reminder;
  const says = answer?.link == null ? 'Open the status page' : 'Post an update';
  const lines = paragraphs(message);
  return {
    id: `reminders/${about}/${lapses.map(({ key }) => key).join(',')}`,
    earlier: [`reminders/${about}`],
    siteName: site.settings.name,
    at: site.now,
    heading: title,
    html: lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n'),
    text: lines.join('\n\n'),
    permalink: answer?.link ?? absolute(site.settings, paths.home),
    words: {
      summary: (name, heading) => `${name}: ${heading}`,
      subject: (name, heading) => `[${name}] ${heading}`,
      link: () => says,
      emailLink: (_, address) => `${says}: ${address}`,
    },
  };
}

/** Posts a request signed according to Standard Webhooks. */
function postWebhook(
  { url, key }: OpenWebhook,
  { reminder, lapses, note }: Message,
  site: Site,
  now: Instant,
): Promise<Sending> {
  const { about, title, answer } = reminder;
  const body = JSON.stringify({
    type: 'reminder',
    timestamp: isoTime(site.now),
    data: {
      site: site.settings.name,
      about,
      title,
      reminders: lapses.map(({ key: id, text, to }) => ({ id, text, stage: to.stage, for: to.name })),
      form: answer?.link ?? null,
      command: answer?.command ?? null,
      note,
    },
  });
  const id = `msg_${stableId(site.settings.url, `${about} ${lapses.map((lapse) => lapse.key).join()}`)}`;
  return httpPost({ url, headers: webhookHeaders(id, now, body, key), body, patience });
}

/** A place where reminders are sent as messages. */
type Chat = ReminderChannel & { readonly channel: Exclude<ReminderChannel['channel'], { readonly kind: 'issues' }> };

const isChat = (place: ReminderChannel): place is Chat => place.channel.kind !== 'issues';

type Sender = { readonly send: (message: Message) => Promise<Sending>; readonly close?: () => void };

function senderFor({ channel }: Chat, site: Site, { env, clock }: Pick<Context, 'env' | 'clock'>): Sender | NoSender {
  if (channel.kind === 'webhook') {
    const found = webhookOf(channel, env);
    if ('problem' in found) return found;
    return { send: (message) => postWebhook(found, message, site, clock()) };
  }
  const sender = channel.kind === 'email' ? openEmail(channel, site.settings.url, env) : openChat(channel, env);
  if ('problem' in sender) return sender;
  return { ...sender, send: (message) => sender.send([noticeOf(message, site)]) };
}

/** A note that the team writes for itself. */
type TeamNote = { readonly about: string; readonly title: string; readonly text: string };

/**
 * Sends a note to the places under `remind:` that get everything, and returns one line per place. It skips issues,
 * which may be public, and places where customers get updates.
 */
export async function sendToTeam(
  { about, title, text }: TeamNote,
  site: Site,
  outside: Pick<Context, 'env' | 'clock'>,
): Promise<string[]> {
  const { remind, notify } = site.settings;
  const isPublic = ({ channel }: Chat): boolean =>
    notify.some((other) =>
      other.kind === 'email'
        ? channel.kind === 'email' && channel.to === other.to
        : 'urlEnv' in other && 'urlEnv' in channel && channel.urlEnv === other.urlEnv,
    );
  const places = (remind ?? []).filter(isChat).filter((place) => place.from === 'comms' && !isPublic(place));
  if (places.length === 0)
    return ['Not sent to the team: remind: in site.yml names no place that is only for the team and gets everything.'];
  const to = { stage: 'comms', name: null, mention: '' } as const;
  const lapse = { key: isoTime(outside.clock()), to, text, markdown: text };
  const reminder = { about, title, body: '', lapses: [lapse], person: null, login: null, answer: null };
  const lines: string[] = [];
  for (const place of places) {
    const sender = senderFor(place, site, outside);
    if ('problem' in sender) {
      lines.push(`Not sent to ${nameOf(place)}: ${sender.problem}.`);
      continue;
    }
    const sending = await sender.send({ reminder, lapses: [lapse], note: null });
    sender.close?.();
    lines.push(
      sending.kind === 'sent'
        ? `Sent to the team on ${place.channel.kind}.`
        : `Not sent to ${nameOf(place)}: ${sending.reason}.`,
    );
  }
  return lines;
}

/** The log of releases; null when there is none, or this version can't read it. */
const releasesOn = async (port: GitHubPort): Promise<ReleaseLog | null> =>
  parseLog((await port.readFile(releasesFile, stateBranch))?.text ?? '');

export type ReminderPlaces = Pick<Context, 'env' | 'clock'> & {
  /** The record of sent reminders. */
  readonly store: Store;
  /** Issues and pull requests; null without GitHub. */
  readonly github: { readonly port: GitHubPort; readonly content: string } | null;
};

/**
 * When this process sent each reminder, by place and subject. Without it, a watch whose record can't be saved, such as
 * on a full disk, would send everything again each time.
 */
export type RememberedReminders = Map<string, Readonly<Record<string, string>>>;

/**
 * Sends every due reminder that wasn't sent yet to each place under `remind:`, or without any, to issues on GitHub.
 * The next call retries what fails. Each reminder is recorded once it has arrived, so a canceled watch repeats at most
 * one. Recording it first would be worse: customers would wait because a reminder was lost. Webhooks recognize the
 * repeat by its id. Waits for other runs that use the same record.
 */
export function sendReminders(
  { site, drafts, note }: LastGood,
  outside: ReminderPlaces,
  remembered: RememberedReminders = new Map(),
): Promise<Done> {
  const { github, store } = outside;
  return store.exclusively(async () => {
    const places = site.settings.remind ?? [{ channel: { kind: 'issues' }, from: 'comms' } as const];
    const report = newReport();
    const { done, failures, attempt } = report;
    // Its releases are null when there is no log, or this version can't read it.
    const log = github === null ? null : await attempt(async () => ({ releases: await releasesOn(github.port) }));
    const all = wanted(site, drafts, log?.releases ?? null);
    // A postmortem drafted without the log would lack when updates were live.
    const plan = github !== null && log === null ? { ...all, drafts: [] } : all;
    const issues = places.find(({ channel }) => channel.kind === 'issues');
    if (github !== null) {
      const of = ({ lapses, ...reminder }: Reminder): Reminder => ({
        ...reminder,
        lapses: issues === undefined ? [] : lapses.filter((lapse) => isFor(lapse, issues.from)),
      });
      // If `remind:` lists no issues, open ones stay until their incidents end.
      const mine = { ...plan, reminders: plan.reminders.map(of) };
      const result = await attempt(() => carryOut(github.port, mine, github.content, note));
      done.push(...(result?.done ?? []));
      failures.push(...(result?.failures ?? []));
    } else if (site.settings.remind !== null && issues !== undefined)
      failures.push('remind: names issues, which need GitHub. Use another place, or run watch --github');
    const chats = places.filter(isChat);
    if (chats.length > 0)
      await sendToChats(chats, { site, note, reminders: plan.reminders }, outside, remembered, report);
    return { done, failures };
  });
}

type Report = ReturnType<typeof newReport>;

/** What was done so far, and what failed. */
function newReport() {
  const done: string[] = [];
  const failures: string[] = [];
  /** Adds an error that users can fix to the failures, and throws others. */
  const fail = (error: unknown): void => {
    const message = fixableMessage(error);
    if (message === null) throw error;
    failures.push(message);
  };
  /** Runs one part. If it fails, it returns null, and the others still run. */
  const attempt = <T>(work: () => Promise<T>): Promise<T | null> =>
    work().catch((error: unknown) => (fail(error), null));
  return { done, failures, fail, attempt };
}

/** Sends reminders to the places other than issues, and records them. */
async function sendToChats(
  chats: readonly Chat[],
  { site, note, reminders }: Pick<LastGood, 'site' | 'note'> & { readonly reminders: readonly Reminder[] },
  outside: ReminderPlaces,
  remembered: RememberedReminders,
  { done, failures, fail, attempt }: Report,
): Promise<void> {
  const { store } = outside;
  const loaded = await attempt(() => store.load());
  if (loaded === null) return;
  const { text, version } = loaded;
  const before = readRecord(text);
  const due = reminders.flatMap((reminder) => reminder.lapses.map((lapse) => keyOf(reminder, lapse)));
  // A key that is no longer due can't become due again.
  const stillDue = (name: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...remembered.get(name), ...before[name] }).filter(([key]) => due.includes(key)),
    );
  const sent = Object.fromEntries(chats.map((place) => [nameOf(place), stillDue(nameOf(place))]));
  let recorded = { sent: JSON.stringify(before), version };
  let canSave = true;
  /** False when another run wrote in the meantime. That run sends the rest. */
  const record = async (): Promise<boolean> => {
    if (!canSave || JSON.stringify(sent) === recorded.sent) return true;
    try {
      const saved = await store.save(`${JSON.stringify({ form: 1, sent }, null, 2)}\n`, recorded.version);
      if (saved === null) return false;
      recorded = { sent: JSON.stringify(sent), version: saved };
    } catch (error) {
      fail(error);
      canSave = false;
    }
    return true;
  };
  const overtaken = `${store.name} was changed by another run, so a reminder may be sent twice`;
  for (const place of chats) {
    const { channel, from } = place;
    const name = nameOf(place);
    const known = sent[name] ?? {};
    const messages = reminders.flatMap((reminder): Message[] => {
      const lapses = reminder.lapses.filter((lapse) => isFor(lapse, from) && !(keyOf(reminder, lapse) in known));
      return lapses.length === 0 ? [] : [{ reminder, lapses, note }];
    });
    if (messages.length === 0) continue;
    const sender = senderFor(place, site, outside);
    if ('problem' in sender) {
      failures.push(`${name}: ${sender.problem}`);
      continue;
    }
    try {
      for (const message of messages) {
        const { reminder, lapses } = message;
        const sending = await sender.send(message);
        if (sending.kind !== 'sent') {
          failures.push(`${name}: ${reminder.title} was not sent: ${sending.reason}`);
          continue;
        }
        done.push(`reminded on ${channel.kind}: ${oneLine(reminder.title)}`);
        const at = isoTime(outside.clock());
        const now = { ...sent[name], ...Object.fromEntries(lapses.map((lapse) => [keyOf(reminder, lapse), at])) };
        sent[name] = now;
        remembered.set(name, now);
        if (!(await record())) {
          failures.push(overtaken);
          return;
        }
      }
    } finally {
      sender.close?.();
    }
  }
  if (!(await record())) failures.push(overtaken);
}
