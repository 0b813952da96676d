import { resolve } from 'node:path';
import { checkContent } from '../../src/lib/content/check-content.ts';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { openIncidents, type Site } from '../../src/lib/domain/site.ts';
import { defineCommand } from '../cli/command.ts';
import { problemsLine, readContentTree } from '../cli/content.ts';
import { type Context, during } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { findStop, readStopFile } from '../cli/stop-switch.ts';
import { fileStorage } from '../cli/system.ts';
import { wrapLine } from '../cli/text.ts';
import { gitIn } from '../github/git.ts';
import { openGitHub, timerOff } from '../github/github.ts';
import { requireFolder } from '../publish/hosts/folder.ts';
import { readLastGood } from '../publish/last-good.ts';
import { liveJson, liveLines, liveState } from '../publish/live-state.ts';
import { readGitHub } from '../publish/options.ts';
import { ownServer } from '../publish/server-hook.ts';
import { type CheckIn, checkInsOf } from '../write/check-ins.ts';
import { situationText } from '../write/status-text.ts';
import { situation, situationJson } from '../write/status.ts';

/** The site built from the newest valid content; null if there is none. */
async function readableSite(
  tree: ContentTree,
  path: string,
  { content, now }: { readonly content: string; readonly now: () => number },
  context: Context,
): Promise<Site | null> {
  const git = gitIn(path, context);
  const folders = [(await git.prefix()) ?? ''];
  try {
    return (await readLastGood(tree, { folders, shown: content, now: now(), git, before: null })).site;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

export const status = defineCommand({
  name: 'status',
  summary: 'Show open incidents, who leads them and what is due',
  details:
    'A run sheet for the lead: what to do next, the priorities, and for each open incident whether customer data is safe, the latest update and check-in, when the next ones are due, the lead, the communications lead, and links to the last three incidents of the same components. Times are in the time zone of the page, with their offset.\n\nThen it fetches from the remote, and compares the content with the live page. It reports NOT LIVE, ON HOLD, ROLLED BACK, or that others have pushed.',
  args: [],
  options: {
    to: { value: 'DIR', help: 'the folder with the releases, on the server that publishes to it' },
    github: {
      value: 'OWNER/REPO',
      help: 'also ask GitHub whether the timer is on; needs GITHUB_TOKEN',
    },
  },
  examples: [
    { line: 'npx halfpast status', says: 'the current state' },
    { line: 'npx halfpast status --json', says: 'for a bot or a dashboard' },
  ],
  run: async (call, context) => {
    const tree = await readContentTree(call.content, context);
    const path = resolve(context.cwd, call.content);
    const checked = await checkContent(tree, call.now());
    const problem = 'problems' in checked ? problemsLine(checked.problems, call.content) : null;
    const site = 'problems' in checked ? await readableSite(tree, path, call, context) : checked.site;
    if (site === null) throw new UserError(problem ?? '');
    if (problem !== null)
      context.stderr(
        `${problem}\nNothing goes live until you fix that. This is about the newest content that can be read:\n\n`,
      );
    const logs = new Map<string, readonly CheckIn[]>();
    for (const { slug } of openIncidents(site)) logs.set(slug, await checkInsOf(path, slug, context));
    const now = situation(site, logs);
    const server = await ownServer(path, context);
    const hasPublished = server !== null && (await fileStorage.changedAt(server.to)) !== null;
    const to = call.options.to ?? (hasPublished ? server.to : null);
    const folder = to === null ? null : resolve(context.cwd, to);
    if (folder !== null) await requireFolder(folder, to ?? '', { storage: fileStorage });
    const hold = findStop({
      content: call.content,
      files: tree.files,
      env: context.env,
      beside: folder === null ? null : await readStopFile(folder, fileStorage),
    });
    const { github } = call.options;
    const timer = github === undefined ? null : await timerOff(await openGitHub(readGitHub(github), context));
    const place = {
      content: call.content,
      path,
      hold,
      hasHook: server !== null,
      to: folder,
      shown: to ?? '',
    };
    const state = await during(context.progress, 'Comparing with the live page', () => liveState(site, place, context));
    const { columns } = context;
    const lines = [
      ...liveLines(state, site, call.content, problem === null ? 'here' : 'in that content'),
      ...(timer === null ? [] : [timer]),
    ]
      .map((line) => wrapLine(line, columns))
      .join('\n');
    const known = {
      ...(problem === null ? {} : { problem }),
      hold,
      live: liveJson(state),
      ...(github === undefined ? {} : { timer }),
    };
    context.stdout(
      call.json
        ? `${JSON.stringify({ ...situationJson(now), ...known })}\n`
        : `${situationText(now, { columns, content: call.content })}${lines === '' ? '' : `\n${lines}\n`}`,
    );
    return problem === null ? 0 : 1;
  },
});
