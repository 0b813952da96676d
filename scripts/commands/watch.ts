import { resolve } from 'node:path';
import { checkContent } from '../../src/lib/content/check-content.ts';
import { contentHash } from '../../src/lib/content/content-tree.ts';
import { defineCommand } from '../cli/command.ts';
import { readContentTree } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { findStop, stopLine } from '../cli/stop-switch.ts';
import { shellWord } from '../cli/text.ts';
import type { Context } from '../cli/context.ts';
import { gitIn } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';
import { httpReader, NoAnswer } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import { duePublish } from '../publish/due-publish.ts';
import { openPages } from '../publish/hosts/github-pages.ts';
import { gitHubOption, readAddress, readGitHub } from '../publish/options.ts';
import { gitHubAdvice } from '../publish/outcome.ts';
import { rolledBackRelease } from '../publish/release-log.ts';
import { remind } from './remind.ts';

type Place = { readonly name: string; readonly url: string; readonly content: string; readonly now: number };

/** Starts Publish if the page isn't what it should be. Returns a line for the log. Throws UserError. */
async function publishIfDue({ name, url, content, now }: Place, context: Context): Promise<string> {
  const tree = await readContentTree(content, context);
  const stop = findStop({ content, files: tree.files, env: context.env });
  if (stop !== null) return stopLine(stop);
  const parsed = await checkContent(tree, now);
  // Its author got a comment on the commit. Repeating it here helps nobody.
  if ('problems' in parsed)
    return `${content} has problems, so nothing is published. See: npx halfpast check --content ${shellWord(content)}`;
  const git = gitIn(resolve(context.cwd, content), context);
  const commit = await git.head();
  const host = await openPages({ name, url, work: { site: '', cache: '' }, artifact: null }, context);
  const log = await host.log();
  const source = { content: contentHash(tree), commit, version: context.version };
  const rolledBack = await rolledBackRelease(log, source, await host.served(log), git);
  if (rolledBack !== null) return `not published: this was rolled back (${rolledBack.rolledBack?.reason ?? ''})`;
  const live = await readRelease(httpReader(url, context)).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error;
    throw new UserError(`${url} ${error.message}. Open it in a browser. To publish again, ${gitHubAdvice.retry}`);
  });
  if (live === null) return 'no Halfpast site is live yet. Publish it first';
  const isNewer =
    commit !== null && live.commit !== null && !['same', 'older'].includes(await git.ancestry(commit, live.commit));
  const port = await openGitHub(name, context);
  const { publish, line } = await duePublish(parsed.site, live, isNewer ? commit : null, () =>
    commit === null ? Promise.resolve([]) : port.runsOf('publish.yml', commit),
  );
  if (publish) await port.startWorkflow('publish.yml', {});
  return line;
}

export const watch = defineCommand({
  name: 'watch',
  summary: 'Send reminders, and publish when time has changed the page',
  details:
    'Sends what remind would, and starts publish.yml when maintenance starts or ends, a promised update becomes overdue, a day ends, or the newest commit is not live. Run it from a timer.',
  args: [],
  options: {
    ...gitHubOption,
    once: { help: 'do what is due now, and end' },
    url: { value: 'URL', help: 'where the site is served (default: url in site.yml)' },
  },
  examples: [{ line: 'npx halfpast watch --once --github example/status', says: 'for example every ten minutes' }],
  run: async (call, context) => {
    const { github, once, url } = call.options;
    const name = readGitHub(github);
    if (!once) throw new UsageError('--once is missing. Add it, and run this from a timer');
    const place = {
      name,
      url: await readAddress(url, call.content, context),
      content: call.content,
      now: call.now(),
    };
    // Both matter, whatever happens to the other.
    const work = [
      async () => remind.run({ ...call, options: { github: name }, json: false }, context),
      async () => {
        context.stdout(`${await publishIfDue(place, context)}\n`);
        return 0;
      },
    ];
    let worst = 0;
    for (const one of work) {
      try {
        worst = Math.max(worst, await one());
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        context.stderr(`${error.message}\n`);
        worst = 1;
      }
    }
    return worst;
  },
});
