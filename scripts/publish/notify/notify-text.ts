import { count } from '../../../src/views/words.ts';
import { oneLine } from '../../cli/one-line.ts';
import type { ChannelResult } from './deliver.ts';
import type { NotifyOptions } from './notify.ts';
import type { Waiting } from './run-notify.ts';

/** What `notify --dry-run` prints. */
export function pendingText(waiting: readonly Waiting[]): string {
  if (waiting.length === 0) return 'No channels: site.yml has none under notify:\n';
  return waiting
    .map(({ channel, pending }) =>
      [
        `${channel}: ${pending.length === 0 ? 'nothing new' : `${count(pending.length, 'update')} to send`}`,
        ...pending.map((id) => `  ${id}`),
      ].join('\n'),
    )
    .join('\n')
    .concat('\n');
}

function resultLine({ channel, sent, again, failures }: ChannelResult): string[] {
  if (sent.length === 0) return failures.length === 0 ? [`${channel}: nothing new`] : [];
  const repeated = again.length === 0 ? '' : `, ${again.length} of them perhaps for the second time, under the same id`;
  return [`${channel}: ${count(sent.length, 'update')} sent${repeated}`];
}

/** What `notify` prints of what went well. `state` is the record, as `--state` takes it. */
export function resultText(
  results: readonly ChannelResult[],
  begun: readonly string[],
  { since, mark }: NotifyOptions,
  state: string,
): string {
  if (mark) return 'All updates there are count as known; none was sent.\n';
  if (results.length === 0) return 'No channels: site.yml has none under notify:\n';
  const isNews = begun.length > 0 && since === null;
  const first = isNews
    ? [
        `New channels, told of updates from now on: ${begun.join(', ')}. For earlier ones, delete ${begun.length === 1 ? 'its' : 'their'} part of the record, and run: npx halfpast notify --state ${state} --since 2026-11-22T14:00Z`,
      ]
    : [];
  const lines = [...first, ...results.flatMap(resultLine)];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** One line for each thing that went wrong. */
export function failureLines(results: readonly ChannelResult[]): string[] {
  return results.flatMap(({ channel, failures }) => failures.map((failure) => `${channel}: ${oneLine(failure)}`));
}
