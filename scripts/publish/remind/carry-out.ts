import type { GitHubPort } from '../../github/port.ts';
import { PullRequestsOff } from '../../github/github-error.ts';
import { UserError } from '../../cli/errors.ts';
import { isReminder, type Known, label, reconcile, type Step } from './reconcile.ts';
import { addressed, asWritten } from './person.ts';
import type { Draft, Reminder, Wanted } from './wanted.ts';

/** What was done, and what GitHub refused: a line each. */
export type Done = { readonly done: readonly string[]; readonly failures: readonly string[] };

/** Comments are read only where they can matter: of what is wanted and of what is open. */
async function knownIssues(port: GitHubPort, reminders: readonly Reminder[]): Promise<Known[]> {
  const issues = (await port.issues(label)).filter(isReminder);
  const known: Known[] = [];
  for (const issue of issues) {
    const isWanted = reminders.some(({ about, lapses }) => lapses.length > 0 && issue.body.includes(about));
    const comments = isWanted ? (await port.comments(issue.number)).filter(({ trusted }) => trusted) : [];
    known.push({ issue, said: [issue.body, ...comments.map(({ body }) => body)].join('\n') });
  }
  return known;
}

async function assign(port: GitHubPort, number: number, { login }: Reminder): Promise<string> {
  if (login === null) return '';
  return (await port.assign(number, [login]))
    ? `, assigned to ${login}`
    : `; ${login} cannot be assigned in this repository`;
}

async function take(port: GitHubPort, step: Step): Promise<string> {
  switch (step.kind) {
    case 'open': {
      const { reminder, body } = step;
      const { number } = await port.createIssue({ title: reminder.title, body, labels: [label] });
      return `opened #${number}, ${reminder.title}${await assign(port, number, reminder)}`;
    }
    case 'comment':
      if (step.reopen) await port.changeIssue(step.number, { open: true });
      await port.comment(step.number, step.body);
      return `${step.reopen ? 'opened again and ' : ''}commented on #${step.number}, ${step.reminder.title}`;
    case 'close':
      await port.changeIssue(step.number, { open: false });
      return `closed #${step.number}, ${step.title}`;
  }
}

async function propose(port: GitHubPort, draft: Draft, content: string): Promise<string | null> {
  const { slug, title, text, path, person, login } = draft;
  const branch = `halfpast/postmortem-${slug}`;
  const proposal = {
    branch,
    title: `Postmortem: ${title}`,
    body: `For ${addressed(person, login)}: a draft of the postmortem of ${asWritten(title)}, with the facts and the timeline filled in. Answer its questions on this branch; merged as a draft it is not yet public. It is published when \`draft: true\` is replaced with \`published:\` and the time.\n`,
    message: `Postmortem draft: ${title}`,
    files: [{ path: content === '' ? path : `${content}/${path}`, text }],
  };
  const proposed = await port.propose(proposal).catch((error: unknown) => {
    if (error instanceof PullRequestsOff) return error;
    throw error;
  });
  // A setting and no failure: a timer that is red every ten minutes would hide what is.
  if (proposed instanceof PullRequestsOff)
    return `the draft of Postmortem: ${title} is on the branch ${branch}, without a pull request: ${proposed.message}; or open it yourself`;
  return proposed.kind === 'made' ? `opened pull request #${proposed.number}, Postmortem: ${title}` : null;
}

/**
 * Brings GitHub to what is wanted. A step that GitHub refuses keeps no other from being taken.
 * `content` is the content folder from the root of the repository.
 */
export async function carryOut(port: GitHubPort, { reminders, drafts }: Wanted, content: string): Promise<Done> {
  const steps = reconcile(reminders, await knownIssues(port, reminders));
  const [done, failures]: [string[], string[]] = [[], []];
  const work = [
    ...steps.map((step) => () => take(port, step)),
    ...drafts.map((draft) => () => propose(port, draft, content)),
  ];
  for (const one of work) {
    try {
      const line = await one();
      if (line !== null) done.push(line);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(error.message);
    }
  }
  return { done, failures };
}
