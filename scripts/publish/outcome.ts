import { type Problem, problemLine } from '../../src/lib/content/problem.ts';
import { type Duration, type Instant, second } from '../../src/lib/domain/calendar.ts';
import { count } from '../../src/lib/words/en.ts';
import { type PublishingStop, stopLine } from '../cli/stop-switch.ts';
import { notLive } from '../live/live-update.ts';
import { guardJson, guardLines, type GuardResult } from './guard/guard.ts';
import type { LoggedRelease, StepName } from './hosts/release-log.ts';

/** How long the publish and each of its steps took until the site was live and verified, in milliseconds. */
type Timing = { readonly all: Duration; readonly steps: Readonly<Partial<Record<StepName, Duration>>> };

/** The release that is or will be served instead of one that failed verification. `already`: someone else did that. */
export type Back = { readonly id: string; readonly how: 'served' | 'started' | 'already' };

const backWords = {
  served: 'is served again',
  started: 'is being restored',
  already: 'replaced it in the meantime',
} as const;

export const backText = ({ id, how }: Back): string => `${id} ${backWords[how]}`;

/** How a run ended. */
export type Published =
  | {
      readonly outcome: 'published' | 'not notified';
      readonly release: LoggedRelease;
      readonly replaces: string | null;
      readonly verified: boolean;
      readonly verdict: GuardResult;
      readonly lines: readonly string[];
      readonly timing: Timing;
    }
  | {
      readonly outcome: 'unverified';
      readonly release: LoggedRelease;
      /** Null if no earlier release was verified, or if the page didn't respond at all (`silent`). */
      readonly back: Back | null;
      readonly silent?: boolean;
      readonly lines: readonly string[];
    }
  | { readonly outcome: 'problems'; readonly problems: readonly Problem[] }
  | { readonly outcome: 'refused'; readonly verdict: GuardResult }
  | { readonly outcome: 'held'; readonly hold: PublishingStop }
  /** The content is the included example, so there is no page yet. */
  | { readonly outcome: 'example' }
  | { readonly outcome: 'rolled back'; readonly release: LoggedRelease }
  | { readonly outcome: 'overtaken'; readonly served: string | null }
  | { readonly outcome: 'not deployed'; readonly reason: string };

