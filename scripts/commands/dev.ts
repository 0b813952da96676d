import { resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { readPort } from '../cli/text.ts';
import { astroCall } from '../publish/build-site.ts';

export const dev = defineCommand({
  name: 'dev',
  summary: 'Serve the site while you edit the content',
  details: 'The same as `npx astro dev`: pages update when a file changes. Stop it with Ctrl-C.',
  args: [],
  options: { port: { value: 'NUMBER', help: 'the port to serve on (default: 4321)' } },
  examples: [{ line: 'npx halfpast dev', says: 'on http://localhost:4321' }],
  run: async (call, context) => {
    const port = readPort(call.options.port);
    // With Astro's lock, a second server would end with a stack trace.
    const { file, args, cwd, env } = astroCall(
      ['dev', '--ignore-lock', '--port', String(port)],
      resolve(context.cwd, call.content),
      // Without --now, the page uses the current time, or the example's time.
      call.fixed,
      context,
    );
    return context.runInTerminal(file, args, cwd, env);
  },
});
