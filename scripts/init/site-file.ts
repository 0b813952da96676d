import { toYaml } from '../writing/update-file.ts';

type Site = { readonly name: string; readonly url: string; readonly time_zone: string; readonly changed?: string };

/** What holds when the file says nothing. Written out, so that nobody is bound by what they never read. */
const promises = {
  cadence: { check_in: '15m', update: 'at :30' },
  priorities: ['Customer data is safe', 'Customers are told', 'Service is restored'],
  postmortem_within: '7d',
} as const;

const explained = '# What the page promises customers, and the team itself. Change it to what you can keep.';

/** The text of a new `site.yml`. */
export function siteFile(site: Site): string {
  return `${toYaml(site)}${explained}\n${toYaml(promises)}`;
}
