import { resolve } from 'node:path';
import { checkContent, type Parsed } from '../../src/lib/content/check-content.ts';
import { fieldsIn } from '../../src/lib/content/front-matter.ts';
import { fileProblem, type Problem, problemLine, warningLine } from '../../src/lib/content/problem.ts';
import { secondOf } from '../../src/lib/domain/calendar.ts';
import { accentNote } from '../../src/lib/domain/colors.ts';
import { announcedPublications, type Site } from '../../src/lib/domain/site.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { count } from '../../src/lib/words/en.ts';
import { defineCommand } from '../cli/command.ts';
import { readContentTree } from '../cli/content.ts';
import { findStop, stopLine } from '../cli/stop-switch.ts';
import { type Context, during } from '../cli/context.ts';
import { gitIn } from '../github/git.ts';

function summary({ site, drafts }: Exclude<Parsed, { readonly problems: unknown }>): string {
  const postmortems = count(site.postmortems.length + drafts.length, 'postmortem');
  const ofDrafts = drafts.length === 0 ? '' : ` (${count(drafts.length, 'draft')})`;
  return `${count(site.incidents.length, 'incident')}, ${count(site.maintenances.length, 'maintenance window')}, ${postmortems}${ofDrafts}: no problems`;
}

/**
 * Warns about postmortems and announcements that aren't committed yet, and are dated before an update that is: Slack
 * drops such items.
 */
async function lateWarnings(site: Site, folder: string, context: Context): Promise<Problem[]> {
  const items = announcedPublications(site);
  if (items.every(({ kind }) => kind === 'update')) return [];
  const git = gitIn(resolve(context.cwd, folder), context);
  const pending = (await git.filesNotIn('HEAD')) ?? [];
  const isOut = ({ file }: { readonly file: string }): boolean => !pending.includes(file);
  const newest = Math.max(...items.filter((item) => item.kind === 'update' && isOut(item)).map(({ at }) => at));
  const late = items.filter((item) => item.kind !== 'update' && !isOut(item) && secondOf(item.at) <= secondOf(newest));
  const found = late.map(async ({ file, kind, at }) => {
    const before = await git.committed(file);
    // Changing the text of one that's out is fine.
    if (before !== null && fieldsIn({ path: file, bytes: new TextEncoder().encode(before) })['draft'] !== true)
      return [];
    const field = kind === 'postmortem' ? 'published' : 'from';
    const message = `is dated ${shortUtc(at)}, but an update from ${shortUtc(newest)} is already out, and Slack only shows feed items that are later than the last one. Set ${field} to the time when you publish it`;
    return [fileProblem(file, message)];
  });
  return (await Promise.all(found)).flat();
}

export const check = defineCommand({
  name: 'check',
  summary: 'Check all content for problems',
  details:
    "Prints each problem with its file, line and column, and how to fix it. The exit code is 1 if there are problems. Text that probably shouldn't be public, such as an email address, and links that lead nowhere are only warnings.",
  args: [],
  options: {},
  examples: [
    { line: 'npx halfpast check', says: 'check content/' },
    { line: 'npx halfpast check --content content --json', says: 'for an editor or another program' },
  ],
  run: async (call, context) => {
    const tree = await readContentTree(call.content, context);
    const parsed = await during(context.progress, `Checking ${count(tree.files.length, 'file')}`, () =>
      checkContent(tree, call.now()),
    );
    const late = 'problems' in parsed ? [] : await lateWarnings(parsed.site, call.content, context);
    const warnings = [...parsed.warnings, ...late];
    if (!('problems' in parsed)) {
      const hold = findStop({
        content: call.content,
        files: tree.files,
        env: context.env,
      });
      const { accent, theme } = parsed.site.settings;
      // A theme can change the color of links.
      const note = accent === null || theme?.ownLinks === true ? null : accentNote(accent);
      const lines = [
        `${summary(parsed)}${warnings.length === 0 ? '' : `, ${count(warnings.length, 'warning')}`}`,
        ...(note === null ? [] : [note]),
        ...(hold === null ? [] : [stopLine(hold)]),
      ];
      if (!call.json) context.stderr(warnings.map((warning) => `${warningLine(warning, call.content)}\n`).join(''));
      context.stdout(`${call.json ? JSON.stringify({ ok: true, problems: [], warnings, hold }) : lines.join('\n')}\n`);
      return 0;
    }
    const { problems } = parsed;
    if (call.json) {
      context.stdout(`${JSON.stringify({ ok: false, problems, warnings })}\n`);
      return 1;
    }
    // Warnings can wait until the page builds.
    const lines = problems.map((problem) => problemLine(problem, call.content));
    context.stderr(`${[...lines, count(problems.length, 'problem')].join('\n')}\n`);
    return 1;
  },
});
