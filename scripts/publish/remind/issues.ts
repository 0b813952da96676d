import { UserError } from '../../cli/errors.ts';
import { hiddenMarker } from '../../github/comments.ts';
import { type GitHubPort, type Issue, PullRequestsOff } from '../../github/port.ts';
import { addressed, asWritten, type PostmortemDraft, type Lapse, type Reminder, type Wanted } from './reminder.ts';

/** The label of all reminders. */
const label = 'halfpast';

/** One of Halfpast's issues, with its text and all comments. */
export type KnownIssue = { readonly issue: Issue; readonly text: string };

export type Step =
  | { readonly kind: 'open'; readonly reminder: Reminder; readonly body: string }
  | {
      readonly kind: 'comment';
      readonly number: number;
      readonly body: string;
      readonly reopen: boolean;
      readonly reminder: Reminder;
    }
  | { readonly kind: 'close'; readonly number: number; readonly title: string };

const aboutMarker = (about: string): string => hiddenMarker(`about:${about}`);
const lapseMarker = ({ key }: Lapse): string => hiddenMarker(`lapse:${key}`);

/** Whether an issue is one of Halfpast's about this subject. */
function isAbout(issue: Issue, about: string): boolean {
  return issue.body.includes(aboutMarker(about));
}

/** Whether an issue is one of Halfpast's at all. Others may use the label, too. */
export function isReminder(issue: Issue): boolean {
  return issue.body.includes('<!-- halfpast:about:');
}

function lapsesText(lapses: readonly Lapse[], note: string | null): string {
  const texts = lapses.map(({ markdown }) => markdown);
  // Keep the items of one list together.
  const whole = lapses.every(({ isItem }) => isItem === true) ? texts.join('\n') : texts.join('\n\n');
  const parts = [whole, ...(note === null ? [] : [asWritten(note)]), lapses.map(lapseMarker).join('\n')];
  return parts.join('\n\n');
}

/**
 * The steps that bring the issues on GitHub up to date without reporting a lapse twice. Once they are done, there are
 * no more steps. `known` are Halfpast's issues, open and closed.
 */
export function reconcile(
  reminders: readonly Reminder[],
  known: readonly KnownIssue[],
  note: string | null = null,
): Step[] {
  const steps: Step[] = [];
  for (const reminder of reminders) {
    const mine = known.filter(({ issue }) => isAbout(issue, reminder.about));
    // If an earlier run opened two, use the first.
    const [first] = mine.toSorted((a, b) => a.issue.number - b.issue.number);
    const text = mine.map((one) => one.text).join('\n');
    const fresh = reminder.lapses.filter((lapse) => !text.includes(lapseMarker(lapse)));
    if (fresh.length === 0) continue;
    if (first === undefined) {
      steps.push({
        kind: 'open',
        reminder,
        body: `${lapsesText(fresh, note)}\n\n${reminder.body}\n\n${aboutMarker(reminder.about)}`,
      });
    } else {
      steps.push({
        kind: 'comment',
        number: first.issue.number,
        body: lapsesText(fresh, note),
        reopen: !first.issue.open,
        reminder,
      });
    }
  }
  const over = known.filter(({ issue }) => issue.open && !reminders.some(({ about }) => isAbout(issue, about)));
  return [...steps, ...over.map(({ issue }) => ({ kind: 'close' as const, number: issue.number, title: issue.title }))];
}

/** What was done, and what GitHub refused, one line each. */
export type Done = { readonly done: readonly string[]; readonly failures: readonly string[] };

/** Reads comments only for issues that may get another one. */
async function knownIssues(port: GitHubPort, reminders: readonly Reminder[]): Promise<KnownIssue[]> {
  const issues = (await port.issues(label)).filter(isReminder);
  const known: KnownIssue[] = [];
  for (const issue of issues) {
    const isWanted = reminders.some(({ about, lapses }) => lapses.length > 0 && issue.body.includes(about));
    const comments = isWanted ? (await port.comments(issue.number)).filter(({ trusted }) => trusted) : [];
    known.push({ issue, text: [issue.body, ...comments.map(({ body }) => body)].join('\n') });
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
      return `${step.reopen ? 'reopened and ' : ''}commented on #${step.number}, ${step.reminder.title}`;
    case 'close':
      await port.changeIssue(step.number, { open: false });
      return `closed #${step.number}, ${step.title}`;
  }
}

async function propose(port: GitHubPort, draft: PostmortemDraft, content: string): Promise<string | null> {
  const { slug, title, text, path, person, login } = draft;
  const branch = `halfpast/postmortem-${slug}`;
  const proposal = {
    branch,
    title: `Postmortem: ${title}`,
    body: `For ${addressed(person, login)}: a draft of the postmortem of ${asWritten(title)}, with the facts and the timeline filled in. Answer its questions on this branch; if you merge it as a draft, it isn't public yet. It's published when \`draft: true\` is replaced with \`published:\` and the time.\n`,
    message: `Postmortem draft: ${title}`,
    files: [{ path: content === '' ? path : `${content}/${path}`, text }],
  };
  const proposed = await port.propose(proposal).catch((error: unknown) => {
    if (error instanceof PullRequestsOff) return error;
    throw error;
  });
  // This is a setting, not a failure: a timer that fails every hour would hide real failures.
  if (proposed instanceof PullRequestsOff)
    return `the draft of Postmortem: ${title} is on the branch ${branch}, without a pull request: ${proposed.message}; or open it yourself`;
  return proposed.kind === 'made' ? `opened pull request #${proposed.number}, Postmortem: ${title}` : null;
}

/**
 * Updates GitHub to the wanted state. If GitHub refuses one step, the others still run.
 * `content` is the content folder relative to the root of the repository. `note` is added to each post.
 */
export async function carryOut(
  port: GitHubPort,
  { reminders, drafts }: Wanted,
  content: string,
  note: string | null = null,
): Promise<Done> {
  const steps = reconcile(reminders, await knownIssues(port, reminders), note);
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
