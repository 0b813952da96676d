import { resolve, sep } from 'node:path';
import { minute } from '../../src/lib/domain/calendar.ts';
import { defineCommand } from '../cli/command.ts';
import { during } from '../cli/context.ts';
import { UsageError } from '../cli/errors.ts';
import { readStopFile, readStopReason } from '../cli/stop-switch.ts';
import { fileStorage } from '../cli/system.ts';
import { notifyCommand, readCount, readWait, shellWord } from '../cli/text.ts';
import { gitIn } from '../github/git.ts';
import { buildSite } from '../publish/build-site.ts';
import { readCommits, readMessages, uncommittedNote } from '../publish/commits.ts';
import { openFolder, requireReleaseFolder } from '../publish/hosts/folder.ts';
import { readSiteUrl } from '../publish/options.ts';
import { ending, endingJson } from '../publish/outcome.ts';
import { prepareSteps } from '../publish/prepare.ts';
import { deploySteps, runPipeline } from '../publish/publish.ts';

const hold =
  'A file stop.md in the content, a file STOP in DIR, --hold or the variable HALFPAST_HOLD puts publishing on hold. Their text is the reason.';
const codes =
  'Exit code 0: published. 1: failed; the old site stays live or is restored. 3: nothing to publish: on hold, a newer site is live, or this was rolled back.';

export const publish = defineCommand({
  name: 'publish',
  summary: 'Check, build, compare with the live site, deploy to a folder, verify and notify',
  details: `Keeps each release in a folder below DIR/releases. A web server serves DIR/current, a link that is switched atomically. Only one publish runs at a time. If it is killed, run the same command again. Afterwards, the channels under notify: in site.yml get each update once.\n\n${hold}\n\n${codes}`,
  args: [],
  options: {
    to: { value: 'DIR', help: 'the folder with the releases' },
    url: {
      value: 'ADDRESS',
      help: 'the address of DIR/current; verifies the site there and restores the old one if that fails',
    },
    tries: { value: 'N', help: 'how often to try to verify (default: 5)' },
    keep: { value: 'N', help: 'how many releases to keep (default: 10)' },
    wait: { value: 'TIME', help: 'how long to wait for another publish (default: 10m)' },
    again: { help: 'publish what was rolled back' },
    clean: { help: 'rebuild every page' },
    hold: { value: 'REASON', help: 'put publishing on hold' },
    'commit-id': { value: 'ID', help: 'the commit of the content (default: what git has checked out)' },
    repository: { value: 'DIR', help: 'the repository with that commit (default: the content folder)' },
    range: {
      value: 'A..B',
      help: 'the commits whose messages can allow changes (default: those since the live commit)',
    },
    message: { value: 'TEXT', help: 'a commit message, instead of --range' },
  },
  examples: [
    { line: 'npx halfpast publish --to /srv/status', says: 'publish content/ to /srv/status/current' },
    {
      line: 'npx halfpast publish --to /srv/status --url https://status.example.com',
      says: 'and verify that it is served',
    },
    {
      line: 'npx halfpast publish --to /srv/status --commit-id "$new" --repository /srv/status.git',
      says: 'in the hook of a bare repository',
    },
  ],
  run: async (call, context) => {
    const { to, again, clean } = call.options;
    const reason = readStopReason(call.options.hold);
    if (to === undefined)
      throw new UsageError('--to is missing. Add the folder to publish to, such as --to /srv/status');
    const url = call.options.url === undefined ? null : readSiteUrl(call.options.url);
    const keep = readCount(call.options.keep, '--keep', 10);
    if (keep < 2) throw new UsageError('--keep 1 leaves no release to go back to. Use 2 or more');
    const wait = readWait(call.options.wait, '--wait', 10 * minute);
    const tries = readCount(call.options.tries, '--tries', 5);
    const folder = resolve(context.cwd, to);
    const content = resolve(context.cwd, call.content);
    if (`${folder}${sep}`.startsWith(`${content}${sep}`))
      throw new UsageError(`--to: ${to} is inside the content folder. Use another folder`);
    const place = call.options.repository === undefined ? content : resolve(context.cwd, call.options.repository);
    const repository = gitIn(place, context);
    const messages = await readMessages(call.options, repository);
    const commit = await readCommits(call.options, call.content, repository);
    await requireReleaseFolder(folder, to, { storage: fileStorage });
    const host = openFolder(folder, to, context);
    const toPrepare = prepareSteps(
      {
        content,
        shown: call.content,
        now: call.now,
        hold: reason,
        stopFile: () => readStopFile(folder, fileStorage),
        commit,
        repository,
        messages,
        build: (options) =>
          during(context.progress, 'Building the site', () => buildSite({ ...options, clean }, context)),
      },
      context,
    );
    const verify = url === null ? null : { url, tries };
    const { deliveries } = host;
    const toNotify = { deliveries, notifyCommand: notifyCommand(deliveries.name) };
    const toDeploy = deploySteps({ content, now: call.now, verify, ...toNotify }, context);
    const steps = { ...toPrepare, ...toDeploy };
    const print = (line: string): void => context.stderr(`${line}\n`);
    const published = await runPipeline(
      { host, steps, repository, keep, again, now: call.now, clock: context.clock, print },
      wait,
    );
    const instructions = {
      retry: 'run the same command again',
      again: 'run the same command with --again',
      rollBack: `run: npx halfpast rollback --to ${shellWord(to)}`,
    };
    const { code, lines } = ending(published, call.content, instructions);
    const isLive = published.outcome === 'published' || published.outcome === 'not notified';
    const note = isLive ? await uncommittedNote(content, call.content, place, published.release.commit, context) : null;
    if (note !== null) context.stderr(`${note}\n`);
    if (call.json)
      context.stdout(
        `${JSON.stringify({ ...endingJson(published, call.content, instructions), uncommitted: note })}\n`,
      );
    else (code === 0 ? context.stdout : context.stderr)(`${lines.join('\n')}\n`);
    return code;
  },
});
