import { withHandOver } from '../../src/lib/content/write-content.ts';
import { type Instant, minute } from '../../src/lib/domain/calendar.ts';
import { type Incident, isOpen, latestUpdate, missingRoles } from '../../src/lib/domain/incident.ts';
import type { Settings } from '../../src/lib/domain/settings.ts';
import { clockSkew } from '../../src/lib/content/update-rules.ts';
import { nameProblem } from '../../src/lib/schema/update-file.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { utcAndLocal } from '../../src/lib/views/time.ts';
import { en } from '../../src/lib/words/en.ts';
import type { ContentFolder } from '../cli/content.ts';
import type { Ask } from '../cli/context.ts';
import { oneLine, UsageError, UserError } from '../cli/errors.ts';
import type { FileDraft } from './draft.ts';

/** Who takes over each role; undefined for a role that doesn't change. */
export type Roles = Readonly<Record<'lead' | 'comms', string | undefined>>;

const labels = { lead: 'Lead', comms: 'Comms' } as const;

/** Who takes over, from the flags or prompts. Throws UsageError. */
export async function newRoles(given: Roles, incident: Incident, ask: Ask | null): Promise<Roles> {
  if ((given.lead ?? given.comms) !== undefined) return given;
  if (ask === null)
    throw new UsageError('--lead or --comms is missing. Type who takes over, such as --lead Sam or --comms Priya');
  // The name isn't prefilled, because people would type after it.
  const who = async (question: string, current: string | null): Promise<string | undefined> => {
    const message = current === null ? question : `${question} (Enter: still ${oneLine(current)})`;
    const answer = await ask.text({ message, optional: true, check: nameProblem });
    return answer === '' || answer === current ? undefined : answer;
  };
  return {
    lead: await who('Who leads now?', incident.lead),
    comms: await who('Who updates customers now?', incident.comms),
  };
}

/** The newest update of an incident, with the hand-over added to it. Throws UserError. */
export function handOverDraft(incident: Incident, roles: Roles, now: Instant, content: ContentFolder): FileDraft {
  const { slug, title } = incident;
  if (!isOpen(incident))
    throw new UserError(`${slug} is resolved, so there is nothing to hand over. Reopen it first, if it isn't over`);
  const changed = (['lead', 'comms'] as const).flatMap((role) => {
    const name = roles[role];
    return name === undefined || name === incident[role] ? [] : [{ role, name, before: incident[role] }];
  });
  if (changed.length === 0)
    throw new UserError(
      `nothing was written, since nothing changes. Lead: ${incident.lead ?? 'nobody'}. Comms: ${incident.comms ?? 'nobody'}`,
    );
  const { record } = latestUpdate(incident);
  if (record.at > now + clockSkew)
    throw new UserError(`${record.id}.md is in the future. Correct the clock of this machine`);
  const at = Math.max(Math.floor(now / minute) * minute, record.at);
  const path = `incidents/${slug}/${record.id}.md`;
  const bytes = content.tree.files.find((file) => file.path === path)?.bytes;
  const replaces = new TextDecoder().decode(bytes);
  const names = Object.fromEntries(changed.map(({ role, name }) => [role, name]));
  const text = withHandOver(replaces, { at: shortUtc(at), ...names });
  if (text === null)
    throw new UserError(
      `${content.folder}/${path}: hand_overs isn't a list with an item on each line. Rewrite it, starting with "  - at: ${shortUtc(at)}" below hand_overs:`,
    );
  return {
    file: { path, text },
    replaces,
    slug,
    title,
    permalink: null,
    unseen: content.settings.showPeople
      ? 'The page shows the new names once it is published.'
      : 'Recorded for the team. Customers see no change, so nothing has to go live.',
    // As in other drafts, the title may come from a monitor.
    commitMessage: `Hand-over: ${incident.updates[0].record.key === null ? title : slug}`,
    notes: changed.map(
      ({ role, name, before }) =>
        // No verb, because a name can be a group.
        `${labels[role]} from ${utcAndLocal(at, content.settings)}: ${name}${before === null ? '' : ` (before: ${before})`}.`,
    ),
    asked: false,
  };
}

/** The same key for a person's name in the content and their GitHub login. */
const keyOf = (name: string, { people }: Pick<Settings, 'people'>): string =>
  (people[name] ?? name).replace(/^@/, '').toLowerCase();

/** `Checkout errors and Slow search` */
const listOf = (words: readonly string[]): string => en.listOf(words.map(oneLine));

/**
 * Problems with the roles in open incidents: a serious incident without both roles, one person who writes for several,
 * and more than one lead.
 */
export function roleLines(open: readonly Incident[], settings: Pick<Settings, 'people'>): string[] {
  const command = ({ slug }: Incident, ...roles: readonly string[]): string =>
    `npx halfpast hand-over ${slug}${roles.map((role) => ` --${role} NAME`).join('')}`;
  const lacking = open.flatMap((incident) => {
    const roles = missingRoles(incident);
    if (roles.length === 0) return [];
    const what = roles.map((role) => `no ${role}`).join(' and ');
    return [`${oneLine(incident.title)}: ${what}. Name someone: ${command(incident, ...roles)}`];
  });
  const writers = Map.groupBy(
    open.filter(({ comms }) => comms !== null),
    ({ comms }) => keyOf(comms ?? '', settings),
  );
  const busy = [...writers.values()].flatMap((incidents) => {
    const last = incidents.at(-1);
    if (incidents.length < 2 || last?.comms == null) return [];
    const titles = listOf(incidents.map(({ title }) => title));
    return [`The same comms for ${titles}: ${oneLine(last.comms)}. Hand one over: ${command(last, 'comms')}`];
  });
  const led = open.filter(({ lead }) => lead !== null);
  const leads = [...new Map(led.map(({ lead }) => [keyOf(lead ?? '', settings), lead ?? ''])).values()];
  const [first] = led.toReversed();
  const split =
    leads.length < 2 || first === undefined
      ? []
      : [`More than one lead: ${listOf(leads)}. Agree on one, and hand over: ${command(first, 'lead')}`];
  return [...lacking, ...busy, ...split];
}
