import { join } from 'node:path';

/** The user's git settings, and the repository of a hook that runs the tests, change nothing in them. */
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
process.env['GIT_CONFIG_NOSYSTEM'] = '1';
process.env['GIT_CONFIG_GLOBAL'] = join(import.meta.dirname, 'gitconfig');
