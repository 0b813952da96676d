import { resolve } from 'node:path';
import { problemLine } from '../../src/lib/content/problem.ts';
import { count } from '../../src/lib/words/en.ts';
import { defineCommand } from '../cli/command.ts';
import { during } from '../cli/world.ts';
import { buildSite } from '../publish/build-site.ts';

export const build = defineCommand({
  name: 'build',
  summary: 'Build the site from the content',
  details: 'Checks the content first; with a problem in it the last good output stays as it is.',
  args: [],
  options: {
    out: { value: 'DIR', help: 'where the site is written (default: dist)' },
    cache: { value: 'DIR', help: 'where pages are kept for the next build (default: in node_modules)' },
    'commit-id': { value: 'ID', help: 'the commit to name in release.json (default: none)' },
    clean: { help: 'build every page anew' },
  },
  examples: [
    { line: 'npx halfpast build', says: 'content/ to dist/' },
    {
      line: 'npx halfpast build --content content --out site --now 2026-11-22T14:05Z --clean',
      says: 'the same bytes each time, for the same content and time',
    },
  ],
  run: async (call, world) => {
    const out = call.options.out ?? 'dist';
    const result = await during(world.progress, `Building the site into ${out}`, () =>
      buildSite(
        {
          content: resolve(world.cwd, call.content),
          out: resolve(world.cwd, out),
          now: call.now(),
          clean: call.options.clean,
          cache: call.options.cache === undefined ? undefined : resolve(world.cwd, call.options.cache),
          commit: call.options['commit-id'],
        },
        world,
      ),
    );
    if ('problems' in result) {
      const { problems } = result;
      if (call.json) world.stdout(`${JSON.stringify({ ok: false, problems })}\n`);
      else
        world.stderr(
          `${[...problems.map((problem) => problemLine(problem, call.content)), `${count(problems.length, 'problem')}, nothing was built`].join('\n')}\n`,
        );
      return 1;
    }
    world.stdout(
      call.json
        ? `${JSON.stringify({ ok: true, out: result.out, files: result.files })}\n`
        : `${count(result.files, 'file')} in ${out}\n`,
    );
    return 0;
  },
});
