import { day, hour, type Instant, isoTime, minute } from '../../../src/domain/instant.ts';
import { updateName } from '../../../src/content/update-name.ts';
import type { Base } from '../base.ts';
import type { Choice } from '../mutation.ts';
import { fuzzNow } from '../run.ts';
import { file, type Tree } from '../tree.ts';
import type { Code } from './project.ts';

/** A content folder, the moment at which it is looked at, and what was edited of the code that builds. */
export type Moment = { readonly tree: Tree; now: Instant; code: Code };

/** One thing that people do to a page, or that the clock does; it changes the moment. False when it found nothing to change. */
export type Edit = (moment: Moment, choice: Choice) => boolean;

/** The path of an update below its folder. */
export const updatePath = (folder: string, at: Instant): string => `${folder}/${updateName(at)}.md`;

/** Whole minutes, as people write times. */
export const wholeMinute = (at: Instant): Instant => Math.floor(at / minute) * minute;

export const timeField = (at: Instant): string => isoTime(wholeMinute(at)).replace(':00.000Z', 'Z');

/** The text of an update: fields as they are typed, and markdown. */
export const updateText = (fields: readonly string[], body: string): string =>
  `---\n${fields.join('\n')}\n---\n${body}\n`;

export function postmortemText(
  title: string,
  more: readonly string[] = [],
  when = 'published: 2024-12-30T10:00Z',
): string {
  return updateText(
    [
      `title: ${title}`,
      when,
      'authors:',
      '  - Dana',
      'summary: Some requests failed.',
      'customer_data: unaffected',
      'lessons:',
      '  - Rehearse the rollback',
      ...more,
    ],
    `## What happened\n\n${title}.`,
  );
}

/**
 * A part of the history, and what a history that is over lacks: an open incident with a promise, work that
 * runs and work to come, a postmortem, a draft.
 */
export function startOf(base: Base, size: number): Moment {
  const step = Math.max(1, Math.floor(base.incidents.length / size));
  const incidents = base.incidents.filter((_, nth) => nth % step === 0).slice(0, size);
  const tree: Tree = new Map([
    ...base.site,
    ...incidents.flatMap((files) => [...files]),
    ...base.maintenances.slice(0, 4).flatMap((files) => [...files]),
  ]);
  const now = fuzzNow;
  const slugs = incidents.map((files) => [...files.keys()][0]?.split('/')[1] ?? '');
  tree.set(`postmortems/${slugs[0]}.md`, file(postmortemText('What the rollback did')));
  tree.set(`postmortems/${slugs[2]}.md`, file(postmortemText('What nobody has read yet', [], 'draft: true')));
  const open = 'incidents/2024-12-31-slow-pages';
  tree.set(
    updatePath(open, now - hour),
    file(
      updateText(
        [
          'title: Pages are slow',
          'status: investigating',
          'impact: minor',
          'next_update: 2h',
          'lead: Dana',
          'customer_data: under_review',
        ],
        'Some pages are slow.',
      ),
    ),
  );
  const windows: readonly [string, Instant, Instant][] = [
    ['running', now - hour, now + 2 * hour],
    ['to-come', now + day, now + day + hour],
  ];
  for (const [name, from, to] of windows) {
    tree.set(
      updatePath(`maintenance/2024-12-30-${name}`, now - 2 * day),
      file(
        updateText(
          [
            `title: Work that is ${name.replace('-', ' ')}`,
            'status: scheduled',
            `scheduled_for: ${timeField(from)}`,
            `scheduled_until: ${timeField(to)}`,
          ],
          'Nothing should be felt.',
        ),
      ),
    );
  }
  return { tree, now, code: new Map() };
}
