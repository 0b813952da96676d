import { dayOf, startOf } from './calendar.ts';
import type { Instant } from './instant.ts';
import { overdueFrom } from './promise.ts';
import { openIncidents, type Site } from './site.ts';

/** A moment at which the page says something else though nobody wrote anything. */
export type Boundary = {
  readonly at: Instant;
  readonly kind: 'maintenance begins' | 'maintenance ends' | 'update overdue' | 'new day';
  /** The incident or maintenance; null for the calendar. */
  readonly slug: string | null;
};

/** Every such moment the content knows of; of midnights in the site's time zone the last one before `to`. */
function all(site: Site, to: Instant): Boundary[] {
  const { timeZone } = site.settings;
  return [
    ...site.maintenances.flatMap(({ slug, actual }): Boundary[] => [
      { at: actual.from, kind: 'maintenance begins', slug },
      { at: actual.to, kind: 'maintenance ends', slug },
    ]),
    ...openIncidents(site).flatMap(({ slug, promised }): Boundary[] =>
      promised === null ? [] : [{ at: overdueFrom(promised), kind: 'update overdue', slug }],
    ),
    { at: startOf(dayOf(to, timeZone), timeZone), kind: 'new day', slug: null },
  ];
}

/**
 * What the clock alone has changed on a page that was built for `from`, by `to`: after `from`, up to
 * and including `to`, oldest first. Of several midnights only the last is told.
 */
export function boundariesBetween(site: Site, from: Instant, to: Instant): Boundary[] {
  return all(site, to)
    .filter(({ at }) => at > from && at <= to)
    .toSorted((a, b) => a.at - b.at);
}
