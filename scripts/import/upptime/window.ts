import type { Instant } from '../../../src/domain/instant.ts';
import { readHugoTime } from '../cstate/hugo-time.ts';

/** A window as Upptime's HTML comment says it. */
export type Window = {
  readonly from: Instant;
  readonly until: Instant;
  /** Slugs of sites. */ readonly sites: readonly string[];
  /** The text without the comment. */ readonly body: string;
};

/**
 * Reads `<!-- start: … end: … expectedDown: a, b -->`, with its keys on lines of their own or on one.
 * A time without an offset is UTC, as on GitHub's runners. A text says what is missing.
 */
export function readWindow(body: string): Window | string {
  const comment = /<!--([^]*?)-->/.exec(body);
  if (comment === null) return 'has no HTML comment that says when';
  const said = new Map<string, string>();
  for (const [, key = '', value = ''] of (comment[1] ?? '').matchAll(
    /\b(start|end|expectedDown|expectedDegraded)\s*:([^]*?)(?=\b(?:start|end|expectedDown|expectedDegraded)\s*:|$)/g,
  ))
    said.set(key, value.trim());
  const time = (key: string): Instant | null => readHugoTime(said.get(key) ?? '', 'UTC')?.at ?? null;
  const [from, until] = [time('start'), time('end')];
  if (from === null || until === null)
    return `has no ${from === null ? 'start' : 'end'} that is a time in its HTML comment`;
  if (until <= from) return 'has a window that does not end after it begins';
  const sites = [...`${said.get('expectedDown') ?? ''},${said.get('expectedDegraded') ?? ''}`.matchAll(/[^,\s]+/g)].map(
    ([slug]) => slug,
  );
  return {
    from,
    until,
    sites: [...new Set(sites)],
    body: `${body.slice(0, comment.index)}${body.slice(comment.index + comment[0].length)}`.trim(),
  };
}
