import { resolve } from 'node:path';
import { minute, second } from '../../src/lib/domain/calendar.ts';
import { defineCommand } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import { readCount, readWait } from '../cli/text.ts';
import { during } from '../cli/context.ts';
import { readSiteUrl } from '../publish/options.ts';
import { httpGet, openBuiltSite } from '../publish/verify/served-files.ts';
import { verificationText, verifySite, withProgress } from '../publish/verify/verify-site.ts';

export const verify = defineCommand({
  name: 'verify',
  summary: 'Verify that the live site matches the built site',
  details:
    'Requests pages, feeds and files as a customer would, and compares them with the built site. Retries while the host catches up, then ends with exit code 1. Prints the most important problems; --json prints all of them.',
  args: [],
  options: {
    site: { value: 'DIR', help: 'the built site (default: dist)' },
    url: { value: 'URL', help: 'the address of the live site' },
    tries: { value: 'N', help: 'how often to try (default: 8)' },
    wait: { value: 'TIME', help: 'the wait before the second try, doubled each time up to 30s (default: 2s)' },
    'again-after': { value: 'TIME', help: 'verify again after this time, such as 5m' },
    'or-newer': { help: 'accept a newer release, if one was published in the meantime' },
  },
  examples: [
    { line: 'npx halfpast verify --url https://status.example.com', says: 'compare the live site with dist/' },
    {
      line: 'npx halfpast verify --site site --url http://localhost:8080 --again-after 5m --json',
      says: 'verify twice and print JSON',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    if (options.url === undefined)
      throw new UsageError('--url is missing. Add the address of the site, such as --url https://status.example.com');
    const url = readSiteUrl(options.url);
    const tries = readCount(options.tries, '--tries', 8);
    const wait = readWait(options.wait, '--wait', 2 * second);
    const again = options['again-after'];
    const againAfter = again === undefined ? null : readWait(again, '--again-after', 5 * minute);
    const shown = options.site ?? 'dist';
    const site = await openBuiltSite(resolve(context.cwd, shown), shown);
    const outside = withProgress(
      { get: httpGet(15 * second), clock: context.clock, sleep: context.sleep },
      context.progress,
      url,
    );
    const looked = { site, url, tries, wait, againAfter, orNewer: options['or-newer'] };
    const verdict = await during(context.progress, `Checking ${url}`, () => verifySite(looked, outside));
    const ok = verdict.outcome === 'verified' || verdict.outcome === 'overtaken';
    if (call.json) context.stdout(`${JSON.stringify({ ok, ...verdict, release: site.release })}\n`);
    else (ok ? context.stdout : context.stderr)(verificationText(verdict, site.release));
    return ok ? 0 : 1;
  },
});
