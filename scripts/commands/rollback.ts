import { resolve } from 'node:path';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { defineCommand } from '../cli/command.ts';
import { oneLine, UsageError, UserError } from '../cli/errors.ts';
import { openFolder } from '../publish/hosts/folder.ts';
import { openPages } from '../publish/hosts/github-pages.ts';
import { readAddress, readGitHub } from '../publish/options.ts';
import { type LoggedRelease, rollbackTarget } from '../publish/hosts/release-log.ts';
import { rollBack } from '../publish/rollback.ts';

/** Formats a release as one line. */
function releaseLine(release: LoggedRelease, served: string | null, next: string | null): string {
  const { id, state, verifiedAt, rolledBack, commit, newestUpdate, now, lost } = release;
  const marks = [
    ...(id === served ? ['served'] : []),
    ...(state === 'live' ? [] : [state]),
    ...(lost === undefined ? [] : [lost]),
    ...(verifiedAt === null ? [] : ['verified']),
    ...(rolledBack === null ? [] : [`rolled back: ${oneLine(rolledBack.reason)}`]),
    ...(id === next ? ['rollback goes here'] : []),
  ];
  const from = commit === null ? '' : `, commit ${commit.slice(0, 9)}`;
  const newest = newestUpdate?.replace(/^.*\/(?=[^/]+\/#)/, '').replace('/#', '/') ?? 'none';
  const end = marks.length === 0 ? '' : `  (${marks.join(', ')})`;
  return `${id}  of ${shortUtc(Date.parse(now))}${from}, newest update ${newest}${end}`;
}

export const rollback = defineCommand({
  name: 'rollback',
  summary: 'Go back to the previous release, or to a given one',
  details:
    "Works during a publish, and while publishing is on hold. In a folder, it takes effect at once; on GitHub, Publish builds the release again. What was rolled back isn't published again until its content, its commit or Halfpast changes, or you publish it again on purpose. To undo a rollback, name the newer release.",
  args: ['release'],
  options: {
    to: { value: 'DIR', help: 'the folder with the releases' },
    github: { value: 'OWNER/REPO', help: 'the repository that publishes; needs GITHUB_TOKEN' },
    reason: { value: 'TEXT', help: 'why, for the log' },
    list: { help: 'list the releases without changing anything' },
  },
  examples: [
    { line: 'npx halfpast rollback --to /srv/status', says: 'go back to the previous release' },
    { line: 'npx halfpast rollback --to /srv/status --list', says: 'list the releases' },
    {
      line: 'npx halfpast rollback --to /srv/status 20261122T140530123Z',
      says: 'go back to the release with this id, or a prefix of it',
    },
    { line: 'npx halfpast rollback --github example/status --reason "wrong component"', says: 'on GitHub' },
  ],
  run: async (call, context) => {
    const { to, github, list, reason = 'no reason was given' } = call.options;
    if ((to === undefined) === (github === undefined))
      throw new UsageError('choose one: --to /srv/status, or --github example/status');
    const [name] = call.args;
    if (name?.trim() === '')
      throw new UsageError(
        'the release is blank. Type the start of an id from --list, or nothing for the previous release',
      );
    if (name !== undefined && list)
      throw new UsageError(`--list shows all releases. Leave out ${name}, or leave out --list to go back to it`);
    const host =
      to === undefined
        ? await openPages(
            { name: readGitHub(github), url: await readAddress(undefined, call.content, context) },
            context,
          )
        : openFolder(resolve(context.cwd, to), to, context);
    const log = await host.log();
    if (log.releases.length === 0)
      throw new UserError(`${host.name} has no releases. Name the place where you publish`);
    if (list) {
      const served = await host.served(log);
      const releases = log.releases.filter(({ lost }) => lost !== 'removed');
      const next = rollbackTarget(log, served, { kind: 'previous' })?.id ?? null;
      context.stdout(
        call.json
          ? `${JSON.stringify({ served, next, releases })}\n`
          : `${releases.map((release) => releaseLine(release, served, next)).join('\n')}\n`,
      );
      return 0;
    }
    // As in GitHub's form.
    const choice =
      name === undefined || name === 'last' ? ({ kind: 'previous' } as const) : ({ kind: 'named', name } as const);
    const done = await rollBack(host, choice, oneLine(reason).slice(0, 500), context.clock());
    const { from, to: target, how, unrecorded } = done;
    const replaced = from === null || from.id === target.id ? '' : ` in place of ${from.id}`;
    const lines = {
      served: `${target.id} is served now${replaced}`,
      started: `${target.id} is being restored${replaced}. Follow it under Actions, Publish`,
      already: `${target.id} is already served`,
    };
    if (call.json)
      context.stdout(`${JSON.stringify({ ok: true, from: from?.id ?? null, to: target.id, how, note: unrecorded })}\n`);
    else context.stdout(`${lines[how]}\n`);
    if (unrecorded !== null) context.stderr(`${unrecorded}\n`);
    return 0;
  },
});
