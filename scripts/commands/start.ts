import { resolve } from 'node:path';
import { problemLine } from '../../src/content/problem.ts';
import { count } from '../../src/views/words.ts';
import { command } from '../cli/command.ts';
import { readPort } from '../cli/port.ts';

export const start = command({
  name: 'start',
  summary: 'Build the site and serve it on this machine',
  details: 'Serves until it is stopped with Ctrl-C. To see edits at once, use dev.',
  args: [],
  options: {
    out: { kind: 'text', value: 'DIR', help: 'where the site is written (default: dist)' },
    port: { kind: 'text', value: 'NUMBER', help: 'the port to serve on (default: 4321)' },
  },
  examples: [{ line: 'npx halfpast start', says: 'on http://localhost:4321' }],
  run: async (call, world) => {
    const port = readPort(call.options.port);
    // Astro is loaded only by the commands that need it.
    const { startSite } = await import('../site/serve-site.ts');
    const running = await startSite({
      content: resolve(world.cwd, call.content),
      out: resolve(world.cwd, call.options.out ?? 'dist'),
      now: call.now(),
      root: world.root,
      port,
    });
    if ('problems' in running) {
      const lines = running.problems.map((problem) => problemLine(problem, call.content));
      if (call.json) world.stdout(`${JSON.stringify({ ok: false, problems: running.problems })}\n`);
      else world.stderr(`${[...lines, `${count(lines.length, 'problem')}, nothing was built`].join('\n')}\n`);
      return 1;
    }
    world.stdout(call.json ? `${JSON.stringify({ address: running.address })}\n` : `The site is on ${running.address}\n`);
    return 0;
  },
});
