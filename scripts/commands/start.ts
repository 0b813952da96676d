import { resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { readPort } from '../cli/text.ts';
import { during } from '../cli/context.ts';
import { astroCall, buildSite } from '../publish/build-site.ts';
import { notBuilt } from './build.ts';

export const start = defineCommand({
  name: 'start',
  summary: 'Build the site and serve it on this machine',
  details:
    'The same as `npx halfpast build` and `npx astro preview`. Stop it with Ctrl-C. To see edits immediately, use dev.',
  args: [],
  options: {
    out: { value: 'DIR', help: 'the output folder (default: dist)' },
    port: { value: 'NUMBER', help: 'the port to serve on (default: 4321)' },
  },
  examples: [{ line: 'npx halfpast start', says: 'on http://localhost:4321' }],
  run: async (call, context) => {
    const port = readPort(call.options.port);
    const content = resolve(context.cwd, call.content);
    const out = resolve(context.cwd, call.options.out ?? 'dist');
    const built = await during(context.progress, 'Building the site', () =>
      buildSite({ content, out, now: call.now(), clean: false }, context),
    );
    if ('problems' in built) return notBuilt(built.problems, call, context);
    // With Astro's lock, a second server would end with a stack trace.
    const { file, args, cwd, env } = astroCall(
      ['preview', '--ignore-lock', '--outDir', out, '--port', String(port)],
      content,
      call.now(),
      context,
    );
    return context.runInTerminal(file, args, cwd, env);
  },
});
