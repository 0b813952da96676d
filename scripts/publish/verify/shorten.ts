import type { Finding } from './answer.ts';

/** How many problems a person is shown. */
const most = 8;

/** Findings of one kind say the same of other files, but for amounts, addresses and names. */
const kindOf = ({ level, message }: Finding): string =>
  `${level} ${message.replaceAll(/\S*\/\S*/g, '/').replaceAll(/\d[\d,.]*/g, '0')}`;

function byKind(findings: readonly Finding[]): Finding[][] {
  return [...Map.groupBy(findings, kindOf).values()];
}

/** The first `amount` of a kind, of which the last stands for all that follow. */
function firstOf(group: readonly Finding[], amount: number): Finding[] {
  const shown = group.slice(0, amount);
  const last = shown.at(-1);
  const hidden = new Set(group.slice(amount).map(({ path }) => path)).size;
  if (last === undefined || hidden === 0) return shown;
  return [
    ...shown.slice(0, -1),
    { ...last, message: `${last.message} (the same with ${hidden} more ${hidden === 1 ? 'file' : 'files'})` },
  ];
}

export type Shortened = {
  readonly shown: readonly Finding[];
  /** How many problems are of kinds that are not among those shown. */
  readonly left: number;
};

/**
 * What a person needs of many findings: all problems, if there are few; else some of each kind, the
 * first ones most, for they are those that customers meet first. Of notes, one a kind.
 */
export function shorten(findings: readonly Finding[]): Shortened {
  const all = findings.filter(({ level }) => level === 'problem');
  const repeated = Map.groupBy(
    all.filter(({ once }) => once === true),
    ({ message }) => message,
  );
  const said = [...repeated.values()].flatMap((group) => firstOf(group, 1));
  const problems = [...said, ...all.filter(({ once }) => once !== true)];
  const notes = byKind(findings.filter(({ level }) => level === 'note')).flatMap((group) => firstOf(group, 1));
  if (problems.length <= most) return { shown: [...problems, ...notes], left: 0 };
  const kinds = byKind(problems);
  let spare = Math.max(0, most - kinds.length);
  const shown = kinds.slice(0, most).flatMap((group) => {
    const more = Math.min(spare, group.length - 1);
    spare -= more;
    return firstOf(group, 1 + more);
  });
  return { shown: [...shown, ...notes], left: kinds.slice(most).flat().length };
}
