import type { Site } from '../../../src/domain/site.ts';
import { actionReminders } from './action-reminders.ts';
import { incidentReminders } from './incident-reminders.ts';
import { drafts, postmortemReminders } from './postmortem-reminders.ts';
import type { Wanted } from './wanted.ts';

/** What should be there at the site's `now`. `draftSlugs` are the postmortems that are drafts. */
export function wanted(site: Site, draftSlugs: readonly string[]): Wanted {
  return {
    reminders: [...incidentReminders(site), ...postmortemReminders(site), ...actionReminders(site)],
    drafts: drafts(site, draftSlugs),
  };
}
