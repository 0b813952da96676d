import { resolve } from 'node:path';
import { readTree } from '../../src/lib/content/disk.ts';
import { defineCommand } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { findStop, stopLine, readStopReason } from '../cli/stop-switch.ts';
import { gitIn } from '../github/git.ts';
import { folderReader, httpReader } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import { readMessages } from '../publish/commits.ts';
import { guardJson, guardLines, guardSite } from '../publish/guard/guard.ts';
import { readSiteUrl } from '../publish/options.ts';

export const guard = defineCommand({
  name: 'guard',
  summary: 'Compare a built site with the live site before it is deployed',
  details:
    'Refuses to remove or rewrite what is live: a missing or changed update; a missing incident, component or page; a changed feed item. New updates are never refused, except ones that were rolled back. To allow a change, add the line from the refusal to a commit message.\n\nExit code 0: the site can go live. 1: refused. 3: nothing to publish: a newer site is live, or publishing is on hold.',
  args: [],
  options: {
    site: { value: 'DIR', help: 'the built site (default: dist)' },
    url: { value: 'ADDRESS', help: 'the live site (default: url in site.yml)' },
    live: { value: 'DIR', help: 'the folder of the live site' },
    range: {
      value: 'A..B',
      help: 'the commits whose messages can allow changes (default: those since the live commit)',
    },
    message: { value: 'TEXT', help: 'a commit message, instead of --range' },
    repository: { value: 'DIR', help: 'the repository with those commits (default: the content folder)' },
    hold: {
      value: 'REASON',
      help: 'put publishing on hold, like the variable HALFPAST_HOLD or a file stop.md in the content',
    },
    'require-live': { help: 'fail if there is no live site, instead of assuming the first publish' },
  },
  examples: [
    { line: 'npx halfpast guard --site dist', says: 'compare with the site at the url in site.yml' },
    { line: 'npx halfpast guard --site dist --live /srv/status/current', says: 'compare with a folder' },
    { line: 'npx halfpast guard --site dist --range origin/main..HEAD --json', says: 'for a pull request' },
  ],
  run: async (call, context) => {
    const { site = 'dist', url, live, range } = call.options;
    const hold = readStopReason(call.options.hold);
    if (url !== undefined && live !== undefined)
      throw new UsageError("--url and --live can't be combined. Use one of them");
    if (url !== undefined) readSiteUrl(url);
    const content = resolve(context.cwd, call.content);
    // Sites can also be compared without the content folder, but then the stop file is unknown.
    const { files } = await readTree(content).catch(() => ({ files: [] }));
    const repository = gitIn(
      resolve(context.cwd, call.options.repository ?? (files.length === 0 ? '.' : call.content)),
      context,
    );
    const messages = await readMessages(call.options, repository);
    const held = findStop({ content: call.content, files, flag: hold, env: context.env });
    if (held !== null) {
      context.stdout(
        call.json ? `${JSON.stringify({ ok: false, outcome: 'held', notes: [held.reason] })}\n` : `${stopLine(held)}\n`,
      );
      return 3;
    }
    const built = folderReader(resolve(context.cwd, site), site);
    const address = url ?? (await readRelease(built))?.url ?? '';
    if (range !== undefined && messages === null)
      throw new UserError(`git can't find the commits ${range}. Fetch them, or name others with --range A..B`);
    const verdict = await guardSite({
      built,
      live: live === undefined ? httpReader(address, context) : folderReader(resolve(context.cwd, live), live),
      repository,
      messages,
      requireLive: call.options['require-live'],
    });
    const text = guardLines(verdict, call.content).join('\n');
    const isFine = verdict.outcome === 'first' || verdict.outcome === 'passed';
    if (call.json) context.stdout(`${JSON.stringify(guardJson(verdict, call.content))}\n`);
    else (isFine ? context.stdout : context.stderr)(`${text}\n`);
    if (isFine) return 0;
    return verdict.outcome === 'older' ? 3 : 1;
  },
});
