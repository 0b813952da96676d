import { checkContent, type Parsed } from '../../src/lib/content/check-content.ts';
import { problemLine, warningLine } from '../../src/lib/content/problem.ts';
import { accentNote } from '../../src/lib/domain/colors.ts';
import { count } from '../../src/lib/words/en.ts';
import { defineCommand } from '../cli/command.ts';
import { readContentTree } from '../cli/content.ts';
import { findStop, stopLine } from '../cli/stop-switch.ts';
import { during } from '../cli/context.ts';

function summary({ site, drafts }: Exclude<Parsed, { readonly problems: unknown }>): string {
  const postmortems = count(site.postmortems.length + drafts.length, 'postmortem');
  const ofDrafts = drafts.length === 0 ? '' : ` (${count(drafts.length, 'draft')})`;
  return `${count(site.incidents.length, 'incident')}, ${count(site.maintenances.length, 'maintenance window')}, ${postmortems}${ofDrafts}: no problems`;
}

export const check = defineCommand({
  name: 'check',
  summary: 'Check all content for problems',
  details:
    'Prints each problem with its file, line and column, and how to fix it. The exit code is 1 if there are any. Text that probably should not be public, such as an email address, and links that lead nowhere are warnings.',
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
    const { warnings } = parsed;
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
