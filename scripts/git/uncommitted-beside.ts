import type { World } from '../cli/world.ts';

/**
 * The new files of a folder that were never committed, as paths from the top of the repository; none
 * outside of one. `folder` is below `place`, and need not be there yet.
 */
export async function uncommittedBeside(
  place: string,
  folder: string,
  run: World['runProgram'],
): Promise<readonly string[]> {
  const { code, stdout } = await run(
    'git',
    ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--', `./${folder}/`],
    place,
  );
  if (code !== 0) return [];
  return stdout
    .split('\0')
    .filter((line) => /^(?:\?\?|A.) /.test(line))
    .map((line) => line.slice(3));
}
