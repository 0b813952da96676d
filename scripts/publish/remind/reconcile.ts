import { hiddenMarker } from '../../github/marked-comment.ts';
import type { Issue } from '../../github/port.ts';
import type { Lapse, Reminder } from './wanted.ts';

/** All issues of reminders bear it. */
export const label = 'halfpast';

/** An issue of ours with all that was said in it: its own text and the comments. */
export type Known = { readonly issue: Issue; readonly said: string };

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

/** Whether an issue is one of ours, about this. */
function isAbout(issue: Issue, about: string): boolean {
  return issue.body.includes(aboutMarker(about));
}

/** Whether an issue is one of ours at all: others may use the label, too. */
export function isReminder(issue: Issue): boolean {
  return issue.body.includes('<!-- halfpast:about:');
}

function lapsesText(lapses: readonly Lapse[]): string {
  const texts = lapses.map(({ text }) => text);
  // Items of one list belong together.
  const whole = texts.every((text) => text.startsWith('- ')) ? texts.join('\n') : texts.join('\n\n');
  return `${whole}\n\n${lapses.map(lapseMarker).join('\n')}`;
}

/**
 * What is to be done so that GitHub has what is wanted, and nobody is told of a lapse twice. The same
 * question again, after it was done, gives nothing. `known` holds our issues, open and closed.
 */
export function reconcile(reminders: readonly Reminder[], known: readonly Known[]): Step[] {
  const steps: Step[] = [];
  for (const reminder of reminders) {
    const mine = known.filter(({ issue }) => isAbout(issue, reminder.about));
    // If a run once opened two, the first counts.
    const [first] = mine.toSorted((a, b) => a.issue.number - b.issue.number);
    const said = mine.map((one) => one.said).join('\n');
    const fresh = reminder.lapses.filter((lapse) => !said.includes(lapseMarker(lapse)));
    if (fresh.length === 0) continue;
    if (first === undefined) {
      steps.push({
        kind: 'open',
        reminder,
        body: `${lapsesText(fresh)}\n\n${reminder.body}\n\n${aboutMarker(reminder.about)}`,
      });
    } else {
      steps.push({
        kind: 'comment',
        number: first.issue.number,
        body: lapsesText(fresh),
        reopen: !first.issue.open,
        reminder,
      });
    }
  }
  const over = known.filter(({ issue }) => issue.open && !reminders.some(({ about }) => isAbout(issue, about)));
  return [...steps, ...over.map(({ issue }) => ({ kind: 'close' as const, number: issue.number, title: issue.title }))];
}
