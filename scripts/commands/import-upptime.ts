import { basename, join, resolve } from 'node:path';
import { NoContentFolder, readTree } from '../../src/lib/content/disk.ts';
import { defineCommand } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { during, type Context } from '../cli/context.ts';
import { openGitHub } from '../github/github.ts';
import { importTree, runImport } from '../import/apply.ts';
import { planUpptime } from '../import/upptime-plan.ts';
import { type PlacedIssue, readUpptimeConfig, type Saved, savedIssues } from '../import/upptime-read.ts';

async function readFile(path: string, flag: string, context: Context): Promise<Saved> {
  const text = await context.disk.read(resolve(context.cwd, path));
  if (text === null) throw new UserError(`--${flag}: ${path} does not exist. Check the path`);
  return { name: basename(path), text };
}

/** A file with comments, or a folder of such files. */
async function readComments(path: string | undefined, context: Context): Promise<Saved[]> {
  if (path === undefined) return [];
  try {
    const { files } = await readTree(resolve(context.cwd, path));
    // The limits on the size of content don't apply to these files, so they're read again.
    const comments = files.filter((file) => file.path.endsWith('.json')).map((file) => file.path);
    return await Promise.all(
      comments.map(async (file) => ({
        name: `${basename(path)}/${file}`,
        text: (await readFile(join(path, file), 'comments', context)).text,
      })),
    );
  } catch (error) {
    if (!(error instanceof NoContentFolder)) throw error;
    return [await readFile(path, 'comments', context)];
  }
}

type Taken = { readonly placed: readonly PlacedIssue[]; readonly config: Saved | null };

async function fromGitHub(name: string, context: Context): Promise<Taken> {
  const port = await openGitHub(name, context, { flag: '--repo', needsToken: false });
  const config = await port.readFile('.upptimerc.yml');
  const issues = await port.archive();
  return {
    placed: issues.map((issue) => ({ issue, place: `${name}#${issue.number}` })),
    config: config === null ? null : { name: '.upptimerc.yml', text: config.text },
  };
}

export const importUpptime = defineCommand({
  name: 'import upptime',
  summary: 'Import the history of an Upptime page',
  details:
    "Upptime keeps its incidents as GitHub issues. Issues labeled status become incidents, issues labeled maintenance become maintenance windows, and comments become updates. The issues come from GitHub (--repo), or from saved API responses: issues?state=all&per_page=100 (--issues) and issues/comments?per_page=100 (--comments). A public repository needs no GITHUB_TOKEN, but without one, GitHub allows only a few requests per hour. It lists everything that it couldn't import unchanged.",
  args: [],
  options: {
    repo: { value: 'OWNER/NAME', help: 'the GitHub repository of the page' },
    issues: { value: 'FILE', help: 'its issues, as saved JSON' },
    comments: { value: 'FILE', help: 'their comments, as saved JSON, or a folder of such files' },
    config: {
      value: 'FILE',
      help: '.upptimerc.yml, for the names of the sites (with --repo: from the repository)',
    },
  },
  examples: [
    {
      line: 'npx halfpast import upptime --repo example/status --content my-content',
      says: 'import everything from GitHub',
    },
    {
      line: 'npx halfpast import upptime --issues issues.json --comments comments.json --config .upptimerc.yml --content my-content',
      says: 'import the same from saved files',
    },
  ],
  run: async (call, context) => {
    const { repo, issues, comments, config } = call.options;
    if (repo === undefined && issues === undefined)
      throw new UsageError('there is nothing to import. Add --repo OWNER/NAME or --issues FILE');
    if (repo !== undefined && (issues ?? comments) !== undefined)
      throw new UsageError("--repo can't be combined with --issues and --comments. Leave out one of them");
    const notes: string[] = [];
    const note = (text: string): void => void notes.push(text);
    const given = config === undefined ? null : await readFile(config, 'config', context);
    const taken: Taken =
      repo === undefined
        ? {
            placed: savedIssues(
              await readFile(issues ?? '', 'issues', context),
              await readComments(comments, context),
              note,
            ),
            config: null,
          }
        : await during(context.progress, `Reading the issues of ${repo}`, () => fromGitHub(repo, context));
    const file = given ?? taken.config;
    const settings = file === null ? null : readUpptimeConfig(file.text, file.name, note);
    const tree = await importTree(call.content, context);
    return runImport(call, context, 'the issues', tree, planUpptime(taken.placed, settings, tree, call.content, notes));
  },
});
