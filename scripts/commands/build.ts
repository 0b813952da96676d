import { resolve } from 'node:path';
import { type Problem, problemLine } from '../../src/lib/content/problem.ts';
import { count } from '../../src/lib/words/en.ts';
import { defineCommand } from '../cli/command.ts';
import { type Context, during } from '../cli/context.ts';
import { buildSite } from '../publish/build-site.ts';

/** Reports why nothing was built. Returns the exit code. */
export function notBuilt(
  problems: readonly Problem[],
  { json, content }: { readonly json: boolean; readonly content: string },
  { stdout, stderr }: Context,
): number {
  const lines = problems.map((problem) => problemLine(problem, content));
  if (json) stdout(`${JSON.stringify({ ok: false, problems })}\n`);
  else stderr(`${[...lines, `${count(lines.length, 'problem')}, nothing was built`].join('\n')}\n`);
  return 1;
}

export const build = defineCommand({
  name: 'build',
  summary: 'Build the site from the content',
  details: 'Checks the content first. If there are problems, nothing is built and the previous output stays.',
  args: [],
  options: {
    out: { value: 'DIR', help: 'the output folder (default: dist)' },
    cache: { value: 'DIR', help: 'the cache folder (default: in node_modules)' },
    'commit-id': { value: 'ID', help: 'the commit id for release.json (default: none)' },
    clean: { help: 'rebuild every page' },
  },
  examples: [
    { line: 'npx halfpast build', says: 'build content/ into dist/' },
    {
      line: 'npx halfpast build --content content --out site --now 2026-11-22T14:05Z --clean',
      says: 'a reproducible build: the same content and time give the same bytes',
    },
  ],
  run: async (call, context) => {
    const out = call.options.out ?? 'dist';
    const result = await during(context.progress, `Building the site into ${out}`, () =>
      buildSite(
        {
          content: resolve(context.cwd, call.content),
          out: resolve(context.cwd, out),
          now: call.now(),
          clean: call.options.clean,
          cache: call.options.cache === undefined ? undefined : resolve(context.cwd, call.options.cache),
          commit: call.options['commit-id'],
        },
        context,
      ),
    );
    if ('problems' in result) return notBuilt(result.problems, call, context);
    context.stdout(
      call.json
        ? `${JSON.stringify({ ok: true, out: result.out, files: result.files })}\n`
        : `${count(result.files, 'file')} in ${out}\n`,
    );
    return 0;
  },
});
