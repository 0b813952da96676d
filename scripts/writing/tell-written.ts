import { join } from 'node:path';
import { wrapText } from '../cli/wrap.ts';
import type { World } from '../cli/world.ts';
import type { Desk } from './desk.ts';
import type { Draft } from './draft.ts';

type Outcome = {
  /** Sentences for the person. */
  readonly notes: readonly string[];
  readonly written: boolean;
  readonly committed: boolean;
  readonly pushed: boolean;
};

/** Says what was written and how far it came: as JSON, as the file itself, or in short to somebody who has just seen it. */
export function tell(
  draft: Draft,
  { notes, ...done }: Outcome,
  { json }: { readonly json: boolean },
  desk: Desk,
  world: World,
): void {
  const path = join(desk.content, draft.file.path);
  if (json) {
    const said = {
      file: path,
      incident: draft.slug,
      title: draft.title,
      permalink: draft.permalink,
      ...done,
      notes,
      text: draft.file.text,
    };
    world.stdout(`${JSON.stringify(said)}\n`);
    return;
  }
  const heading = done.written ? path : `${path} (not written)`;
  // A text that fills the screen would push away what is to be done with it.
  const isSeen = done.written && world.ask !== null && (draft.asked || draft.file.text.split('\n').length > 40);
  const lines = isSeen ? ['', `Written: ${path}`, ...notes] : [heading, '', draft.file.text.trimEnd(), '', ...notes];
  // Commands stay whole, to be copied.
  const wrapped = lines.map((line) =>
    /\bgit (?:-C \S+ )?add /.test(line) || !isSeen ? line : wrapText(line, world.columns),
  );
  world.stdout(`${wrapped.join('\n').trimEnd()}\n`);
}
