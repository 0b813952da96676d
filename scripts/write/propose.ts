import { createHash } from 'node:crypto';
import { fieldsIn } from '../../src/lib/content/front-matter.ts';
import { utcDate } from '../../src/lib/content/update-name.ts';
import { isOpen } from '../../src/lib/domain/incident.ts';
import type { ContentFolder } from '../cli/content.ts';
import type { Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { codeSpan, fenced } from '../github/comments.ts';
import { type GitHubPort, type OpenPullRequest, PullRequestsOff } from '../github/port.ts';
import { pathInRepository } from './commit.ts';
import type { FileDraft } from './draft.ts';

/** The alert keys in the files of an unreadable incident. */
function keysIn(slug: string, { tree }: ContentFolder): unknown[] {
  return tree.files.filter(({ path }) => path.startsWith(`incidents/${slug}/`)).map((file) => fieldsIn(file)['key']);
}

/**
 * The open incident for an alert; null if there is none. An incident with problems in its files counts as open. A
 * resolved one doesn't: when the alert fires again, it's a new incident.
 */
export function openWithKey(key: string, content: ContentFolder): string | null {
  const found = content.incidents.find(({ slug, value }) =>
    value === null ? keysIn(slug, content).includes(key) : isOpen(value) && value.updates[0].record.key === key,
  );
  return found?.slug ?? null;
}

const hash = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

/** The prefix of the branches of all pull requests for one alert. */
const branchStart = (key: string): string => `halfpast/alert-${hash(key)}-`;

const proposalFor = (key: string, open: readonly OpenPullRequest[]): OpenPullRequest | null =>
  open.find(({ branch }) => branch.startsWith(branchStart(key))) ?? null;

/** The open pull request for an alert; null if there is none. */
export async function openProposal(port: GitHubPort, key: string): Promise<OpenPullRequest | null> {
  return proposalFor(key, await port.openPullRequests());
}

const titleOf = (slug: string): string => `Open an incident? ${slug}`;

/** Two alerts with the same title are two incidents, whose pull requests must not use the same folder. */
function inOwnFolder(draft: FileDraft, key: string, open: readonly OpenPullRequest[]): FileDraft {
  const { slug, file, commitMessage } = draft;
  if (!open.some(({ title }) => title === titleOf(slug))) return draft;
  const own = `${slug}-${hash(key).slice(0, 4)}`;
  return {
    ...draft,
    slug: own,
    file: { ...file, path: file.path.replace(slug, own) },
    commitMessage: commitMessage.replace(slug, own),
  };
}

type Proposed = {
  readonly draft: FileDraft;
  /** What customers will see, in plain text. */
  readonly preview: string;
  readonly notes: readonly string[];
  readonly content: ContentFolder;
  /** `owner/repo` */
  readonly github: string;
};

/**
 * Markdown for the person who decides. The monitor's texts are in a code block, so that they can't mention anyone, and
 * in a quote, so that their lines don't count in the message of a squashed commit.
 */
function body({ draft, preview, notes }: Proposed, key: string | null): string {
  const quoted = fenced(preview).replaceAll(/^/gm, '> ');
  return [
    `${key === null ? 'This' : `The alert ${codeSpan(key)}`} would open an incident. Is the problem real, and do customers notice it?`,
    '- **Yes:** edit the text if you like, then merge. That publishes it. From then on, keep customers updated.\n- **No:** close this.',
    quoted,
    ...notes.map((note) => `- ${codeSpan(note)}`),
    `The file: ${codeSpan(draft.file.path)}`,
  ].join('\n\n');
}

/**
 * Opens a pull request with the first update of an incident. Each alert has one at a time, and none after a closed one
 * on the same day (UTC), because monitors repeat themselves. Returns a sentence to print. Throws UserError.
 */
export async function proposeIncident(port: GitHubPort, proposed: Proposed, context: Context): Promise<string> {
  const { content, github } = proposed;
  const key = proposed.draft.key ?? null;
  const open = key === null ? [] : await port.openPullRequests();
  const waiting = key === null ? null : proposalFor(key, open);
  if (waiting !== null)
    return `Nothing to do: pull request #${waiting.number} is waiting for your decision. ${waiting.url}`;
  const draft = key === null ? proposed.draft : inOwnFolder(proposed.draft, key, open);
  const { file, slug } = draft;
  // The same alert may have opened incidents earlier that day.
  const earlier = content.incidents.filter(({ value }) => value?.updates[0].record.key === key).length;
  const branch = key === null ? `halfpast/${slug}` : `${branchStart(key)}${utcDate(content.now)}-${earlier + 1}`;
  try {
    const { kind, number, url } = await port.propose({
      branch,
      title: titleOf(slug),
      body: body({ ...proposed, draft }, key),
      message: draft.commitMessage,
      files: [{ path: pathInRepository(file.path, content, context.cwd), text: file.text }],
    });
    return kind === 'made'
      ? `Pull request #${number} is open. To publish the incident, merge it: ${url}`
      : `Nothing to do: pull request #${number} was closed, so this alert is ignored until tomorrow (UTC). ${url}`;
  } catch (error) {
    if (!(error instanceof PullRequestsOff)) throw error;
    throw new UserError(
      `the incident is on the branch ${branch}, without a pull request. Open one: https://github.com/${github}/compare/${branch}?expand=1. ${error.message}`,
    );
  }
}
