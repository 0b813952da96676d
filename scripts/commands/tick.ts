import { resolve } from 'node:path';
import { checkContent } from '../../src/lib/content/check-content.ts';
import { defineCommand } from '../cli/command.ts';
import { readContentTree } from '../cli/content.ts';
import { UserError } from '../cli/errors.ts';
import { findStop, stopLine } from '../cli/stop-switch.ts';
import { shellWord } from '../cli/text.ts';
import { gitIn } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';
import { httpReader, NoAnswer } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import { gitHubOption, readGitHub, readSiteUrl } from '../publish/options.ts';
import { mayPublish, readRecord, tick as look } from '../publish/release-record.ts';

export const tick = defineCommand({
  name: 'tick',
  summary: 'Publish again when time has changed the page',
  details:
    'Starts publish.yml when a maintenance window starts or ends, a promised update becomes overdue, or a day ends. Run it from a timer.',
  args: [],
  options: {
    ...gitHubOption,
    url: { value: 'URL', help: 'where the site is served (default: url in site.yml)' },
  },
  examples: [{ line: 'npx halfpast tick --github example/status', says: 'for example every ten minutes' }],
  run: async (call, context) => {
    const github = readGitHub(call.options.github);
    const given = call.options.url === undefined ? null : readSiteUrl(call.options.url);
    const port = await openGitHub(github, context);
    const say = (line: string): number => {
      context.stdout(`${line}\n`);
      return 0;
    };
    const tree = await readContentTree(call.content, context);
    const held = findStop({
      content: call.content,
      files: tree.files,
      env: context.env,
    });
    if (held !== null) return say(stopLine(held));
    const parsed = await checkContent(tree, call.now());
    // Whoever committed it was told; telling it every ten minutes helps nobody.
    if ('problems' in parsed)
      return say(
        `${call.content} has problems, so nothing is published. See: npx halfpast check --content ${shellWord(call.content)}`,
      );
    const git = gitIn(resolve(context.cwd, call.content), context);
    const head = await git.head();
    const taken = await mayPublish(await readRecord(port), head, git);
    if (taken !== null) return say(taken);
    const url = given ?? parsed.site.settings.url;
    try {
      const live = await readRelease(httpReader(url, context));
      const asked = look(parsed.site, live);
      // GitHub is only asked for runs when there is something to publish.
      const { publish, says } =
        asked.publish && head !== null ? look(parsed.site, live, await port.runsOf('publish.yml', head)) : asked;
      if (publish) await port.startWorkflow('publish.yml', {});
      return say(says);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw new UserError(
        `${url} ${error.message}. Open it in a browser. To publish again: Actions, Publish, Run workflow`,
      );
    }
  },
});
