// Runs before npm scripts and halfpast, on any Node version. Without it, a clone before `npm ci` only reports
// "astro: not found".
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!root.includes('/node_modules/') && !existsSync(new URL('../node_modules/astro', import.meta.url))) {
  process.stderr.write(`halfpast: the packages aren't installed yet. Run "npm ci" in ${root}\n`);
  process.exit(1);
}
