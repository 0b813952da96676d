import { join } from 'node:path';

/** Keeps the user's git settings, and the repository of a git hook that runs the tests, from affecting the tests. */
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
process.env['GIT_CONFIG_NOSYSTEM'] = '1';
process.env['GIT_CONFIG_GLOBAL'] = join(import.meta.dirname, 'gitconfig');
