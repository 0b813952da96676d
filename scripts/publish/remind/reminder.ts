import type { Instant } from '../../../src/lib/domain/calendar.ts';
import type { Incident } from '../../../src/lib/domain/incident.ts';
import type { ReminderStage, Settings } from '../../../src/lib/domain/settings.ts';
import { clock, date } from '../../../src/lib/views/time.ts';
import { oneLine } from '../../cli/errors.ts';

export type Addressee = {
  readonly stage: ReminderStage;
  /** Plain text; null when the content names no one. */
  readonly name: string | null;
  /** GitHub Markdown. */
  readonly mention: string;
};

/** Something to remind a person of once. */
export type Lapse = {
  /** Unique within one reminder. It never changes. */
  readonly key: string;
  readonly to: Addressee;
  /** One line for a terminal. Like `markdown`, it contains nothing that changes from minute to minute. */
  readonly text: string;
  readonly markdown: string;
  /** `markdown` is a list item. */
  readonly isItem?: true;
};

/** The desired state of one issue. */
export type Reminder = {
  /** The subject, such as `incident:<slug>`; in a hidden marker of the issue. */
  readonly about: string;
  readonly title: string;
  /** Markdown: the part that stays the same, below the lapses. */
  readonly body: string;
  /** Current lapses. Without any, the issue is neither opened nor closed. */
  readonly lapses: readonly Lapse[];
  /** The person it's for, as named in the content; null if the content names no one. */
  readonly person: string | null;
  /** Their login without `@`, if known. */
  readonly login: string | null;
  /** How to post the update that is due: the command, and the form if the site has one. Null when no update is due. */
  readonly answer: { readonly link: string | null; readonly command: string } | null;
};

/** A postmortem to draft in a pull request. */
export type PostmortemDraft = {
  readonly slug: string;
  readonly title: string;
  /** Relative to the content folder. */
  readonly path: string;
  readonly text: string;
  readonly person: string | null;
  readonly login: string | null;
};

/** Everything that should exist now. Issues about anything else are closed. */
export type Wanted = { readonly reminders: readonly Reminder[]; readonly drafts: readonly PostmortemDraft[] };

/**
 * The GitHub login of a person in the content: from `people:` in `site.yml`, or written as `@login`. A plain name
 * isn't a login, even if it looks like one: it may be a stranger's.
 */
export function loginOf(person: string | null, { people }: Pick<Settings, 'people'>): string | null {
  if (person === null) return null;
  const known = Object.hasOwn(people, person) ? people[person] : undefined;
  return known ?? /^@([A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38})$/.exec(person)?.[1] ?? null;
}

/** Escapes text for GitHub's Markdown, so that it shows literally, without mentions or HTML comments. */
export function asWritten(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]#|~]/g, (sign) => `\\${sign}`)
    .replaceAll('<', '&lt;')
    .replaceAll('@', '@\u200b');
}

/** How to address a person in Markdown. */
export function addressed(person: string | null, login: string | null): string {
  return login === null ? (person === null ? 'the person who posts updates' : asWritten(person)) : `@${login}`;
}

/** Who to notify about an incident at a stage. If a role is unfilled, the next one is notified. */
export function addressee(
  { comms, lead }: Pick<Incident, 'comms' | 'lead'>,
  stage: ReminderStage,
  settings: Pick<Settings, 'people'>,
): Addressee {
  const mention = (person: string): string => addressed(person, loginOf(person, settings));
  const named = [...new Set([comms, lead].filter((person) => person !== null))];
  if (stage === 'everyone') return { stage, name: 'everyone', mention: ['Everyone', ...named.map(mention)].join(', ') };
  const person = stage === 'lead' ? (lead ?? comms) : (comms ?? lead);
  return { stage, name: person, mention: addressed(person, loginOf(person, settings)) };
}

/** Reminders are in English, regardless of the site's language. */
export const english = { locale: 'en-GB' };

/** `22 November 2026, 15:05 CET`, in the site's time zone: the local time of the team. */
export function momentWords(instant: Instant, { timeZone }: Pick<Settings, 'timeZone'>): string {
  const zone = { timeZone, ...english };
  return `${date(instant, zone).text}, ${clock(instant, zone)}`;
}

/** A lapse whose sentence has a time, shown in bold in the issue. */
export function timeLapse(key: string, when: string, to: Addressee, sentence: (when: string) => string): Lapse {
  const markdown = to.stage === 'comms' ? '' : `${to.mention}: `;
  return { key, to, text: sentence(when), markdown: `${markdown}${sentence(`**${when}**`)}` };
}

/** What `remind` prints without sending: each reminder that is due, and who it's for. */
export function wantedText({ reminders, drafts }: Wanted): string {
  const due = reminders.filter(({ lapses }) => lapses.length > 0);
  const lines = [
    ...due.flatMap(({ title, person, login, lapses }) => [
      `${oneLine(title)} (for ${oneLine(login === null ? (person ?? 'unassigned') : `@${login}`)})`,
      ...lapses.map(
        ({ text, to }) => `  ${to.stage === 'comms' ? '' : `For ${oneLine(to.name ?? 'everyone')}: `}${oneLine(text)}`,
      ),
    ]),
    ...drafts.map(({ path, title }) => `Postmortem to draft: ${oneLine(title)} (${path})`),
  ];
  return lines.length === 0 ? 'Nothing is due.\n' : `${lines.join('\n')}\n`;
}
