import { problemLine } from '../../../src/content/problem.ts';
import { second } from '../../../src/domain/instant.ts';
import { count } from '../../../src/views/words.ts';
import { verdictJson, verdictLines } from '../guard/report.ts';
import { holdLine } from './hold.ts';
import type { Published } from './publish.ts';

/** What a run says at its end, and how it ends: 0 published, 1 something to put right, 3 not published on purpose. */
export type Ending = { readonly code: 0 | 1 | 3; readonly lines: readonly string[] };

/** The end of a run for a person. `content` and `to` are the folders as they named them. */
export function ending(published: Published, content: string, to: string): Ending {
  switch (published.outcome) {
    case 'published':
    case 'untold': {
      const { served, verified, verdict, lines, took, outcome } = published;
      const replaces = served.previous === null ? '' : `, which replaces ${served.previous}`;
      const said = `published ${served.id}${replaces}${verified ? ', verified' : ''}, in ${(took.all / second).toFixed(1)} seconds`;
      const untold =
        outcome === 'untold'
          ? ['the site is live, but not everybody was told. Type the same again to tell the others']
          : [];
      return { code: outcome === 'untold' ? 1 : 0, lines: [...verdict.notes, said, ...lines, ...untold] };
    }
    case 'unverified': {
      const back =
        published.backTo === null
          ? `it is served all the same, since no release was verified before. To go back: npx halfpast rollback --to ${to}`
          : `${published.backTo} is served again`;
      // Not by itself: a timer would put the page that fails in place again and again.
      const retry =
        'Nobody was told. If the cause was the server and not the content, type the same with --again once it is put right';
      return {
        code: 1,
        lines: [...published.lines, `${published.served.id} did not pass where it is served; ${back}`, retry],
      };
    }
    case 'problems': {
      const lines = published.problems.map((problem) => problemLine(problem, content));
      return { code: 1, lines: [...lines, `${count(lines.length, 'problem')}, nothing was published`] };
    }
    case 'stopped':
      return { code: published.verdict.outcome === 'older' ? 3 : 1, lines: verdictLines(published.verdict, content) };
    case 'held':
      return { code: 3, lines: [holdLine(published.hold)] };
    case 'bad':
      return {
        code: 3,
        lines: [
          `not published: this content was rolled back from at ${published.bad.at}. Commit what puts it right, or type the same with --again`,
        ],
      };
    case 'overtaken':
      return {
        code: 3,
        lines: [
          `not published: ${published.current ?? 'nothing'} was put in place by somebody else meanwhile. Type the same again if it should be replaced`,
        ],
      };
  }
}

/** The end of a run for programs. */
export function endingJson(published: Published, content: string, to: string): object {
  const { code, lines } = ending(published, content, to);
  const said = { ok: code === 0, outcome: published.outcome, lines };
  switch (published.outcome) {
    case 'published':
    case 'untold':
      return {
        ...said,
        release: published.served.id,
        site: published.served.site,
        previous: published.served.previous,
        verified: published.verified,
        milliseconds: published.took.all,
        steps: published.took.steps,
        verdict: verdictJson(published.verdict, content),
      };
    case 'unverified':
      return { ...said, release: published.served.id, backTo: published.backTo };
    case 'problems':
      return { ...said, problems: published.problems };
    case 'stopped':
      return { ...said, verdict: verdictJson(published.verdict, content) };
    case 'held':
      return { ...said, hold: published.hold };
    case 'bad':
      return { ...said, bad: published.bad };
    case 'overtaken':
      return { ...said, current: published.current };
  }
}
