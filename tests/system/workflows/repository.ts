import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { updateName } from '../../../src/lib/content/update-name.ts';
import { minute } from '../../../src/lib/domain/calendar.ts';
import { type Actions, type Pages, startActions } from '../../support/actions.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { type GitHub, startGitHub, token } from '../github/github.ts';
import { root } from '../../support/halfpast.ts';
import { serveFolder } from '../../support/static-server.ts';
import { onTestFinished } from 'vitest';
import { type Given, type Ran, runWorkflow, workflowText } from './run-workflow.ts';

type Running = Partial<Pick<Given, 'inputs' | 'vars' | 'secrets'>> & {
  readonly sha?: string;
  readonly github?: Readonly<Record<string, unknown>>;
  /** Whether the host loses the feed when it deploys. */
  readonly losesFeed?: boolean;
  readonly run?: string;
  /** Only this job, as if the jobs it needs had succeeded. */
  readonly job?: string;
};

/** A repository with a status page, GitHub, and the host of its pages. */
export type Town = {
  readonly github: GitHub;
  readonly actions: Actions;
  /** A working tree whose files can be changed and committed. */
  readonly desk: string;
  readonly origin: string;
  /** The artifacts of all runs, by run and name. */
  readonly artifacts: string;
  /** The folder that's served to customers. */
  readonly served: string;
  /** Stand-ins for programs on the machine. */
  readonly stubs: string;
  /** Commits everything in `desk`, pushes it, and returns the commit ID. */
  readonly commit: (message: string) => string;
  readonly run: (file: string, running?: Running) => Promise<Ran>;
  /** Sets what happens when a workflow is started, instead of running the workflow. */
  readonly onStart: (work: () => void) => void;
  /** The name of an update this many minutes ago. */
  readonly ago: (minutes: number) => string;
};

const program = `
// The program of this very checkout.
await import(${JSON.stringify(join(root, 'scripts/halfpast.ts'))});
`;

const event = { repository: { default_branch: 'main' } };

type TownOptions = {
  /** Whether the repository has only content. */
  readonly contentOnly?: boolean;
  /** The folder with Halfpast's own code, if that's another repository. */
  readonly code?: string | null;
  /** The folder with the packages that npm installs there. */
  readonly packages?: string | null;
  /** The settings of Pages that GitHub reports, one entry per request. */
  readonly pages?: Pages['settings'];
};

function onlyJob(text: string, name: string): string {
  const workflow = parse(text) as { readonly jobs: Readonly<Record<string, object>> };
  return stringify({ ...workflow, jobs: { [name]: { ...workflow.jobs[name], needs: [] } } });
}

