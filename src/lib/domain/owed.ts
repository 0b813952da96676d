import { day, dayOf, type Day, type Duration, type Instant, publishedAt } from './calendar.ts';
import { type Incident, isOpen } from './incident.ts';
import type { Postmortem } from './postmortem.ts';
import type { PostmortemReason } from './settings.ts';
import type { Site } from './site.ts';
import { componentStatuses, impacts, type RemedyTerms, worstStatus } from './vocabulary.ts';

/** What these rules need. The page, reminders and `status` all follow them. */
type Promises = Pick<Site, 'now' | 'incidents' | 'postmortems'> & {
  readonly settings: Pick<Site['settings'], 'postmortemFor' | 'postmortemWithin' | 'timeZone'>;
};

/**
 * How far back the rules apply. A new page, or a page with a stricter rule, isn't held to it for its whole history.
 */
export const lookBack: Duration = 90 * day;

/**
 * Whether one of the reasons in `site.yml` applies to an incident. Doesn't apply to imported incidents, which
 * were explained elsewhere.
 */
export function needsPostmortem(incident: Incident, reasons: readonly PostmortemReason[]): boolean {
  const { impact, worstComponents, customerData, updates } = incident;
  const worst = componentStatuses.indexOf(worstStatus(Object.values(worstComponents)));
  const applies = (reason: PostmortemReason): boolean => {
    if (reason === 'customer_data') return customerData === 'affected';
    const status = componentStatuses.findIndex((one) => one === reason);
    return status === -1 ? impacts.indexOf(impact) >= impacts.findIndex((one) => one === reason) : worst >= status;
  };
  return updates[0].record.source === null && reasons.some(applies);
}

/** When customers read that an incident was over; null while it's open. */
export function reportedOver({ updates }: Incident): Instant | null {
  const closing = updates[updates.findLastIndex(({ record }) => record.status !== 'resolved') + 1];
  return closing === undefined ? null : publishedAt(closing.record);
}

/**
 * Returns the postmortem that customers are still owed for an incident; null for none. It's due on the day `by` in the
 * site's time zone, `late` once that day is over, and `old` once it's too long ago to mention.
 */
export function owedPostmortem({ now, settings, postmortems }: Promises, incident: Incident) {
  const reportedAt = reportedOver(incident);
  const isPublished = postmortems.some(({ slug }) => slug === incident.slug);
  if (reportedAt === null || isPublished || !needsPostmortem(incident, settings.postmortemFor)) return null;
  const due = reportedAt + settings.postmortemWithin;
  const by = dayOf(due, settings.timeZone);
  const isLate = dayOf(now, settings.timeZone) > by;
  const state = !isLate ? 'due' : now < reportedAt + lookBack ? 'late' : 'old';
  return { reportedAt, due, by, state } as const;
}

export type Remedy = RemedyTerms & { readonly text: string };

/**
 * Returns what customers get for an incident; null for nothing. Its postmortem takes precedence over its updates, but
 * an update can say when customers got what was still `pending` in the postmortem.
 */
export function remedyOf(incident: Incident | undefined, postmortem: Postmortem | undefined): Remedy | null {
  const text = postmortem?.remedy ?? incident?.remedy ?? null;
  if (text === null) return null;
  const [inPostmortem, inUpdates] = [postmortem?.remedied ?? null, incident?.remedied ?? null];
  return {
    text,
    claim: postmortem?.claim ?? incident?.claim ?? null,
    claimUntil: postmortem?.claimUntil ?? incident?.claimUntil ?? null,
    remedied: inPostmortem === 'pending' && inUpdates !== null ? inUpdates : (inPostmortem ?? inUpdates),
  };
}

/**
 * Whether customers are still owed the remedy. Without terms, such as in "Nobody is charged", there's
 * nothing to deliver.
 */
const isOwed = ({ remedied, claim, claimUntil }: Remedy): boolean =>
  remedied === 'pending' || (remedied === null && (claim ?? claimUntil) !== null);

export type OpenRemedy = {
  readonly incident: Incident;
  readonly postmortem: Postmortem | null;
  readonly remedy: Remedy;
  /** The last day to claim it, or else the day when a postmortem is due; null while the incident is open. */
  readonly by: Day | null;
  readonly overdue: boolean;
  /** Whether it's too long ago to remind anyone. */
  readonly isOld: boolean;
};

/** Returns remedies that customers were promised and haven't received, earliest due first. */
export function openRemedies({ now, settings, incidents, postmortems }: Promises): OpenRemedy[] {
  const today = dayOf(now, settings.timeZone);
  const published = new Map(postmortems.map((postmortem) => [postmortem.slug, postmortem]));
  return incidents
    .flatMap((incident): OpenRemedy[] => {
      const postmortem = published.get(incident.slug);
      const remedy = remedyOf(incident, postmortem);
      if (remedy === null || !isOwed(remedy)) return [];
      const over = isOpen(incident) ? null : reportedOver(incident);
      const byPostmortem = over === null ? null : dayOf(over + settings.postmortemWithin, settings.timeZone);
      const by = remedy.claimUntil ?? byPostmortem;
      const isOld = by !== null && by < dayOf(now - lookBack, settings.timeZone);
      return [{ incident, postmortem: postmortem ?? null, remedy, by, overdue: by !== null && by < today, isOld }];
    })
    .toSorted((a, b) => ((a.by ?? '9999') < (b.by ?? '9999') ? -1 : 1));
}
