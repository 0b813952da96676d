import { type Duration, minute, second } from '../../src/lib/domain/calendar.ts';
import { UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import type { GitHubPort } from '../github/port.ts';
import { pagesFindings } from './doctor.ts';

/** How long someone has for the click. The job may take 10 minutes, and installs packages first. */
const longest: Duration = 8 * minute;
const pause: Duration = 5 * second;

/**
 * Waits until GitHub Pages can serve the site at `url`: a workflow's token may not turn Pages on, so a person has to.
 * `page` is the repository's page. Throws UserError, with what is missing, when nobody does.
 */
export async function awaitPages(
  port: GitHubPort,
  { url, page }: { readonly url: string; readonly page: string },
  { clock, sleep, stdout }: Pick<Context, 'clock' | 'sleep' | 'stdout'>,
): Promise<void> {
  const until = clock() + longest;
  for (let shown = ''; ;) {
    const findings = pagesFindings({ pages: await port.pages(), hasPages: false }, url, page);
    const missing = findings.find(({ state }) => state === 'fix');
    if (missing === undefined) return;
    const line = `${missing.what}. ${missing.fix}`;
    if (clock() >= until)
      throw new UserError(`nothing was published: ${line}. Then go to Actions, Publish, and select Run workflow`);
    if (line !== shown) stdout(`Waiting: ${line}\n`);
    shown = line;
    await sleep(pause);
  }
}
