import { resolve } from 'node:path';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { readTree } from '../../src/lib/content/disk.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { defineCommand } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import { notifyCommand } from '../cli/text.ts';
import { keepTimer, openGitHub, runningWorkflow, startWatch } from '../github/github.ts';
import { commentOnFailure, type Ended } from '../publish/commit-comment.ts';
import { nextDue } from '../publish/due-publish.ts';
import { openPages } from '../publish/hosts/github-pages.ts';
import { gitHubOption, readGitHub } from '../publish/options.ts';
import { ending, gitHubInstructions, Timer } from '../publish/outcome.ts';
import { holdStep } from '../publish/prepare.ts';
import { preparedSite, readPrepared } from '../publish/prepared-folder.ts';
import { deploy, deploySteps } from '../publish/publish.ts';
import { redeploy } from '../publish/restore.ts';

/** Blank when nothing is deployed, because then there's no artifact. */
function readArtifact(given = ''): number | null {
  if (given.trim() === '') return null;
  if (!/^\d+$/.test(given)) throw new UsageError('--artifact is not the id of an artifact');
  return Number(given);
}

/** Whether something is due within an hour, such as a second verification. */
async function needsWatch(content: string, published: Ended, now: Instant): Promise<boolean> {
  const isLive = published.outcome === 'published' || published.outcome === 'not notified';
  if (isLive && published.verified && published.verdict.news.length > 0) return true;
  const parsed = parseContent(await readTree(content), now);
  // If the content has problems, the watch uses an earlier commit.
  return 'problems' in parsed || nextDue(parsed.site, null) !== null;
}

export const publishDeploy = defineCommand({
  name: 'publish deploy',
  summary: 'Deploy a prepared site to GitHub Pages, verify it and notify',
  details:
    'Continues after publish prepare. If the site was refused or fails, it comments on the commit. Afterwards, it starts the watch if something is due within the hour. Exit code 0: published. 1: failed. 3: not published, on purpose.',
  args: [],
  options: {
    ...gitHubOption,
    prepared: { value: 'DIR', help: 'the folder from publish prepare (default: prepared)' },
    artifact: { value: 'ID', help: 'the artifact with the site, from actions/upload-pages-artifact' },
    branch: { value: 'NAME', help: 'the branch to edit files on (default: main)' },
  },
  examples: [
    {
      line: 'npx halfpast publish deploy --github example/status --artifact "$ARTIFACT"',
      says: 'the second job of publish.yml',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const name = readGitHub(options.github);
    const artifact = readArtifact(options.artifact);
    const shown = options.prepared ?? 'prepared';
    const folder = resolve(context.cwd, shown);
    const { commit, restores, result } = await readPrepared(folder, shown, context);
    const print = (line: string): void => context.stderr(`${line}\n`);
    const content = resolve(context.cwd, call.content);

    const run = async (): Promise<Ended> => {
      if (result.kind === 'ended') return result.published;
      if (result.kind === 'failed')
        return { outcome: restores === null ? 'failed' : 'not rolled back', message: result.message };
      if (artifact === null) throw new UsageError('--artifact is missing. Add it, such as --artifact "$ARTIFACT"');
      const { release } = result.prepared;
      const work = { site: preparedSite(folder), cache: '' };
      const workflow = runningWorkflow(context.env);
      const host = await openPages({ name, url: release.url, work, artifact, workflow }, context);
      const { now } = call;
      const { clock } = context;
      const steps = {
        hold: holdStep({ content, shown: call.content }, context.env),
        ...deploySteps(
          {
            content,
            now,
            deliveries: host.deliveries,
            notifyCommand: notifyCommand(`github:${name}`),
            verify: { url: release.url, tries: 5 },
          },
          context,
        ),
      };
      const prepared = { ...result.prepared, site: work.site };
      if (restores !== null) return redeploy({ host, steps, clock, print }, restores, prepared);
      await steps.beginChannels();
      return deploy({ host, steps, keep: Infinity, now, clock, print }, prepared, new Timer(clock));
    };

    const published = await run();
    const { code, lines } =
      'message' in published
        ? { code: 1, lines: [published.message] }
        : ending(published, call.content, gitHubInstructions);
    (code === 0 ? context.stdout : context.stderr)(`${lines.join('\n')}\n`);
    if (published.outcome === 'example') return code;
    const port = await openGitHub(name, context);
    const timer = await keepTimer(port);
    if (timer !== null) print(timer);
    if (await needsWatch(content, published, call.now())) print(await startWatch(port));
    if (code === 1 && commit !== null) {
      const branch = options.branch ?? 'main';
      const place = { repository: name, branch, content: call.content };
      print(await commentOnFailure(port, { commit, published, lines }, place, context));
    }
    return code;
  },
});
