import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseContent } from '../../../../src/lib/content/check-content.ts';
import { readTree } from '../../../../src/lib/content/disk.ts';
import { isReminder, type KnownIssue, reconcile, type Step } from '../../../../scripts/publish/remind/issues.ts';
import type { Wanted } from '../../../../scripts/publish/remind/reminder.ts';
import { wanted } from '../../../../scripts/publish/remind/due.ts';
import type { ReleaseLog } from '../../../../scripts/publish/hosts/release-log.ts';

export type Files = Record<string, string>;

export function writeFiles(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The reminders and drafts that a content folder needs at a moment. */
export async function wantedAt(
  content: string,
  now: string | number,
  releases: ReleaseLog | null = null,
): Promise<Wanted> {
  const parsed = parseContent(await readTree(content), typeof now === 'string' ? Date.parse(now) : now);
  if ('problems' in parsed)
    throw new Error(parsed.problems.map(({ file, message }) => `${file}: ${message}`).join('\n'));
  return wanted(parsed.site, parsed.drafts, releases);
}

/** GitHub's issues, as far as reminders need them: takes steps and remembers what was posted. */
export function desk(): {
  readonly known: () => readonly KnownIssue[];
  readonly take: (steps: readonly Step[]) => void;
  readonly remind: (plan: Wanted) => Step[];
} {
  const issues = new Map<number, { title: string; body: string; open: boolean; said: string[] }>();
  const known = (): KnownIssue[] =>
    [...issues].map(([number, { title, body, open, said }]) => ({
      issue: { number, title, body, open },
      text: [body, ...said].join('\n'),
    }));
  const take = (steps: readonly Step[]): void => {
    for (const step of steps) {
      if (step.kind === 'open')
        issues.set(issues.size + 1, { title: step.reminder.title, body: step.body, open: true, said: [] });
      const issue = step.kind === 'open' ? undefined : issues.get(step.number);
      if (issue === undefined) continue;
      if (step.kind === 'close') issue.open = false;
      if (step.kind === 'comment') [issue.open, issue.said] = [true, [...issue.said, step.body]];
    }
  };
  const remind = ({ reminders }: Wanted): Step[] => {
    const steps = reconcile(
      reminders,
      known().filter(({ issue }) => isReminder(issue)),
    );
    take(steps);
    return steps;
  };
  return { known, take, remind };
}

/** A step as a line: what it does, and the keys of its lapses. */
export function lineOf(step: Step): string {
  if (step.kind === 'close') return `close #${step.number}`;
  const keys = [...step.body.matchAll(/<!-- halfpast:lapse:(\S+) -->/g)].map(([, key]) => key);
  const what =
    step.kind === 'open' ? `open ${step.reminder.about}` : `${step.reopen ? 'reopen' : 'comment'} #${step.number}`;
  return `${what}: ${keys.join(', ')}`;
}
