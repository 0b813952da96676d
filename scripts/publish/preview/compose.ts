import { count } from '../../../src/views/words.ts';
import { codeSpan, cut, fenced } from '../../github/fence.ts';
import type { NewUpdate } from './new-updates.ts';
import type { PageChanges } from './page-changes.ts';

/** What a pull request would publish. */
export type Preview = {
  /** What `check` found; null when nothing. Then nothing was built. */
  readonly problems: string | null;
  /** What the guard says. */
  readonly guard: string | null;
  readonly updates: readonly NewUpdate[];
  /** Why there is nothing live to compare with, in the guard's words; null when there is. */
  readonly first: string | null;
  /** Null when the pages of one of the two sites are not known. */
  readonly pages: PageChanges | null;
};

/** A comment of GitHub holds 65536 characters. */
const longest = 60_000;
const shownUpdates = 10;
const shownPages = 20;

function pageList(name: string, paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const more = paths.length > shownPages ? [`… and ${paths.length - shownPages} more`] : [];
  const list = fenced(cut([...paths.slice(0, shownPages), ...more].join('\n'), 4000), 'text');
  return [`<details><summary>${count(paths.length, 'page')} ${name}</summary>\n\n${list}\n\n</details>`];
}

function pageText({ added, removed, changed, byLength }: PageChanges): string[] {
  const lists = [...pageList('changed', changed), ...pageList('added', added), ...pageList('removed', removed)];
  const note =
    byLength === 0
      ? []
      : [`${count(byLength, 'page')} of the same length as live ${byLength === 1 ? 'was' : 'were'} not read.`];
  return lists.length === 0 ? ['No page changes.', ...note] : [...lists, ...note];
}

function updateText({ title, text, id }: NewUpdate): string {
  const body = text === null ? 'It is older than all the feed holds.' : fenced(cut(text, 4000), 'text');
  return `#### ${codeSpan(cut(title, 300))}\n\n${codeSpan(cut(id, 300))}\n\n${body}`;
}

function updateTexts(updates: readonly NewUpdate[]): string[] {
  if (updates.length === 0) return ['No new update.'];
  const more = updates.length > shownUpdates ? [`And ${updates.length - shownUpdates} more.`] : [];
  return [
    `**${count(updates.length, 'new update')}**, as readers would get ${updates.length === 1 ? 'it' : 'them'}:`,
    ...updates.slice(0, shownUpdates).map(updateText),
    ...more,
  ];
}

/** Joins whole parts up to the longest that GitHub takes: a part cut in two might end within a fence. */
function bounded(parts: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const part of parts) {
    length += part.length + 2;
    if (length > longest)
      return [...kept, 'The rest is too long for a comment. See the site in the artifact.'].join('\n\n');
    kept.push(part);
  }
  return kept.join('\n\n');
}

/** What reviewers read, as markdown. Nothing in it comes from outside as markdown. */
export function composePreview({ problems, guard, updates, first, pages }: Preview): string {
  if (problems !== null) {
    return bounded([
      '### This would not be published',
      'The content has problems:',
      fenced(cut(problems, 20_000), 'text'),
    ]);
  }
  return bounded([
    '### What this would publish',
    ...updateTexts(updates),
    ...(first !== null
      ? [fenced(cut(first, 500), 'text')]
      : pages === null
        ? ['Which pages change is not known.']
        : pageText(pages)),
    ...(guard === null ? [] : ['**The guard says:**', fenced(cut(guard, 20_000), 'text')]),
  ]);
}
