import { type Answer, type Finding, noAnswer, problem } from './answer.ts';
import { readReleaseName, type ReleaseName } from './built-site.ts';

const path = '/release.json';

const elsewhere = ': perhaps another site is served at this address';

export function isSame(a: ReleaseName, b: ReleaseName): boolean {
  return a.content === b.content && a.now === b.now;
}

const words = ({ now, newestUpdate }: ReleaseName): string =>
  `the release of ${now}${newestUpdate === null ? '' : `, whose newest update is ${newestUpdate}`}`;

/** Whether what is served names itself as the release that was built. `how` tells one request from another. */
export function judgeRelease(built: ReleaseName, answer: Answer, how: string): Finding[] {
  if (answer.kind === 'none') return [noAnswer(path, answer, ` ${how}`)];
  if (answer.status !== 200)
    return [problem(path, `answers ${answer.status} ${how}${answer.status === 404 ? elsewhere : ''}`)];
  const served = readReleaseName(answer.body);
  if (served === null) return [problem(path, `holds no release ${how}${elsewhere}`)];
  if (isSame(served, built)) return [];
  const age = served.now < built.now ? 'An older release' : 'Another release';
  return [problem(path, `${age} is served ${how}: ${words(served)}; built was ${words(built)}`)];
}

/** Whether what is served is a later release: then this one was overtaken, and nothing is wrong. */
export function isOvertaken(built: ReleaseName, answer: Answer): boolean {
  const served = answer.kind === 'answer' && answer.status === 200 ? readReleaseName(answer.body) : null;
  return served !== null && served.now > built.now;
}
