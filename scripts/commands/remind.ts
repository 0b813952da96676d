import { relative, resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { readContentTree } from '../cli/content.ts';
import { UsageError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { gitIn } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';
import { wanted } from '../publish/remind/due.ts';
import { readLastGood } from '../publish/last-good.ts';
import { knownReleases } from '../publish/live-state.ts';
import { readGitHub } from '../publish/options.ts';
import { wantedText } from '../publish/remind/reminder.ts';
import { sendReminders } from '../publish/remind/send.ts';
import { gitHubStore } from '../publish/notify/deliveries.ts';

/** The content folder, relative to the repository. */
export function folderInRepository(content: string, context: Context): string {
  const path = relative(context.cwd, resolve(context.cwd, content)).replaceAll('\\', '/');
  if (!path.startsWith('..')) return path;
  throw new UsageError(`--content ${content} is not below this folder. Run this in the root of the repository`);
}

export const remind = defineCommand({
  name: 'remind',
  summary: 'Remind people of overdue updates, check-ins, postmortems and action items',
  details:
    'Without --github, it only shows what is due. With --github, it sends each reminder once, to the places under remind: in site.yml. Without remind:, they become issues: one per open incident with a comment per reminder, one per overdue postmortem and one for overdue action items. After a serious incident, it opens a pull request with a postmortem draft. watch sends them on time.',
  args: [],
  options: {
    github: { value: 'OWNER/REPO', help: 'the repository that gets issues and pull requests' },
  },
  examples: [
    { line: 'npx halfpast remind', says: 'what is due now' },
    { line: 'npx halfpast remind --json', says: 'the same as JSON, such as for a bot' },
  ],
  run: async (call, context) => {
    const { github } = call.options;
    const name = github === undefined ? null : readGitHub(github);
    const content = name === null ? '' : folderInRepository(call.content, context);
    const git = gitIn(resolve(context.cwd, call.content), context);
    const tree = await readContentTree(call.content, context);
    const folders = [(await git.prefix()) ?? ''];
    const good = await readLastGood(tree, { folders, shown: call.content, now: call.now(), git, before: null });
    if (good.note !== null) context.stderr(`${good.note}\n`);
    if (name === null) {
      const releases = await knownReleases({ to: null, shown: '' }, git, context);
      const plan = wanted(good.site, good.drafts, releases);
      context.stdout(call.json ? `${JSON.stringify(plan)}\n` : wantedText(plan));
      return 0;
    }
    const port = await openGitHub(name, context);
    const { env, clock } = context;
    const store = gitHubStore(port, 'reminders.json', 'Reminders');
    const { done, failures } = await sendReminders(good, { env, clock, store, github: { port, content } });
    if (call.json) context.stdout(`${JSON.stringify({ ok: failures.length === 0, done, failures })}\n`);
    else
      context.stdout(
        done.length === 0 && failures.length === 0 ? 'Nothing to do.\n' : done.map((line) => `${line}\n`).join(''),
      );
    if (failures.length > 0) context.stderr(`${failures.join('\n')}\n`);
    return failures.length === 0 ? 0 : 1;
  },
});
