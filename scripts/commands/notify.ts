import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolve } from 'node:path';
import { readInstant } from '../../src/schema/instant.ts';
import { command } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { gitHubFromEnvironment } from '../github/from-environment.ts';
import { fileStore } from '../publish/notify/file-store.ts';
import { gitHubStore } from '../publish/notify/github-store.ts';
import { failureLines, pendingText, resultText } from '../publish/notify/notify-text.ts';
import { notify as tellAll, planNotify } from '../publish/notify/notify.ts';
import { openChannels } from '../publish/notify/open-channels.ts';
import { openRecorder } from '../publish/notify/recorder.ts';
import type { Store } from '../publish/notify/store.ts';
import { readSite } from '../publish/read-site.ts';

function storeOf(given: string | undefined, world: World): Store {
  if (given === undefined || given === '') throw new UsageError('--state is missing. Type where deliveries are recorded, as --state deliveries.json or --state github:example/status');
  if (given.startsWith('github:')) return gitHubStore(gitHubFromEnvironment(given.slice('github:'.length), '--state', world));
  return fileStore(resolve(world.cwd, given), given, world.disk);
}

function readSince(given: string | undefined, timeZone: string): number | null {
  if (given === undefined) return null;
  const read = readInstant(given, timeZone);
  if ('wrong' in read) throw new UsageError(`--since: ${read.wrong}`);
  return read.value;
}

export const notify = command({
  name: 'notify',
  summary: 'Tell each channel of the updates it has not been told of',
  details:
    'The channels are those under notify: in site.yml. Each new update goes once to each; what a run that died may or may not have sent is sent again under the same id. A channel that is new is told of updates to come, not of those that are there.',
  args: [],
  options: {
    state: { kind: 'text', value: 'WHERE', help: 'the record of deliveries: a file, or github:OWNER/REPO for its branch halfpast-state' },
    since: { kind: 'text', value: 'TIME', help: 'tell new channels of updates from this time on, too' },
    mark: { kind: 'switch', help: 'send nothing; take all that is there for known, as after an import' },
    'dry-run': { kind: 'switch', help: 'show what would be sent; send and record nothing' },
  },
  examples: [
    { line: 'npx halfpast notify --state deliveries.json', says: 'each new update, to each channel' },
    { line: 'npx halfpast notify --state deliveries.json --dry-run', says: 'what that would be' },
  ],
  run: async (call, world) => {
    const { options } = call;
    const { site } = await readSite(call.content, call.now(), world);
    const store = storeOf(options.state, world);
    const recorder = await openRecorder(store);
    const told = { since: readSince(options.since, site.settings.timeZone), mark: options.mark };
    const plan = planNotify(site, recorder.current(), told);
    const channels = openChannels(site, world.env, world.clock);
    if (options['dry-run']) {
      const record = plan.begin(recorder.current());
      const waiting = channels.map(({ channel }) => ({ channel, pending: plan.pendingOn(record.channels[channel] ?? {}).map(({ id }) => id) }));
      world.stdout(call.json ? `${JSON.stringify({ channels: waiting })}\n` : pendingText(waiting));
      return 0;
    }
    const results = await tellAll(plan, options.mark ? [] : channels, recorder, { clock: world.clock, sleep: (time) => sleep(time), run: randomUUID() });
    const failures = failureLines(results);
    if (call.json) world.stdout(`${JSON.stringify({ ok: failures.length === 0, begun: plan.begun, results })}\n`);
    else world.stdout(resultText(results, plan.begun, told));
    if (failures.length > 0) world.stderr(`${failures.join('\n')}\n`);
    return failures.length === 0 ? 0 : 1;
  },
});
