import { resolve } from 'node:path';
import { readInstant } from '../../src/lib/schema/time-fields.ts';
import { defineCommand } from '../cli/command.ts';
import { readSite } from '../cli/content.ts';
import { UsageError } from '../cli/errors.ts';
import { during, type Context } from '../cli/context.ts';
import { openGitHub } from '../github/github.ts';
import { fileStore, gitHubStore, type Store } from '../publish/notify/deliveries.ts';
import { failureLines, pendingText, resultText } from '../publish/notify/notify.ts';

async function storeOf(given: string | undefined, context: Context): Promise<Store> {
  if (given === undefined || given === '')
    throw new UsageError(
      '--state is missing. Type where deliveries are recorded, as --state deliveries.json or --state github:example/status',
    );
  if (given.startsWith('github:'))
    return gitHubStore(await openGitHub(given.slice('github:'.length), context, { flag: '--state' }));
  return fileStore(resolve(context.cwd, given), given, context.disk);
}

function readSince(given: string | undefined, timeZone: string): number | null {
  if (given === undefined) return null;
  const read = readInstant(given, timeZone);
  if ('wrong' in read) throw new UsageError(`--since: ${read.wrong}`);
  return read.value;
}

export const notify = defineCommand({
  name: 'notify',
  summary: 'Tell each channel of the updates it has not been told of',
  details:
    'The channels are those under notify: in site.yml. Each new update goes once to each; what a run that died may or may not have sent is sent again under the same id. A channel that is new is told of updates to come, not of those that are there.',
  args: [],
  options: {
    state: {
      value: 'WHERE',
      help: 'the record of deliveries: a file, or github:OWNER/REPO for its branch halfpast-state',
    },
    since: { value: 'TIME', help: 'tell new channels of updates from this time on, too' },
    mark: { help: 'send nothing; take all that is there for known, as after an import' },
    'dry-run': { help: 'show what would be sent; send and record nothing' },
  },
  examples: [
    { line: 'npx halfpast notify --state deliveries.json', says: 'each new update, to each channel' },
    { line: 'npx halfpast notify --state deliveries.json --dry-run', says: 'what that would be' },
  ],
  run: async (call, context) => {
    const { options } = call;
    const { site } = await readSite(call.content, call.now(), context);
    const store = await storeOf(options.state, context);
    const told = { since: readSince(options.since, site.settings.timeZone), mark: options.mark };
    // What speaks to other servers is loaded only by the commands that do.
    const { lookAhead, runNotify } = await import('../publish/notify/run-notify.ts');
    if (options['dry-run']) {
      const waiting = await lookAhead(site, store, told);
      context.stdout(call.json ? `${JSON.stringify({ channels: waiting })}\n` : pendingText(waiting));
      return 0;
    }
    const { results, begun } = await during(context.progress, 'Telling the channels', () =>
      runNotify(site, store, told, { env: context.env, clock: call.now, sleep: context.sleep }),
    );
    const failures = failureLines(results);
    if (call.json) context.stdout(`${JSON.stringify({ ok: failures.length === 0, begun, results })}\n`);
    else context.stdout(resultText(results, begun, told, options.state ?? ''));
    if (failures.length > 0) context.stderr(`${failures.join('\n')}\n`);
    return failures.length === 0 ? 0 : 1;
  },
});
