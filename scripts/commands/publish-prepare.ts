import { join, resolve } from 'node:path';
import { readTree } from '../../src/lib/content/disk.ts';
import { isExample } from '../../src/lib/content/example.ts';
import { defineCommand } from '../cli/command.ts';
import { during } from '../cli/context.ts';
import { oneLine, UsageError, UserError } from '../cli/errors.ts';
import { gitIn } from '../github/git.ts';
import { buildSite } from '../publish/build-site.ts';
import { readCommits } from '../publish/commits.ts';
import { openPages } from '../publish/hosts/github-pages.ts';
import { gitHubOption, readAddress, readGitHub } from '../publish/options.ts';
import { ending, gitHubInstructions, Timer } from '../publish/outcome.ts';
import { prepare, prepareSteps } from '../publish/prepare.ts';
import { type PreparedFile, preparedSite, writePrepared } from '../publish/prepared-folder.ts';
import { nothingRefused, notRolledBack, rebuild } from '../publish/restore.ts';
import { rollbackTarget } from '../publish/hosts/release-log.ts';

type Made = Pick<PreparedFile, 'restores'> & {
  readonly result: Exclude<PreparedFile['result'], { readonly kind: 'failed' }>;
};

/** Blank in workflows that weren't triggered by a pull request. */
function readPullRequest(given = ''): number | null {
  if (given.trim() === '') return null;
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new UsageError('--pull-request is not the number of a pull request');
  return Number(given);
}

export const publishPrepare = defineCommand({
  name: 'publish prepare',
  summary: 'Check, build and guard a site for GitHub Pages',
  details:
    "Writes the site, or why there is none, to a folder for publish deploy. It changes nothing on GitHub, so it doesn't need a token that can write. Exit code 0: ready to deploy. 1: failed. 3: not published, on purpose.",
  args: [],
  options: {
    ...gitHubOption,
    out: { value: 'DIR', help: 'where to write (default: prepared)' },
    release: {
      value: 'ID',
      help: 'build an earlier release again instead of the content: the start of its id or commit, or last',
    },
    reason: { value: 'TEXT', help: 'why, for the log' },
    again: { help: 'publish what was rolled back' },
    url: { value: 'URL', help: 'the address of the live site (default: url in site.yml)' },
    cache: { value: 'DIR', help: 'the cache folder (default: in node_modules)' },
    'pull-request': { value: 'NUMBER', help: 'a preview of this pull request, even while publishing is on hold' },
    'commit-id': { value: 'ID', help: 'the commit of the content (default: what git has checked out)' },
  },
  examples: [
    { line: 'npx halfpast publish prepare --github example/status', says: 'the first job of publish.yml' },
    {
      line: 'npx halfpast publish prepare --github example/status --release 20261122T140530123Z-1a2b3c4d',
      says: 'for a rollback',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const name = readGitHub(options.github);
    const out = resolve(context.cwd, options.out ?? 'prepared');
    const content = resolve(context.cwd, call.content);
    const repository = gitIn(content, context);
    const commit = await readCommits({ 'commit-id': options['commit-id'] }, call.content, repository);
    const pullRequest = readPullRequest(options['pull-request']);
    const wanted = options.release?.trim() || null;
    const reason = oneLine(options.reason ?? '').slice(0, 500) || 'no reason was given';
    const cache = resolve(context.cwd, options.cache ?? join(context.root, 'node_modules/.astro/published'));
    const url = await readAddress(options.url, call.content, context);
    const host = await openPages({ name, url, work: { site: preparedSite(out), cache } }, context);

    const restore = async (given: string): Promise<Made> => {
      const log = await host.log();
      const served = await host.served(log);
      const choice = given === 'last' ? ({ kind: 'previous' } as const) : ({ kind: 'named', name: given } as const);
      const release = rollbackTarget(log, served, choice);
      if (release === null) throw new UserError(`${name} has no earlier release to go back to`);
      const folder = (await repository.prefix()) ?? '';
      const built = await rebuild(
        { release, repository, content: folder, checkout: join(out, 'checkout'), out: preparedSite(out) },
        context,
      );
      const prepared = { release: built, replaces: served, verdict: nothingRefused };
      return { restores: { id: release.id, reason }, result: { kind: 'site', prepared } };
    };

    const prepareNew = async (): Promise<Made> => {
      const steps = prepareSteps(
        {
          content,
          shown: call.content,
          now: call.now,
          commit,
          repository,
          messages: null,
          build: (given) =>
            during(context.progress, 'Building the site', () => buildSite({ ...given, clean: false }, context)),
        },
        context,
      );
      // The deploy job begins the channels, because this job can't write.
      const readOnly = { ...steps, beginChannels: () => Promise.resolve() };
      // A hold doesn't apply to previews, which publish nothing.
      if (pullRequest !== null) readOnly.hold = () => Promise.resolve(null);
      const prepared = await prepare(
        { host, steps: readOnly, repository, again: options.again },
        new Timer(context.clock),
      );
      if ('outcome' in prepared) return { restores: null, result: { kind: 'ended', published: prepared } };
      const { release, replaces, verdict } = prepared;
      return { restores: null, result: { kind: 'site', prepared: { release, replaces, verdict } } };
    };

    const noPage: Made = { restores: null, result: { kind: 'ended', published: { outcome: 'example' } } };
    const write = async (made: Pick<PreparedFile, 'restores' | 'result'>, lines: readonly string[]): Promise<void> =>
      writePrepared(out, { commit: commit ?? (await repository.head()), pullRequest, lines, ...made }, context);
    try {
      const hasPage = pullRequest !== null || !isExample(await readTree(content));
      const made = !hasPage ? noPage : await (wanted === null ? prepareNew() : restore(wanted));
      const { result } = made;
      const { code, lines } =
        result.kind === 'ended'
          ? ending(result.published, call.content, gitHubInstructions)
          : { code: 0, lines: [...result.prepared.verdict.notes, 'ready to deploy'] };
      await write(made, lines);
      (code === 0 ? context.stdout : context.stderr)(`${lines.join('\n')}\n`);
      return code;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const message = wanted === null ? error.message : notRolledBack(error.message).message;
      const restores = wanted === null ? null : { id: wanted, reason };
      await write({ restores, result: { kind: 'failed', message } }, [message]);
      throw new UserError(message);
    }
  },
});
