import { type Duration, minute, second } from '../../src/lib/domain/calendar.ts';
import type { Settings } from '../../src/lib/domain/settings.ts';
import type { Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { workflows } from '../github/github.ts';
import type { GitHubPort, RepositorySettings } from '../github/port.ts';
import { secretOf } from './notify/secrets.ts';

/** One check. `unknown`: it couldn't be checked, so a person has to look. */
export type DoctorFinding = {
  readonly state: 'ok' | 'fix' | 'unknown';
  readonly what: string;
  /** What to do, and where; null when nothing is wrong. */
  readonly fix: string | null;
};

export const ok = (what: string): DoctorFinding => ({ state: 'ok', what, fix: null });
export const toFix = (what: string, fix: string): DoctorFinding => ({ state: 'fix', what, fix });
const unseen = (what: string, fix: string): DoctorFinding => ({ state: 'unknown', what, fix });

/** The environment variables that these channels need. */
const secretNames = (channels: readonly object[]): string[] =>
  channels.flatMap((channel) =>
    Object.entries(channel).flatMap(([key, value]) =>
      key.endsWith('Env') && typeof value === 'string' ? [value] : [],
    ),
  );

/** Secrets that Publish passes under their own names. Watch and Timer, which send reminders, don't. */
const ownSecrets = /^HALFPAST_(?:SLACK|DISCORD|TEAMS|WEBHOOK|SMTP)_URL$|^HALFPAST_WEBHOOK_SECRET$/;

function secretFindings(
  settings: Settings,
  known: readonly string[] | null,
  page: string,
  env: Context['env'],
): DoctorFinding[] {
  const reminders = secretNames((settings.remind ?? []).map(({ channel }) => channel));
  const needed = [...new Set([...secretNames(settings.notify), ...reminders])];
  const where = `${page}/settings/secrets/actions`;
  if (needed.length === 0) return [ok('no channel needs a secret')];
  if (known === null)
    return [unseen(`the secrets can't be seen with this token: ${needed.join(', ')}`, `Look: ${where}`)];
  const isTogether = known.includes('HALFPAST_SECRETS');
  const isOwn = (name: string): boolean => known.includes(name) && ownSecrets.test(name) && !reminders.includes(name);
  const missing = isTogether ? [] : needed.filter((name) => !isOwn(name));
  if (missing.length > 0)
    return [
      toFix(`no secret has ${missing.join(', ')}`, `Add HALFPAST_SECRETS with one line per name, NAME=value: ${where}`),
    ];
  // GitHub never reveals a secret's value, but this machine may have it in its environment.
  if (isTogether && (env['HALFPAST_SECRETS'] ?? '') === '')
    return [
      unseen(
        `HALFPAST_SECRETS is set, but its value can't be read. It needs a line for each of ${needed.join(', ')}`,
        'To check the lines, run this with the same text in the variable HALFPAST_SECRETS',
      ),
    ];
  const problems = needed.flatMap((name) => {
    const secret = secretOf(name, env);
    return isTogether && 'problem' in secret ? [toFix(secret.problem, where)] : [];
  });
  return problems.length > 0 ? problems : [ok(`the secrets of ${needed.join(', ')} are set`)];
}

function workflowFindings(found: RepositorySettings['workflows'], page: string): DoctorFinding[] {
  const where = `${page}/actions`;
  if (found === null) return [unseen("the workflows can't be seen with this token", `Look: ${where}`)];
  return Object.values(workflows).map((file) => {
    const one = found.find((workflow) => workflow.file === file);
    if (one === undefined) return toFix(`there is no ${file} on the default branch`, 'Copy it: docs/publishing.md');
    if (one.state === 'active') return ok(`${file} is enabled`);
    return toFix(`${file} is off (${one.state})`, `Select Enable workflow: ${where}/workflows/${file}`);
  });
}

/** An address without what makes no difference. */
const bare = (url: string): string =>
  url
    .replace(/^http:/, 'https:')
    .replace(/\/+$/, '')
    .toLowerCase();

function pagesFindings(
  { pages, hasPages }: Pick<RepositorySettings, 'pages' | 'hasPages'>,
  url: string,
  page: string,
): DoctorFinding[] {
  const where = `${page}/settings/pages`;
  if (pages === null)
    return hasPages
      ? [unseen("the source of Pages can't be seen with this token", `It must be GitHub Actions: ${where}`)]
      : [toFix('Pages is off', `Select GitHub Actions as the source: ${where}`)];
  const source =
    pages.source === 'workflow'
      ? ok('the source of Pages is GitHub Actions')
      : toFix('the source of Pages is a branch', `Select GitHub Actions: ${where}`);
  if (pages.url === null) return [source];
  const address =
    bare(pages.url) === bare(url)
      ? ok(`url: in site.yml is the address of Pages, ${url}`)
      : toFix(
          `url: in site.yml is ${url}, but Pages serves ${pages.url}`,
          `Change url:, or set the custom domain: ${where}`,
        );
  return [source, address];
}

/** Checks the settings on GitHub. `page` is the repository's page, such as https://github.com/example/status. */
export function gitHubFindings(
  found: RepositorySettings,
  settings: Settings,
  page: string,
  env: Context['env'],
): DoctorFinding[] {
  const { branch, actions, pullRequests, blocking, isProtected } = found;
  const general = `${page}/settings/actions`;
  const rules = `${page}/settings/rules`;
  return [
    branch === 'main'
      ? ok('the default branch is main')
      : toFix(
          `the default branch is ${branch}, but the workflows publish main`,
          `Rename it: ${page}/settings, or change branches: in .github/workflows/publish.yml`,
        ),
    ...pagesFindings(found, settings.url, page),
    actions === null
      ? unseen("whether Actions can run can't be seen with this token", `Look: ${general}`)
      : !actions.enabled
        ? toFix('Actions are off', `Allow them: ${general}`)
        : actions.allowed === 'local_only'
          ? toFix('only actions of this owner can run', `Allow actions created by GitHub: ${general}`)
          : ok('Actions can run'),
    ...workflowFindings(found.workflows, page),
    ...secretFindings(settings, found.secrets, page, env),
    pullRequests === null
      ? unseen("whether workflows can open pull requests can't be seen with this token", `Look: ${general}`)
      : pullRequests
        ? ok('workflows can open pull requests, for postmortem drafts')
        : toFix(
            "workflows can't open pull requests, so postmortem drafts stay on a branch",
            `Select "Allow GitHub Actions to create and approve pull requests": ${general}`,
          ),
    ...(blocking !== null && blocking.length > 0
      ? [
          toFix(
            `${branch} has rules (${blocking.join(', ')}), so Post an update can't commit`,
            `Let GitHub Actions bypass them, or write updates in a clone: ${rules}`,
          ),
        ]
      : isProtected === true
        ? [
            unseen(
              `${branch} is protected, but this token can't see how`,
              `It must let GitHub Actions push, or Post an update can't commit: ${page}/settings/branches`,
            ),
          ]
        : blocking === null
          ? [unseen(`the rules of ${branch} can't be seen with this token`, `Look: ${rules}`)]
          : [ok(`no rule of ${branch} keeps workflows from committing`)]),
  ];
}

/** How long to wait for someone to turn Pages on. The job may take 10 minutes, and installs packages first. */
const longest: Duration = 8 * minute;
const pause: Duration = 5 * second;

/**
 * Waits until GitHub Pages can serve the site at `url`. A person has to turn Pages on, because a
 * workflow's token can't.
 * `page` is the repository's page. Throws UserError on timeout, with what is missing.
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
