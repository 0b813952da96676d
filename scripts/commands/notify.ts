import { resolve } from 'node:path';
import { readInstant } from '../../src/lib/schema/time-fields.ts';
import { defineCommand } from '../cli/command.ts';
import { readSite } from '../cli/content.ts';
import { UsageError } from '../cli/errors.ts';
import { during, type Context } from '../cli/context.ts';
import { openGitHub } from '../github/github.ts';
import { notifyCommand } from '../cli/text.ts';
import { lockBeside, lockToolsOf } from '../publish/hosts/lock.ts';
import { fileStore, gitHubStore, type Store } from '../publish/notify/deliveries.ts';

async function storeOf(given: string | undefined, context: Context): Promise<Store> {
  if (given === undefined || given === '')
    throw new UsageError(
      '--state is missing. Add where to record deliveries, such as --state deliveries.json or --state github:example/status',
    );
  if (given.startsWith('github:'))
    return gitHubStore(await openGitHub(given.slice('github:'.length), context, { flag: '--state' }));
  const path = resolve(context.cwd, given);
  return fileStore(path, given, context.disk, lockBeside(path, lockToolsOf(context)));
}

function readSince(given: string | undefined, timeZone: string): number | null {
  if (given === undefined) return null;
  const read = readInstant(given, timeZone);
  if ('wrong' in read) throw new UsageError(`--since: ${read.wrong}`);
  return read.value;
}

export const notify = defineCommand({
  name: 'notify',
  summary: 'Send new updates to the notification channels',
  details:
    'Sends each new update once to each channel under notify: in site.yml. If an earlier run stopped and may have sent an update, it is sent again with the same id. A new channel gets future updates only.',
  args: [],
  options: {
    state: {
      value: 'WHERE',
      help: 'where deliveries are recorded: a file, or github:OWNER/REPO for its branch halfpast-state',
    },
    since: { value: 'TIME', help: 'also send updates since this time to new channels' },
    mark: { help: 'send nothing and mark all updates as sent, such as after an import' },
    'dry-run': { help: 'show what would be sent, without sending or recording anything' },
  },
  examples: [
    { line: 'npx halfpast notify --state deliveries.json', says: 'send each new update to each channel' },
    { line: 'npx halfpast notify --state deliveries.json --dry-run', says: 'show what would be sent' },
  ],
  run: async (call, context) => {
    const { options } = call;
    const { site } = await readSite(call.content, call.now(), context);
    const store = await storeOf(options.state, context);
    const selection = { since: readSince(options.since, site.settings.timeZone), mark: options.mark };
    // Only commands that send something load the code for it.
    const { failureLines, lookAhead, notifyChannels, pendingText, resultText } =
      await import('../publish/notify/notify.ts');
    if (options['dry-run']) {
      const waiting = await lookAhead(site, store, selection);
      context.stdout(call.json ? `${JSON.stringify({ channels: waiting })}\n` : pendingText(waiting));
      return 0;
    }
    const { results, begun } = await during(context.progress, 'Notifying the channels', () =>
      notifyChannels(site, store, selection, { env: context.env, clock: call.now, sleep: context.sleep }),
    );
    const failures = failureLines(results);
    if (call.json) context.stdout(`${JSON.stringify({ ok: failures.length === 0, begun, results })}\n`);
    else context.stdout(resultText(results, begun, selection, notifyCommand(options.state ?? '')));
    if (failures.length > 0) context.stderr(`${failures.join('\n')}\n`);
    return failures.length === 0 ? 0 : 1;
  },
});
