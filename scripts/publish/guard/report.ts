import { oneLine } from '../../cli/one-line.ts';
import { count } from '../../../src/views/words.ts';
import { trailer, trailerName } from './finding.ts';
import type { Refusal, Verdict } from './guard.ts';

/** So many lines a person reads; the rest is counted. */
const shown = 20;

/** One refusal as one line: the file, what happened and by which commit, and what to do. */
function refusalLine({ what, file, commit, allow, advice, lacks, allowed }: Refusal, content: string): string {
  const place = file === null ? '' : `${oneLine(`${content.replace(/\/+$/, '')}/${file}`)}  `;
  const by = commit === null ? '' : ` (commit ${commit})`;
  const also = lacks === null ? '' : `${lacks}, and `;
  // The line that is to be copied comes last, and nothing behind it.
  const permit = allow === null ? null : `${also}allow it with this line in a commit message: ${trailer(allow)}`;
  const ways = allowed ? [`A commit allows it; now ${lacks ?? ''}`] : [advice, permit].filter((way) => way !== null);
  return `${place}${oneLine([`${what}${by}`, ...(ways.length === 0 ? [] : [ways.join('; or ')])].join('. '))}`;
}

/** A verdict as the lines that a person reads. `content` is the content folder as they named it. */
export function verdictLines({ outcome, refusals, notes }: Verdict, content: string): string[] {
  const lines = refusals.slice(0, shown).map((refusal) => refusalLine(refusal, content));
  const more = refusals.length > shown ? [`and ${refusals.length - shown} more`] : [];
  const end: Readonly<Record<Verdict['outcome'], readonly string[]>> = {
    first: [],
    older: [],
    passed: ['Nothing that is live is taken back or rewritten'],
    broken: [`${count(refusals.length, 'problem')}, nothing may be published`],
    refused: [`${count(refusals.length, 'refusal')}: what is live stays as it is`],
  };
  return [...lines, ...more, ...notes.map(oneLine), ...end[outcome]];
}

/** The same for programs. */
export function verdictJson({ outcome, refusals, allowed, notes }: Verdict, content: string): object {
  return {
    ok: outcome === 'first' || outcome === 'passed',
    outcome,
    refusals: refusals.map((refusal) => ({
      line: refusalLine(refusal, content),
      file: refusal.file,
      commit: refusal.commit,
      trailer: refusal.allow === null ? null : trailer(refusal.allow),
      lacks: refusal.lacks,
    })),
    allowed: allowed.map(({ what, file, allow }) => ({
      what,
      file,
      trailer: allow === null ? trailerName : trailer(allow),
    })),
    notes,
  };
}
