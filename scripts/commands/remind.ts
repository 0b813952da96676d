import { relative, resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { readSite } from '../cli/content.ts';
import { UsageError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { openGitHub } from '../github/github.ts';
import { wanted } from '../publish/due-reminders.ts';
import { readGitHub } from '../publish/options.ts';
import { carryOut, wantedText } from '../publish/reminders.ts';

/** The content folder as the repository knows it. */
function pathInRepository(content: string, context: Context): string {
  const path = relative(context.cwd, resolve(context.cwd, content)).replaceAll('\\', '/');
  if (!path.startsWith('..')) return path;
  throw new UsageError(`--content ${content} is not below this folder. Run this in the root of the repository`);
}

export const remind = defineCommand({
  name: 'remind',
  summary: 'Remind people of overdue updates, check-ins, postmortems and action items',
  details:
    'With --github, keeps one issue per open incident with a comment per missed deadline, one per overdue postmortem and one for overdue action items. After a serious incident, it opens a pull request with a postmortem draft. Run it every few minutes; a repeated run does nothing. Without --github, it only shows what is due.',
  args: [],
  options: {
    github: { value: 'OWNER/REPO', help: 'the repository that gets issues and pull requests' },
  },
  examples: [
    { line: 'npx halfpast remind', says: 'what is due now' },
    { line: 'npx halfpast remind --json', says: 'the same as JSON, for example for a bot' },
  ],
  run: async (call, context) => {
    const { github } = call.options;
    const name = github === undefined ? null : readGitHub(github);
    const content = name === null ? '' : pathInRepository(call.content, context);
    const { site, drafts } = await readSite(call.content, call.now(), context);
    const plan = wanted(site, drafts);
    if (name === null) {
      context.stdout(call.json ? `${JSON.stringify(plan)}\n` : wantedText(plan));
      return 0;
    }
    const { done, failures } = await carryOut(await openGitHub(name, context), plan, content);
    if (call.json) context.stdout(`${JSON.stringify({ ok: failures.length === 0, done, failures })}\n`);
    else
      context.stdout(
        done.length === 0 && failures.length === 0 ? 'Nothing to do.\n' : done.map((line) => `${line}\n`).join(''),
      );
    if (failures.length > 0) context.stderr(`${failures.join('\n')}\n`);
    return failures.length === 0 ? 0 : 1;
  },
});
