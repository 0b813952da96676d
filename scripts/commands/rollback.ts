import { resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { fileStorage } from '../cli/system.ts';
import { realProcesses } from '../publish/lock.ts';
import { listReleases, releaseLine, rollBack } from '../publish/rollback.ts';

export const rollback = defineCommand({
  name: 'rollback',
  summary: 'Go back to the previous release, or to a given one',
  details:
    'For a site published with publish --to DIR. Takes effect immediately, even during a publish. The release that was rolled back is not published again until its content, its commit or Halfpast changes, or you run publish --again. To undo a rollback, give the newer release.',
  args: ['release'],
  options: {
    to: { value: 'DIR', help: 'the folder with the releases' },
    list: { help: 'list the stored releases without changing anything' },
  },
  examples: [
    { line: 'npx halfpast rollback --to /srv/status', says: 'go back to the previous release' },
    { line: 'npx halfpast rollback --to /srv/status --list', says: 'list the releases' },
    {
      line: 'npx halfpast rollback --to /srv/status 20261122T140530123Z',
      says: 'go back to the release with this id, or a prefix of it',
    },
  ],
  run: async (call, context) => {
    const { to, list } = call.options;
    if (to === undefined)
      throw new UsageError('--to is missing. Add the folder of the releases, such as --to /srv/status');
    const [name] = call.args;
    if (name?.trim() === '')
      throw new UsageError(
        'the release is blank. Give the start of an id from --list, or nothing for the previous release',
      );
    if (name !== undefined && list)
      throw new UsageError(`--list shows all releases. Leave out ${name}, or leave out --list to go back to it`);
    const folder = resolve(context.cwd, to);
    const tools = {
      storage: fileStorage,
      processes: realProcesses,
      clock: context.clock,
      sleep: context.sleep,
    };
    const releases = await listReleases(folder, tools);
    if (releases.length === 0) throw new UserError(`${to} has no releases. Use the folder of publish --to`);
    if (list) {
      context.stdout(call.json ? `${JSON.stringify(releases)}\n` : `${releases.map(releaseLine).join('\n')}\n`);
      return 0;
    }
    const done = await rollBack(folder, name === undefined ? { kind: 'previous' } : { kind: 'named', name }, tools);
    const [from, id] = [done?.from?.id ?? null, done?.to.id ?? null];
    const note = done?.unwritten ?? null;
    if (call.json) context.stdout(`${JSON.stringify({ ok: true, from, to: id, note })}\n`);
    else
      context.stdout(
        `${id ?? ''} is served ${from === id ? 'already' : `now${from === null ? '' : ` in place of ${from}`}`}\n`,
      );
    if (note !== null) context.stderr(`${note}\n`);
    return 0;
  },
});