export async function town({
  contentOnly = false,
  code = null,
  packages = null,
  pages = [],
}: TownOptions = {}): Promise<Town> {
  const folder = temporaryFolder();
  const [desk, repository, served, stubs, artifacts] = ['desk', 'repository.git', 'served', 'stubs', 'artifacts'].map(
    (name) => join(folder, name),
  ) as [string, string, string, string, string];
  for (const made of [desk, served, stubs, artifacts]) mkdirSync(made);
  write(stubs, 'sleep', '#!/bin/sh\n');
  const install = 'ci --omit=dev --ignore-scripts --no-audit --no-fund';
  write(
    stubs,
    'npm',
    `#!/bin/sh\n[ "$*" = "${install}" ] || { echo "npm $*"; exit 1; }\n${packages === null ? '' : `ln -s '${packages}' node_modules\n`}`,
  );
  for (const name of ['sleep', 'npm']) chmodSync(join(stubs, name), 0o755);
  write(served, '404.html', 'not found');
  const server = await serveFolder(served);
  onTestFinished(() => server.close());
  const github = await startGitHub();
  const same = new Map<string, string>();
  const uploaded: string[] = [];
  let losesFeed = false;
  const deploy = (artifact: number): void => {
    for (const name of readdirSync(served)) rmSync(join(served, name), { recursive: true });
    execFileSync('tar', ['-xf', join(uploaded[artifact - 1] ?? '', 'artifact.tar'), '-C', served]);
    if (losesFeed) rmSync(join(served, 'rss.xml'));
  };
  let work = (): void => undefined;
  const actions = await startActions(github.url, same, { deploy, start: () => work(), settings: pages });
  const onStart: Town['onStart'] = (given) => void (work = given);
  const there = await github.port.writeFile({ path: 'begin.md', text: 'x', message: 'Begin', replaces: null });
  const now = Date.now();
  const ago = (minutes: number): string => updateName(Math.floor((now - minutes * minute) / minute) * minute);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Dana', '-c', 'user.email=dana@example.com', ...args], {
      cwd: desk,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet', '--initial-branch=main');
  if (!contentOnly) {
    cpSync(join(root, '.github'), join(desk, '.github'), { recursive: true });
    write(desk, 'scripts/halfpast.ts', program);
    write(desk, 'package.json', '{"type":"module"}');
    write(desk, '.gitignore', 'dist\n.pages\n');
  }
  write(desk, 'content/site.yml', `name: Example\nurl: ${server.origin}\ntime_zone: Europe/Berlin\n`);
  write(
    desk,
    'content/components.yml',
    'components:\n  - id: checkout\n    name: Checkout\n  - id: api\n    name: API\n',
  );
  write(
    desk,
    `content/incidents/${ago(90).slice(0, 10)}-slow-search/${ago(90)}.md`,
    '---\ntitle: Search is slow\nstatus: investigating\ncomponents:\n  api: degraded_performance\n---\nSearching takes up to a minute.\n',
  );
  const commit = (message: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
    git('push', '--quiet', repository, 'main');
    const id = git('rev-parse', 'HEAD');
    if (there.kind === 'written') same.set(id, there.commit);
    return id;
  };
  git('init', '--quiet', '--bare', '--initial-branch=main', repository);
  let runs = 100;
  const cache = new Map<string, string>();
  const run: Town['run'] = async (
    file,
    { sha, github: context = {}, losesFeed: loses = false, run: id, job, ...rest } = {},
  ) => {
    runs += 1;
    losesFeed = loses;
    const head = sha ?? git('rev-parse', 'HEAD');
    const text = workflowText(file);
    return runWorkflow(job === undefined ? text : onlyJob(text, job), {
      github: { token, sha: head, ref_name: 'main', run_attempt: 1, repository: 'dana/status', event, ...context },
      env: {
        GITHUB_API_URL: actions.url,
        STUBS: stubs,
        ACTIONS_ID_TOKEN_REQUEST_URL: actions.tokenUrl,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
        // The workflow that was started, also in the workflows that it calls.
        GITHUB_WORKFLOW_REF: `dana/status/.github/workflows/${file}@refs/heads/main`,
        NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/halfpast-tests/compiled'),
      },
      place: { repository, sha: head, code, cache, artifacts, run: id ?? String(runs), uploaded },
      ...rest,
    });
  };
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { github, actions, desk, artifacts, origin: server.origin, served, stubs, commit, run, ago, onStart };
}

/** Halfpast as the workflow checks it out, and the packages that it needs in production. */
function installedHalfpast(): { readonly code: string; readonly packages: string } {
  const base = temporaryFolder();
  const code = join(base, 'halfpast');
  const kept = ['.github', 'scripts', 'src', 'public', 'astro.config.mjs', 'package.json', 'package-lock.json'];
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...kept, 'tsconfig.json'],
    { cwd: root, encoding: 'utf8' },
  );
  for (const path of listed.split('\0'))
    if (path !== '' && existsSync(join(root, path))) cpSync(join(root, path), join(code, path));
  cpSync(join(code, 'package-lock.json'), join(base, 'packages/package-lock.json'));
  const install = join(root, 'tests/system/workflows/npm-ci.ts');
  execFileSync(process.execPath, [install, 'ci', '--omit=dev', '--prefix', join(base, 'packages')]);
  return { code, packages: join(base, 'packages/node_modules') };
}

/** The two kinds of repositories with content: a copy of Halfpast, and one that has only content. */
export const towns: Readonly<Record<string, () => Promise<Town>>> = {
  'a copy of Halfpast': town,
  'a repository with only content': () => town({ contentOnly: true, ...installedHalfpast() }),
};
