import { resolve } from 'node:path';
import { minute, second } from '../../src/lib/domain/calendar.ts';
import { defineCommand } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import { readCount, readWait } from '../cli/text.ts';
import { during } from '../cli/context.ts';
import { readSiteUrl } from '../publish/options.ts';
import { httpAsk, openBuiltSite } from '../publish/verify/served-files.ts';
import { verdictText, verifySite, withProgress } from '../publish/verify/verify-site.ts';

function readUrl(given: string | undefined): string {
  if (given === undefined)
    throw new UsageError('--url is missing. Type where the site is served, as --url https://status.example.com');
  return readSiteUrl(given);
}

export const verify = defineCommand({
  name: 'verify',
  summary: 'Check that the served site is the one that was built',
  details:
    'Asks for the pages, feeds and files as customers do and holds them against the built site, again and again while a host catches up. Exit code 1 if it never does. Of many problems the most telling are printed; --json has them all.',
  args: [],
  options: {
    site: { value: 'DIR', help: 'the built site (default: dist)' },
    url: { value: 'URL', help: 'where it is served' },
    tries: { value: 'N', help: 'how often to look (default: 8)' },
    wait: { value: 'TIME', help: 'before the second look, doubled each time up to 30s (default: 2s)' },
    'again-after': { value: 'TIME', help: 'look a second time so much later, as 5m' },
    'or-newer': { help: 'be content with a later release, if one was published meanwhile' },
  },
  examples: [
    { line: 'npx halfpast verify --url https://status.example.com', says: 'what is served against dist/' },
    {
      line: 'npx halfpast verify --site site --url http://localhost:8080 --again-after 5m --json',
      says: 'twice, for a program',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const url = readUrl(options.url);
    const tries = readCount(options.tries, '--tries', 8);
    const wait = readWait(options.wait, '--wait', 2 * second);
    const again = options['again-after'];
    const againAfter = again === undefined ? null : readWait(again, '--again-after', 5 * minute);
    const shown = options.site ?? 'dist';
    const site = await openBuiltSite(resolve(context.cwd, shown), shown);
    const outside = withProgress(
      { ask: httpAsk(15 * second), clock: context.clock, sleep: context.sleep },
      context.progress,
      url,
    );
    const looked = { site, url, tries, wait, againAfter, orNewer: options['or-newer'] };
    const verdict = await during(context.progress, `Looking at ${url}`, () => verifySite(looked, outside));
    const ok = verdict.outcome !== 'failed';
    if (call.json) context.stdout(`${JSON.stringify({ ok, ...verdict, release: site.release })}\n`);
    else (ok ? context.stdout : context.stderr)(verdictText(verdict, site.release));
    return ok ? 0 : 1;
  },
});
