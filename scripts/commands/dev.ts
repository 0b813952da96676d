import { resolve } from 'node:path';
import { command } from '../cli/command.ts';
import { readPort } from '../cli/port.ts';

export const dev = command({
  name: 'dev',
  summary: 'Serve the site while you edit the content',
  details: 'A changed file is on the page without a restart. Stop it with Ctrl-C.',
  args: [],
  options: { port: { kind: 'text', value: 'NUMBER', help: 'the port to serve on (default: 4321)' } },
  examples: [{ line: 'npx halfpast dev', says: 'on http://localhost:4321' }],
  run: async (call, world) => {
    const port = readPort(call.options.port);
    // Astro is loaded only by the commands that need it.
    const { devSite } = await import('../site/serve-site.ts');
    const { address } = await devSite({ content: resolve(world.cwd, call.content), now: call.now, root: world.root, port });
    world.stdout(call.json ? `${JSON.stringify({ address })}\n` : `The site is on ${address} and follows your edits\n`);
    return 0;
  },
});
