import { shortUtc } from '../../../src/schema/instant.ts';
import { siteAddress } from '../../../src/schema/web-address.ts';
import { isTimeZone } from '../../../src/schema/time-zone.ts';
import { UserError } from '../../cli/errors.ts';
import { siteFile } from '../../init/site-file.ts';
import type { DumpPage } from './dump-schema.ts';

/** The text of `site.yml` from what the dump says of its page. Throws UserError when it says too little. */
export function planSite(page: DumpPage, note: (text: string) => void): string {
  if (page === null || page === undefined) {
    throw new UserError(
      'the dump does not say whose page it is, and there is no site.yml yet. Run first: npx halfpast init',
    );
  }
  const url = siteAddress.safeParse(page.url).data;
  if (url === undefined)
    throw new UserError(
      `page.url: "${page.url}" is not a web address, and there is no site.yml yet. Run first: npx halfpast init`,
    );
  const zone = page.time_zone ?? '';
  if (!isTimeZone(zone)) note(`the time zone "${zone}" is not an IANA name, and site.yml got UTC`);
  const changed = typeof page.updated_at === 'number' ? { changed: shortUtc(page.updated_at) } : {};
  return siteFile({
    name: page.name.trim().replaceAll(/\s+/g, ' '),
    url,
    time_zone: isTimeZone(zone) ? zone : 'UTC',
    ...changed,
  });
}
