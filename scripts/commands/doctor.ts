import { second } from '../../src/lib/domain/calendar.ts';
import type { Settings } from '../../src/lib/domain/settings.ts';
import { defineCommand } from '../cli/command.ts';
import { openContent } from '../cli/content.ts';
import { type Context, during } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { gitIn } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';
import { isExampleAddress } from '../live/live-update.ts';
import { httpReader, NoAnswer } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import { type DoctorFinding, gitHubFindings, ok, toFix } from '../publish/doctor.ts';
import { gitHubOption, readGitHub } from '../publish/options.ts';
import { hookFinding } from '../publish/server-hook.ts';

/** The Git setup that writing and pushing updates needs. */
async function gitFindings(path: string, context: Context): Promise<DoctorFinding[]> {
  const git = gitIn(path, context);
  try {
    await git.requireBranch();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [toFix("updates can't be committed", error.message)];
  }
  if ((await git.remotes()).length === 0)
    return [toFix('there is no remote to push to', 'Add one: git remote add origin ADDRESS')];
  const refused = await git.fetch(10 * second);
  if (refused !== null) return [toFix(`the remote doesn't answer: ${refused}`, 'Check its address: git remote -v')];
  const distance = await git.distance();
  const push = 'Run: git push --set-upstream origin HEAD';
  return [
    ok('git can commit'),
    distance === null ? toFix('the branch has no upstream', push) : ok('the remote answers'),
  ];
}

async function addressFinding({ url }: Settings, context: Context): Promise<DoctorFinding> {
  const example = 'Set url: in site.yml to the address where the page is served';
  if (isExampleAddress(url)) return toFix(`url: in site.yml is an example, ${url}`, example);
  try {
    const release = await readRelease(httpReader(url, context, 5 * second));
    if (release === null)
      return toFix(`${url} has no Halfpast page yet`, `Publish it. If the page is elsewhere: ${example}`);
    return ok(`${url} is live, published at ${release.now}`);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return toFix(`${url} ${error.message}`, 'Check the server and its domain');
  }
}

const marks: Readonly<Record<DoctorFinding['state'], string>> = { ok: 'ok   ', fix: 'FIX  ', unknown: '?    ' };

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Check everything that publishing needs: git, the address, and the settings on GitHub',
  details:
    "Prints one line per finding: ok, FIX with what to do and where, or ? for what this token can't see. On GitHub, it checks the source of Pages, Actions, the workflows, secrets, and rules that keep workflows from committing. It changes nothing. Exit code 1: something needs fixing.",
  args: [],
  options: {
    github: {
      ...gitHubOption.github,
      help: 'the repository (default: the one that publishes this clone). With the GITHUB_TOKEN of an administrator, it shows more',
    },
    repository: { value: 'DIR', help: 'on your own server: the bare repository with the hook' },
  },
  examples: [
    { line: 'npx halfpast doctor', says: 'this clone, and its repository on GitHub' },
    { line: 'npx halfpast doctor --repository /srv/status.git', says: 'on a server with a hook' },
  ],
  run: async (call, context) => {
    const { github, repository } = call.options;
    const content = await openContent(call.content, call.now(), context);
    const { settings } = content;
    const findings = await during(context.progress, 'Looking', async () => {
      // Nobody writes in a server's clone.
      const found =
        repository === undefined ? await gitFindings(content.path, context) : [await hookFinding(repository, context)];
      found.push(await addressFinding(settings, context));
      const name =
        github === undefined ? await gitIn(content.path, context).publishingRepository() : readGitHub(github);
      if (name === null) return found;
      const port = await openGitHub(name, context, { needsToken: false });
      const page = `${context.env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${name}`;
      return [...found, ...gitHubFindings(await port.settings(), settings, page, context.env)];
    });
    const code = findings.some(({ state }) => state === 'fix') ? 1 : 0;
    const lines = findings.map(({ state, what, fix }) => `${marks[state]}${what}${fix === null ? '' : `. ${fix}`}\n`);
    context.stdout(call.json ? `${JSON.stringify({ ok: code === 0, findings })}\n` : lines.join(''));
    return code;
  },
});
