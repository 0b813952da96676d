import { second } from '../../../src/domain/instant.ts';
import { count } from '../../../src/views/words.ts';
import { oneLine } from '../../cli/one-line.ts';
import type { Finding } from './answer.ts';
import type { ReleaseName } from './built-site.ts';
import { shorten } from './shorten.ts';
import type { Round, Verdict } from './verify-site.ts';

/** `/rss.xml is empty` */
function findingLine({ path, message, level }: Finding): string {
  return oneLine(`${path} ${level === 'note' ? 'note: ' : ''}${message}`);
}

const seconds = ({ took }: Round): string => `${(took / second).toFixed(1)} s`;

/** What `verify` prints: one line for the whole, then the most telling findings, a line each. */
export function verdictText({ outcome, url, checks, rounds }: Verdict, release: ReleaseName): string {
  const last = rounds.at(-1);
  if (last === undefined) return '';
  const again = rounds.length > 1 ? ', looked at twice' : '';
  const tries = last.tries === 1 ? '' : `, right at try ${last.tries}`;
  const problems = last.findings.filter(({ level }) => level === 'problem').length;
  const newest = release.newestUpdate === null ? '' : ` Newest update: ${release.newestUpdate}`;
  const heading = {
    verified: `${url} is as built: ${count(checks, 'check')} in ${seconds(last)}${tries}${again}.${newest}`,
    overtaken: `${url} serves a later release by now; that one has its own check.`,
    failed: `${url} is not as built after ${count(last.tries, 'try', 'tries')} in ${seconds(last)}: ${count(problems, 'problem')}. The way back is in docs/when-it-goes-wrong.md`,
  }[outcome];
  const { shown, left } = shorten(last.findings);
  const others = left === 0 ? [] : [`and ${count(left, 'problem')} of other kinds`];
  return `${[heading, ...shown.map(findingLine), ...others].join('\n')}\n`;
}
