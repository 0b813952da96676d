import { updateName } from '../../../src/content/update-name.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import { withoutHidden } from '../../../src/schema/hidden.ts';
import { cleanBody } from '../../writing/update-file.ts';
import { label } from '../../writing/words.ts';

type RawUpdate = {
  readonly id: string;
  readonly status: string;
  readonly body?: string | null | undefined;
  readonly created_at: Instant;
  readonly display_at?: Instant | null | undefined;
};

/** An update with its time, which no other update of its folder has, and its text. */
export type Dated<T> = { readonly raw: T; readonly at: Instant; readonly body: string };

const shownAt = ({ display_at: displayAt, created_at: createdAt }: RawUpdate): Instant => displayAt ?? createdAt;

/**
 * Updates in the order in which readers saw them, oldest first. Two at the same millisecond are set one
 * apart, characters that nobody sees are left out, and an update without text gets its status for one; `note`
 * is told of each.
 */
export function datedUpdates<T extends RawUpdate>(updates: readonly T[], note: (text: string) => void): Dated<T>[] {
  // Statuspage lists the newest first, which decides where all times are equal.
  const ordered = updates.toReversed().toSorted((a, b) => shownAt(a) - shownAt(b) || a.created_at - b.created_at);
  let latest = -Infinity;
  return ordered.map((raw) => {
    const at = Math.max(shownAt(raw), latest + 1);
    if (at !== shownAt(raw)) note(`update ${raw.id} is at the same time as another, and became ${updateName(at)}`);
    latest = at;
    const written = cleanBody((raw.body ?? '').replaceAll('\0', ''));
    const text = withoutHidden(written);
    if (text !== written) note(`update ${raw.id} held characters that nobody sees, which are left out`);
    if (text === '') note(`update ${raw.id} has no text, and got its status for one`);
    return { raw, at, body: text === '' ? `${label(raw.status)}.` : text };
  });
}
