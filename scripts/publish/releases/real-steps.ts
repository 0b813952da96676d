import { contentHash } from '../../../src/content/content-tree.ts';
import { readTree } from '../../../src/content/disk.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import type { World } from '../../cli/world.ts';
import type { BuildOptions, BuildResult } from '../build-site.ts';
import { guard } from '../guard/guard.ts';
import { readRelease } from '../guard/read-snapshot.ts';
import { repositoryAt } from '../guard/repository.ts';
import { folderReader } from '../guard/site-reader.ts';
import { findHold, stopBeside } from './hold.ts';
import type { LockTools } from './lock.ts';
import { beginServed, notifyServed } from './notify-served.ts';
import type { PublishSteps } from './steps.ts';
import { places } from './release-folder.ts';

export type StepOptions = {
  /** The content folder: absolute, and as the person named it. */
  readonly content: string;
  readonly shown: string;
  /** The folder with the releases. */
  readonly folder: string;
  readonly now: () => Instant;
  readonly hold: string | undefined;
  /** The commit that is published; undefined asks git in `repository`. */
  readonly commit: string | undefined;
  readonly repository: string;
  /** Commit messages, or a range of commits, to read what is allowed from; null for those since the live commit. */
  readonly messages: string | null;
  readonly range: string | null;
  readonly clean: boolean;
};

type Build = (options: BuildOptions) => Promise<BuildResult>;

/** The steps on real content, with git and Astro. */
export function realSteps(
  options: StepOptions,
  build: Build,
  tools: LockTools,
  world: World,
): Omit<PublishSteps, 'verify'> {
  const { content, folder } = options;
  const repository = repositoryAt(options.repository, world.runProgram);
  const commit = async (): Promise<string | null> => options.commit ?? (await repository.head());
  const given = options.messages === null ? null : [{ commit: null, text: options.messages }];
  let begun: readonly string[] = [];
  return {
    hold: async () => {
      const { files } = await readTree(content);
      return findHold({
        content: options.shown,
        files,
        flag: options.hold,
        env: world.env,
        beside: await stopBeside(folder, tools.ground),
      });
    },
    source: async () => ({
      content: contentHash(await readTree(content)),
      commit: await commit(),
      version: world.version,
    }),
    begin: async () => {
      begun = await beginServed(content, folder, options.now, world)();
    },
    build: async (out, cache) => {
      const built = await build({
        content,
        out,
        cache,
        clean: options.clean,
        now: options.now(),
        commit: await commit(),
      });
      if ('problems' in built) return built;
      const release = await readRelease(folderReader(built.out, out));
      if (release === null) throw new Error(`the build left no release.json in ${out}`);
      return { release };
    },
    guard: async (built, live, seen) =>
      guard({
        built: folderReader(built, 'the built site'),
        live: folderReader(live, folder),
        repository,
        messages: options.range === null ? given : await repository.messages(options.range),
        requireLive: false,
        seen: seen.map((id) => folderReader(places.release(folder, id), id)),
      }),
    notify: notifyServed(content, folder, () => begun, world),
  };
}
