import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Release, releaseFile } from '../../src/lib/api/release.ts';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { contentHash } from '../../src/lib/content/content-tree.ts';
import { readTree } from '../../src/lib/content/disk.ts';
import { type Instant, minute, second } from '../../src/lib/domain/calendar.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import type { Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { findStop, type StopFile } from '../cli/stop-switch.ts';
import { type Git, type Message } from '../github/git.ts';
import { folderReader } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import type { BuildOptions, BuildResult } from './build-site.ts';
import { guard } from './guard/guard.ts';
import type { Store } from './notify/deliveries.ts';
import type { Steps, StepResult } from './publish.ts';
import type { LoggedRelease } from './hosts/release-log.ts';
import { httpAsk, openBuiltSite } from './verify/served-files.ts';
import { verdictText, verifySite } from './verify/verify-site.ts';

type StepOptions = {
  /** The content folder: absolute, and as the user named it. */
  readonly content: string;
  readonly shown: string;
  readonly now: () => Instant;
  /** The value of `--hold`. */
  readonly hold: string | undefined;
  /** The stop file beside the releases. */
  readonly stopFile: () => Promise<StopFile | null>;
  /** The commit that is published; undefined asks `repository`. */
  readonly commit: string | undefined;
  readonly repository: Git;
  /** Commit messages that can allow changes; null for those since the live commit. */
  readonly messages: readonly Message[] | null;
  readonly build: (options: Omit<BuildOptions, 'clean'>) => Promise<BuildResult>;
  readonly deliveries: Store;
  /** The address to verify, and how often to try; null to verify nothing. */
  readonly verify: { readonly url: string; readonly tries: number } | null;
};

/** The steps on real content, with git, Astro and the network. */
export function realSteps(options: StepOptions, context: Context): Steps {
  const { content, deliveries } = options;
  const commit = async (): Promise<string | null> => options.commit ?? (await options.repository.head());
  /** The channels that had no record. */
  let begun: readonly string[] = [];
  return {
    hold: async () => {
      const { files } = await readTree(content);
      const beside = await options.stopFile();
      return findStop({ content: options.shown, files, flag: options.hold, env: context.env, beside });
    },
    source: async () => ({
      content: contentHash(await readTree(content)),
      commit: await commit(),
      version: context.version,
    }),
    beginChannels: async () => {
      const parsed = parseContent(await readTree(content), options.now());
      // The build reports the problems.
      if ('problems' in parsed || parsed.site.settings.notify.length === 0) return;
      const { beginChannels } = await import('./notify/notify.ts');
      begun = await beginChannels(parsed.site, deliveries);
    },
    build: async (site, cache) => {
      const built = await options.build({ content, out: site, cache, now: options.now(), commit: await commit() });
      if ('problems' in built) return built;
      const release = await readRelease(folderReader(built.out, site));
      if (release === null) throw new Error(`the build left no ${releaseFile} in ${site}`);
      return { release };
    },
    guard: (site, live, seen, again) =>
      guard({
        built: folderReader(site, 'the built site'),
        live,
        repository: options.repository,
        messages: options.messages,
        requireLive: false,
        seen,
        again,
      }),
    verify: options.verify === null ? null : verifyStep(options.verify, context),
    notify: async (release) => {
      const tree = await readTree(content);
      // Someone saved a file in the meantime. The next publish sends both.
      if (contentHash(tree) !== release.content)
        return {
          ok: false,
          lines: ['The content changed during publishing, so no channel was notified. Publish again'],
        };
      const parsed = parseContent(tree, Date.parse(release.now));
      if ('problems' in parsed || parsed.site.settings.notify.length === 0) return { ok: true, lines: [] };
      return notifyStep(parsed.site, begun, deliveries, context);
    },
  };
}

function verifyStep(
  { url, tries }: NonNullable<StepOptions['verify']>,
  { clock, sleep }: Context,
): NonNullable<Steps['verify']> {
  const outside = { ask: httpAsk(minute / 4), clock, sleep };
  return async (folder) => {
    const site = await openBuiltSite(folder, 'the built site');
    // The release itself is expected: a later one would wait for this run to end.
    const verdict = await verifySite({ site, url, tries, wait: second, againAfter: null, orNewer: false }, outside);
    return { ok: verdict.outcome === 'verified', lines: verdictText(verdict, site.release).trimEnd().split('\n') };
  };
}

async function notifyStep(
  site: Site,
  begun: readonly string[],
  deliveries: Store,
  context: Context,
): Promise<StepResult> {
  // What sends messages is only loaded when there are channels.
  const { failureLines, notify, resultText } = await import('./notify/notify.ts');
  const options = { since: null, mark: false };
  const { results } = await notify(site, deliveries, options, context);
  const failures = failureLines(results);
  const lines = resultText(results, begun, options, deliveries.name).trimEnd();
  return { ok: failures.length === 0, lines: [...(lines === '' ? [] : lines.split('\n')), ...failures] };
}

/** The release of a site that was built before. Throws UserError when `folder` has none. */
async function builtRelease(folder: string, shown: string): Promise<Release> {
  const release = await readRelease(folderReader(folder, shown));
  if (release !== null) return release;
  throw new UserError(`${shown} has no site built by this version of Halfpast`);
}

type RebuildOptions = {
  readonly release: LoggedRelease;
  readonly repository: Git;
  /** The content folder, from the top of the repository. */
  readonly content: string;
  /** A new folder for the commit. */
  readonly checkout: string;
  /** Where the site goes. */
  readonly out: string;
};

/**
 * Builds an earlier release again: the same content, code and time give the same bytes. A repository that has Halfpast
 * in it is built with the code of that commit; one that has only content, with the code that runs. Throws UserError.
 */
export async function rebuild(
  { release, repository, content, checkout, out }: RebuildOptions,
  { root, env, runProgram }: Pick<Context, 'root' | 'env' | 'runProgram'>,
): Promise<Release> {
  const { id, commit, now } = release;
  if (commit === null || !(await repository.checkOut(commit, checkout)))
    throw new UserError(`${id} can't be built again: its commit is not in the repository. Fetch all of its history`);
  const ownsCode = existsSync(join(checkout, 'scripts/halfpast.ts'));
  const code = ownsCode ? checkout : root;
  if (ownsCode) {
    const isSameLock =
      (await runProgram('cmp', ['-s', 'package-lock.json', join(root, 'package-lock.json')], checkout)).code === 0;
    if (isSameLock) symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
    else {
      const installed = await runProgram(
        'npm',
        ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'],
        checkout,
      );
      if (installed.code !== 0) throw new UserError(`the packages of ${id} can't be installed: ${installed.stderr}`);
    }
  }
  const args = ['build', '--content', join(checkout, content), '--out', out];
  const exact = ['--clean', '--commit-id', commit, '--now', now];
  const built = await runProgram(
    process.execPath,
    [join(code, 'scripts/halfpast.ts'), ...args, ...exact],
    checkout,
    env,
  );
  if (built.code !== 0) throw new UserError(`${id} can't be built again: ${built.stderr.trim()}`);
  return builtRelease(out, out);
}
