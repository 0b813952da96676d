import { z } from 'zod';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { withoutHidden } from '../../src/lib/schema/hidden.ts';
import { keyLength } from '../../src/lib/schema/update-file.ts';
import { defineCommand, noValues } from '../cli/command.ts';
import { type ContentFolder, openContent } from '../cli/content.ts';
import { UsageError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { parseJson } from '../cli/text.ts';
import { openGitHub } from '../github/github.ts';
import { openProposal, openWithKey } from '../write/propose.ts';
import { withFieldNames } from '../write/options.ts';
import { open } from './open.ts';

/** The states of an alert, including the terms of Checkly, whose templates can't translate them. */
const states = {
  firing: [
    'firing',
    'ALERT_FAILURE',
    'ALERT_FAILURE_REMAIN',
    'ALERT_FAILURE_DEGRADED',
    'ALERT_DEGRADED',
    'ALERT_DEGRADED_REMAIN',
    'ALERT_DEGRADED_FAILURE',
  ],
  resolved: ['resolved', 'ALERT_RECOVERY', 'ALERT_DEGRADED_RECOVERY'],
};

const fields = ['key', 'state', 'title', 'message', 'components', 'impact', 'customer_data', 'publish'] as const;
type Field = (typeof fields)[number];
type Alert = { readonly [K in Field]?: string };

/** The maximum lengths of a title and a text. Longer ones are cut off, because a cut alert is better than none. */
const longest = { title: 150, message: 2000 } as const;

/** Throws UsageError. */
function readAlert(text: string): Alert {
  const data = parseJson(z.record(z.string(), z.unknown()), text);
  if (data === null)
    throw new UsageError(
      'standard input is not an alert. Pipe in an object of strings, such as {"key": "api", "state": "firing", …}',
    );
  for (const [name, value] of Object.entries(data)) {
    if (!fields.some((field) => field === name))
      throw new UsageError(`${quote(name)} is not a field of an alert. ${didYouMean(name, fields)}`);
    if (typeof value !== 'string') throw new UsageError(`${name}: ${quote(value)} is not text. Put it in quotes`);
  }
  return data as Alert;
}

/** Removes what `open` rejects as a typing mistake, because nobody can fix an alert. */
const cleaned = (text: string): string =>
  withoutHidden(text.toWellFormed().replaceAll('\uFFFD', '').replaceAll(/\r\n?/g, '\n'));

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${cleaned(text.slice(0, most - 1))}…`;
}

const inOneLine = (text: string): string => cleaned(text).replaceAll(/\s+/g, ' ').trim();

/** Escapes a monitor's text, so that Markdown shows it literally, without links, images, lists or HTML. */
function asMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]{}<>#|~!&]/g, '\\$&')
    .replaceAll('://', ':\\//')
    .replaceAll(/(?<=\w)@(?=\w)|(?<=\bwww)\./gi, '\\$&')
    .replaceAll(/^[ \t]+/gm, '')
    .replaceAll(/^(?:[-+=]|\d+[.)])/gm, (start) => start.replace(/.$/, '\\$&'))
    .trim();
}

/** The flags of `open` for an alert. Blank fields count as missing, and `open` reports them. */
function openingOptions({ title = '', message = '', components, impact, customer_data: customerData }: Alert): object {
  // Double braces would count as a blank to fill in.
  const shownTitle = cut(inOneLine(title).replaceAll(/([{}])\1+/g, '$1'), longest.title);
  const shownMessage = asMarkdown(cut(cleaned(message), longest.message));
  return {
    ...noValues(open.options),
    title: shownTitle || undefined,
    message: shownMessage || undefined,
    components,
    impact,
    'customer-data': customerData,
  };
}

/** What happened to a resolved alert, in a sentence. Only a person can tell whether customers are still affected. */
async function over(
  key: string,
  github: string | undefined,
  content: ContentFolder,
  context: Context,
): Promise<string> {
  const slug = openWithKey(key, content);
  if (slug !== null)
    return `The alert for ${slug} is over. The incident stays open until you resolve it: npx halfpast resolve ${slug}`;
  const port = github === undefined ? null : await openGitHub(github, context);
  const waiting = port === null ? null : await openProposal(port, key);
  if (port === null || waiting === null) return 'The alert is over, and no incident is open for it.';
  await port.comment(
    waiting.number,
    'The monitor reports that this is over. If customers noticed nothing, close this pull request.',
  );
  return `Commented on pull request #${waiting.number}.`;
}

export const alert = defineCommand({
  name: 'alert',
  summary: 'Propose an incident when a monitor raises an alert',
  details: `Reads an alert as a JSON object of strings from standard input, and opens a pull request with an incident. The fields are key and state (firing or resolved), title, message, components or impact, and customer_data. While an incident or a pull request with the same key is open, it does nothing. It never resolves an incident. See docs/alerts.md.`,
  args: [],
  options: {
    github: { value: 'OWNER/REPO', help: 'the repository that gets the pull request; needs GITHUB_TOKEN' },
    publish: { help: 'publish alerts with "publish": "now" without a pull request' },
    'dry-run': { help: 'show the file without writing it' },
  },
  examples: [{ line: 'npx halfpast alert --github example/status', says: 'propose what is piped in' }],
  run: async (call, context) => {
    const { github, publish, 'dry-run': dryRun } = call.options;
    if (github === undefined && !dryRun)
      throw new UsageError('--github is missing. Add the repository, such as --github example/status');
    const given = readAlert(await context.input.readAll());
    const key = inOneLine(given.key ?? '');
    if (key === '' || key.length > keyLength)
      throw new UsageError(
        `key is ${key === '' ? 'missing' : 'too long'}. Add a name for the alert of at most ${keyLength} characters, the same each time it fires`,
      );
    const isOver = states.resolved.includes(given.state ?? '');
    if (!isOver && !states.firing.includes(given.state ?? ''))
      throw new UsageError(
        `state: ${quote(given.state ?? '')} is not the state of an alert. Use "firing" or "resolved", or one of Checkly's`,
      );
    if (given.publish !== undefined && given.publish !== 'now')
      throw new UsageError(`publish: ${quote(given.publish)} is not understood. Use "now", or leave it out`);
    if (isOver) {
      const content = await openContent(call.content, call.now(), context);
      context.stdout(`${await over(key, dryRun ? undefined : github, content, context)}\n`);
      return 0;
    }
    const now = given.publish === 'now' && publish;
    if (given.publish === 'now' && !publish)
      context.stderr('"publish": "now" isn\'t allowed in this repository. See docs/alerts.md\n');
    const options = { ...openingOptions(given), key, github, propose: !now && github !== undefined, 'dry-run': dryRun };
    const piped = { ...context, ask: null, input: { kind: 'none', readAll: () => Promise.resolve('') } } as const;
    return withFieldNames(() => open.run({ ...call, options }, piped));
  },
});