/** Records when each step began. */
export class Timer {
  readonly #clock: () => Instant;
  readonly #marks: { readonly step: StepName; readonly at: Instant }[] = [];
  constructor(clock: () => Instant) {
    this.#clock = clock;
  }
  start(step: StepName): void {
    this.#marks.push({ step, at: this.#clock() });
  }
  stop(): Timing {
    const end = this.#clock();
    const steps = this.#marks.map(({ step, at }, index) => [step, (this.#marks[index + 1]?.at ?? end) - at]);
    return { all: end - (this.#marks[0]?.at ?? end), steps: Object.fromEntries(steps) as Timing['steps'] };
  }
}

/** How to continue after an outcome on one host. */
export type Instructions = {
  /** Completes a sentence: the command or button that publishes again. */
  readonly retry: string;
  /** The same for a release that was rolled back. */
  readonly again: string;
  readonly rollBack: string;
};

/** How to go on after a run on GitHub. */
export const gitHubInstructions: Instructions = {
  retry: 'go to Actions, Publish, and select Run workflow',
  again: 'go to Actions, Publish, select Run workflow, and check "Publish what was rolled back"',
  rollBack: 'go to Actions, Publish, select Run workflow, and enter a release',
};

/** Why a new copy of Halfpast publishes nothing. */
export const noPageYet =
  'nothing to publish yet: the content is the included example. For your own page, go to Actions, Set up, and select Run workflow; or, in a clone, run: npx halfpast init. Then commit and push';

/** The last line. A command that pushes shows only this one. */
const notLiveBecause = (amount: number, what: string, first = ''): string =>
  `${notLive}: ${count(amount, what)}${amount === 1 ? '' : ', the first'}: ${first}`;

/**
 * The exit code and output of a run. 0: published. 1: something to fix. 3: not published, on purpose. `content` is the
 * content folder as the user named it.
 */
export function ending(
  published: Published,
  content: string,
  instructions: Instructions,
): { readonly code: 0 | 1 | 3; readonly lines: readonly string[] } {
  switch (published.outcome) {
    case 'published':
    case 'not notified': {
      const { release, replaces, verified, verdict, lines, timing, outcome } = published;
      const replaced = replaces === null ? '' : `, which replaces ${replaces}`;
      const done = `published ${release.id}${replaced}${verified ? ', verified' : ''}, in ${(timing.all / second).toFixed(1)} seconds`;
      const failed =
        outcome === 'not notified'
          ? [`the site is live, but not every channel was notified. To notify the others, ${instructions.retry}`]
          : [];
      return { code: outcome === 'published' ? 0 : 1, lines: [...verdict.notes, done, ...lines, ...failed] };
    }
    case 'unverified': {
      const { release, back, silent, lines } = published;
      if (silent === true)
        return {
          code: 1,
          lines: [
            ...lines,
            `${notLive}: ${release.id} can't be verified, because the page doesn't respond. It stays, since going back wouldn't help`,
            `No channel was notified. When the page responds again, ${instructions.retry}`,
          ],
        };
      const now =
        back === null
          ? `it stays live, because no earlier release was verified. To go back, ${instructions.rollBack}`
          : backText(back);
      // Don't retry automatically: a timer would deploy the failing page again and again.
      const retry = `No channel was notified. If the server was the cause, fix it and ${instructions.again}`;
      const live = back === null ? '' : `${notLive}: `;
      return { code: 1, lines: [...lines, `${live}${release.id} failed verification; ${now}`, retry] };
    }
    case 'problems': {
      const [first, ...others] = published.problems.map((problem) => problemLine(problem, content));
      return { code: 1, lines: [...others, notLiveBecause(others.length + 1, 'problem', first)] };
    }
    case 'refused': {
      const lines = guardLines(published.verdict, content);
      // The live site includes everything in an older commit.
      if (published.verdict.outcome === 'older') return { code: 3, lines };
      const [first, ...others] = lines;
      return { code: 1, lines: [...others, notLiveBecause(published.verdict.refusals.length, 'refusal', first)] };
    }
    case 'held':
      return { code: 3, lines: [`${notLive}: ${stopLine(published.hold)}`] };
    case 'example':
      return { code: 3, lines: [noPageYet] };
    case 'rolled back': {
      const { at = '', reason = '' } = published.release.rolledBack ?? {};
      return {
        code: 3,
        lines: [`${notLive}: this was rolled back at ${at} (${reason}). Commit a fix, or ${instructions.again}`],
      };
    }
    case 'overtaken':
      return {
        code: 3,
        lines: [
          `not published: ${published.served ?? 'nothing'} was published by someone else in the meantime. To replace it, ${instructions.retry}`,
        ],
      };
    case 'not deployed':
      return { code: 1, lines: [`${notLive}: ${published.reason}`] };
  }
}

/** The end of a run as JSON. */
export function endingJson(published: Published, content: string, instructions: Instructions): object {
  const { code, lines } = ending(published, content, instructions);
  const result = { ok: code === 0, outcome: published.outcome, lines };
  switch (published.outcome) {
    case 'published':
    case 'not notified': {
      const { release, replaces, verified, timing, verdict } = published;
      return {
        ...result,
        release: release.id,
        replaces,
        verified,
        milliseconds: timing.all,
        steps: timing.steps,
        verdict: guardJson(verdict, content),
      };
    }
    case 'unverified':
      return {
        ...result,
        release: published.release.id,
        back: published.back,
        silent: published.silent === true,
      };
    case 'refused':
      return { ...result, verdict: guardJson(published.verdict, content) };
    case 'rolled back':
      return { ...result, release: published.release.id };
    case 'problems':
      return { ...result, problems: published.problems };
    case 'held':
      return { ...result, hold: published.hold };
    case 'overtaken':
      return { ...result, served: published.served };
    case 'not deployed':
      return { ...result, reason: published.reason };
    case 'example':
      return result;
  }
}
