import type { Repository } from './repository.ts';
import { toYaml } from '../writing/update-file.ts';

type Site = { readonly name: string; readonly url: string; readonly time_zone: string; readonly changed?: string };

/** What holds when the file says nothing. Written out, so that nobody is bound by what they never read. */
const promises = {
  cadence: { check_in: '15m', update: 'at :30' },
  priorities: ['Customer data is safe', 'Customers are told', 'Service is restored'],
  postmortem_within: '7d',
} as const;

const explained = '# What the page promises customers, and the team itself. Change it to what you can keep.';

/** Also for those who never read of the form: it shows everybody where the content is. */
const formExplained =
  '# Makes the form at /compose/, which shows this name and your templates to everybody. Delete it to have no form.';

/** The text of a new `site.yml`; `repository` where the content is known to be on GitHub. */
export function siteFile(site: Site, repository: Repository | null = null): string {
  const form = repository === null ? '' : `${formExplained}\n${toYaml({ repository })}`;
  return `${toYaml(site)}${explained}\n${toYaml(promises)}${form}`;
}
