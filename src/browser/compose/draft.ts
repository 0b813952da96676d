import type { MarkdownFile } from '../../content/front-matter.ts';
import { readIncident } from '../../content/incidents.ts';
import { type Problem, problemLine } from '../../content/problem.ts';
import { clockSkew } from '../../content/update-folder.ts';
import { updateName } from '../../content/update-name.ts';
import { updateFile } from '../../content/writing/new-update.ts';
import { freeName, incidentSlug } from '../../content/writing/slug.ts';
import type { Fields } from '../../content/writing/update-file.ts';
import { freeUpdateTime } from '../../content/writing/update-time.ts';
import type { Incident } from '../../domain/incident.ts';
import { type Instant, minute } from '../../domain/instant.ts';
import { mayHoldCredential } from '../../schema/credential-starts.ts';
import { shortUtc } from '../../schema/instant.ts';
import type { ComposeData, OpenIncident } from '../../views/compose-data.ts';
import { incidentStatusWords } from '../../views/words.ts';
import type { Answers } from './answers.ts';
import { asRead, messageLine } from './as-read.ts';

/** A line that a person reads, and the field of the form it is about; null for none. */
export type Trouble = { readonly line: string; readonly field: string | null };

/** The file that the form makes, and all that is wrong with it. */
export type Drafted = {
  readonly at: Instant;
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly commitMessage: string;
  readonly troubles: readonly Trouble[];
  /** What to look at once more before it is sent; null for nothing. */
  readonly caution: string | null;
  /** As customers will see it; null while it cannot be read. */
  readonly incident: Incident | null;
};

const said = (text: string): string | undefined => (text === '' ? undefined : text);

function fieldsOf(answers: Answers): Fields {
  const { title, status, impact, components, customer_data, next_update, lead, comms, remedy } = answers;
  return {
    title: said(title),
    status,
    impact: said(impact),
    components,
    customer_data: said(customer_data),
    next_update: said(next_update),
    lead: said(lead),
    comms: said(comms),
    remedy: said(remedy),
  };
}

/** What stands for their text: a word, since a text of which nothing is shown is refused. */
const told = 'told';

/** Files that stand for the updates there are: what they come to is all that a new one is read against. */
function standIns(open: OpenIncident): MarkdownFile[] {
  const { slug, title, status, impact, components, worst, customerData, remedy, latestAt } = open;
  const isNamed = Object.keys(worst).length > 0;
  const first = {
    title,
    status,
    impact: impact ?? (isNamed ? undefined : 'minor'),
    components: worst,
    customer_data: customerData ?? undefined,
    remedy: remedy ?? undefined,
  };
  const update = (at: Instant, fields: Fields) => asRead(updateFile('incidents', slug, at, fields, told), fields, told);
  return [
    update(latestAt - 2 * minute, first),
    // Clears the worst there was, which then counts for the impact alone.
    update(latestAt - minute, { status: 'resolved' }),
    update(latestAt, { status, components }),
  ];
}

/** What the commands would refuse though `check` does not. */
function refusals(
  answers: Answers,
  open: OpenIncident | undefined,
  wanted: { readonly slug: string; readonly named: boolean } | null,
  at: Instant | null,
  now: Instant,
  data: ComposeData,
): Trouble[] {
  const troubles: Trouble[] = [];
  const clock = shortUtc(Math.floor(now / minute) * minute);
  if (at === null || now < data.asOf - clockSkew) {
    const known = shortUtc(Math.max(data.asOf, open?.latestAt ?? 0));
    troubles.push({
      line: `the clock of this device says ${clock}, but this page knows of ${known}. Put the clock right, and load the page again`,
      field: null,
    });
  }
  if (wanted?.named === true && data.open.some(({ slug }) => slug === wanted.slug)) {
    troubles.push({
      line: `${wanted.slug} is open already. To add to it, choose it above; if this is another incident, give it another title`,
      field: 'incident',
    });
  }
  if (open?.customerData === 'under_review' && answers.status === 'resolved' && answers.customer_data === '') {
    troubles.push({
      line: `${open.slug} says under_review, and that would stand for good. Say how the check of customer data ended, or that it goes on`,
      field: 'customer_data',
    });
  }
  return troubles;
}

/** The file for these answers at `now`, as `halfpast open` and `update` would write it, and read as `check` reads it. */
export function draftUpdate(answers: Answers, data: ComposeData, now: Instant): Drafted {
  const {
    repository: { folder },
    settings,
    components,
  } = data;
  const open = data.open.find(({ slug }) => slug === answers.incident);
  const free = freeUpdateTime(now, open?.latestAt ?? null);
  const at = free ?? now;
  const title = incidentSlug(answers.title, at);
  const wanted = open === undefined ? { slug: title.wanted, named: title.named } : null;
  const slug = open?.slug ?? freeName(title.wanted, (name) => data.taken.includes(name));
  const fields = fieldsOf(answers);
  const file = updateFile('incidents', slug, at, fields, answers.message);
  const context = {
    now,
    timeZone: settings.timeZone,
    cadence: settings.cadence,
    componentIds: components.map(({ id }) => id),
  };
  const earlier = open === undefined ? [] : standIns(open);
  const read = readIncident(`incidents/${slug}`, [...earlier, asRead(file, fields, answers.message)], context);
  const below = messageLine(fields);
  const problems = read.problems.map((problem) => ({
    line: problemLine(problem, folder),
    field: formField(problem, below),
  }));
  return {
    at,
    path: folder === '' ? file.path : `${folder}/${file.path}`,
    text: file.text,
    commitMessage: `${incidentStatusWords[answers.status as keyof typeof incidentStatusWords]}: ${said(answers.title) ?? open?.title ?? updateName(at)}`,
    troubles: [...refusals(answers, open, wanted, free, now, data), ...problems],
    // Whether it is one, only check finds out: its rules are too much for a phone.
    caution: mayHoldCredential(file.text)
      ? 'Something here looks like the beginning of a key, a token or a password. If it is one, take it out: check would refuse the update, and git keeps what was pushed.'
      : null,
    incident: read.value,
  };
}

/** The field of the form that a problem is about. Whatever stands on the line `below` the fields is the message. */
function formField({ field, message, line }: Problem, below: number): string | null {
  if (field !== null) return field;
  return line >= below || message.startsWith('has no text') ? 'message' : null;
}
