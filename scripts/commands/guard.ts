import { resolve } from 'node:path';
import { readTree } from '../../src/lib/content/disk.ts';
import { defineCommand } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { findStop, stopLine, readStopReason } from '../cli/stop-switch.ts';
import { gitIn } from '../github/git.ts';
import { folderReader, httpReader } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import { guard as judge, verdictJson, verdictLines } from '../publish/guard/guard.ts';
import { readSiteUrl } from '../publish/options.ts';

export const guard = defineCommand({
  name: 'guard',
  summary: 'Compare a built site with the live one before it goes live',
  details:
    'Refuses to take back or rewrite what is live: an update gone, or with another text, time or status; an incident, a component or a page gone; old feed items changed. A new update is never refused. What is meant is allowed by a line in a commit message, which each refusal tells.\n\nExit code 0: it may go live. 1: refused. 3: nothing is wrong, and nothing is to be published: a newer site is live, or publishing is on hold.',
  args: [],
  options: {
    site: { value: 'DIR', help: 'the built site (default: dist)' },
    url: { value: 'ADDRESS', help: 'the live site (default: url in site.yml)' },
    live: { value: 'DIR', help: 'the live site, as a folder' },
    range: {
      value: 'A..B',
      help: 'the commits whose messages may allow something (default: those since the live one)',
    },
    message: { value: 'TEXT', help: 'the same, as text' },
    repository: { value: 'DIR', help: 'where git knows those commits (default: the content folder)' },
    hold: {
      value: 'REASON',
      help: 'publishing is on hold; so does the variable HALFPAST_HOLD, and a file stop.md in the content',
    },
    'require-live': { help: 'a live site that does not answer is an error and no first publish' },
  },
  examples: [
    { line: 'npx halfpast guard --site dist', says: 'with the site that is live at the url of site.yml' },
    { line: 'npx halfpast guard --site dist --live /srv/status/current', says: 'with a folder' },
    { line: 'npx halfpast guard --site dist --range origin/main..HEAD --json', says: 'for a pull request' },
  ],
  run: async (call, context) => {
    const { site = 'dist', url, live, range, message } = call.options;
    const hold = readStopReason(call.options.hold);
    if (url !== undefined && live !== undefined)
      throw new UsageError('--url and --live both name the live site. Type one of them');
    if (range !== undefined && message !== undefined)
      throw new UsageError('--range and --message both say what is allowed. Type one of them');
    if (url !== undefined) readSiteUrl(url);
    const content = resolve(context.cwd, call.content);
    // Sites are compared without their content, too; only the stop file is then not known.
    const { files } = await readTree(content).catch(() => ({ files: [] }));
    const held = findStop({ content: call.content, files, flag: hold, env: context.env });
    if (held !== null) {
      context.stdout(
        call.json ? `${JSON.stringify({ ok: false, outcome: 'held', notes: [held.reason] })}\n` : `${stopLine(held)}\n`,
      );
      return 3;
    }
    const built = folderReader(resolve(context.cwd, site), site);
    const address = url ?? (await readRelease(built))?.url ?? '';
    const repository = gitIn(
      resolve(context.cwd, call.options.repository ?? (files.length === 0 ? '.' : call.content)),
      context.runProgram,
    );
    const messages =
      range === undefined
        ? message === undefined
          ? null
          : [{ commit: null, text: message }]
        : await repository.messages(range);
    if (range !== undefined && messages === null)
      throw new UserError(`git knows no commits ${range}. Fetch them, or name others with --range A..B`);
    const verdict = await judge({
      built,
      live: live === undefined ? httpReader(address, context) : folderReader(resolve(context.cwd, live), live),
      repository,
      messages,
      requireLive: call.options['require-live'],
    });
    const said = verdictLines(verdict, call.content).join('\n');
    const isFine = verdict.outcome === 'first' || verdict.outcome === 'passed';
    if (call.json) context.stdout(`${JSON.stringify(verdictJson(verdict, call.content))}\n`);
    else (isFine ? context.stdout : context.stderr)(`${said}\n`);
    if (isFine) return 0;
    return verdict.outcome === 'older' ? 3 : 1;
  },
});
