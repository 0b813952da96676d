import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/lib/content/problem.ts';
import { guardJson } from '../../../scripts/publish/guard/guard.ts';
import { ending, endingJson, noPageYet, type Published, Timer } from '../../../scripts/publish/outcome.ts';
import { nothingRefused } from '../../../scripts/publish/restore.ts';
import type { LoggedRelease } from '../../../scripts/publish/hosts/release-log.ts';

const instructions = { retry: 'RETRY', again: 'AGAIN', rollBack: 'ROLL BACK' };
const release: LoggedRelease = {
  id: 'R2',
  commit: null,
  now: '2026-11-22T14:00:00.000Z',
  content: 'a',
  version: '1',
  newestUpdate: null,
  state: 'live',
  verifiedAt: null,
  rolledBack: { at: '2026-11-22T14:35:00.000Z', by: 'person', reason: 'wrong' },
  news: [],
};
const problem = (line: number): Problem => ({ file: 'a.md', line, column: 1, field: null, message: 'x', fix: null });
const refusal = { what: 'is gone', file: null, allow: null, advice: null, lacks: null, commit: null, allowed: false };
const verdict = { ...nothingRefused, notes: ['a note'] };
const timing = { all: 12_340, steps: { build: 12_000 } };
const done = { release, replaces: 'R1', verified: true, verdict, lines: ['slack: 1 update sent'], timing };
const refused = (amount: number) => ({
  outcome: 'refused' as const,
  verdict: { ...nothingRefused, outcome: 'refused' as const, refusals: Array.from({ length: amount }, () => refusal) },
});
const older = { ...nothingRefused, outcome: 'older' as const, notes: ['not published: older'] };
const hold = { reason: 'Wait', where: 'the file STOP' };
const published = {
  release: 'R2',
  replaces: 'R1',
  verified: true,
  milliseconds: 12_340,
  steps: { build: 12_000 },
  verdict: guardJson(verdict, 'content'),
};
const failure = 'No channel was notified. If the server was the cause, fix it and AGAIN';

describe('how a run ends', () => {
  it.each<[Published, 0 | 1 | 3, readonly string[], object]>([
    [
      { outcome: 'published', ...done },
      0,
      ['a note', 'published R2, which replaces R1, verified, in 12.3 seconds', 'slack: 1 update sent'],
      published,
    ],
    [
      { outcome: 'published', ...done, replaces: null, verified: false, lines: [], verdict: nothingRefused },
      0,
      ['published R2, in 12.3 seconds'],
      { ...published, replaces: null, verified: false, verdict: guardJson(nothingRefused, 'content') },
    ],
    [
      { outcome: 'not notified', ...done },
      1,
      [
        'a note',
        'published R2, which replaces R1, verified, in 12.3 seconds',
        'slack: 1 update sent',
        'the site is live, but not every channel was notified. To notify the others, RETRY',
      ],
      published,
    ],
    [
      { outcome: 'unverified', release, back: { id: 'R1', how: 'served' }, lines: ['it differs'] },
      1,
      ['it differs', 'NOT LIVE: R2 failed verification; R1 is served again', failure],
      { release: 'R2', back: { id: 'R1', how: 'served' }, silent: false },
    ],
    [
      { outcome: 'unverified', release, back: { id: 'R1', how: 'started' }, lines: [] },
      1,
      ['NOT LIVE: R2 failed verification; R1 is being restored', failure],
      { release: 'R2', back: { id: 'R1', how: 'started' }, silent: false },
    ],
    [
      { outcome: 'unverified', release, back: { id: 'R1', how: 'already' }, lines: [] },
      1,
      ['NOT LIVE: R2 failed verification; R1 replaced it in the meantime', failure],
      { release: 'R2', back: { id: 'R1', how: 'already' }, silent: false },
    ],
    [
      { outcome: 'unverified', release, back: null, lines: [] },
      1,
      [
        'R2 failed verification; it stays live, because no earlier release was verified. To go back, ROLL BACK',
        failure,
      ],
      { release: 'R2', back: null, silent: false },
    ],
    [
      { outcome: 'unverified', release, back: null, silent: true, lines: ['no response'] },
      1,
      [
        'no response',
        "NOT LIVE: R2 can't be verified, because the page doesn't respond. It stays, since going back wouldn't help",
        'No channel was notified. When the page responds again, RETRY',
      ],
      { release: 'R2', back: null, silent: true },
    ],
    [
      { outcome: 'problems', problems: [problem(1)] },
      1,
      ['NOT LIVE: 1 problem: content/a.md:1:1  x'],
      { problems: [problem(1)] },
    ],
    [
      { outcome: 'problems', problems: [problem(1), problem(2)] },
      1,
      ['content/a.md:2:1  x', 'NOT LIVE: 2 problems, the first: content/a.md:1:1  x'],
      { problems: [problem(1), problem(2)] },
    ],
    [
      refused(1),
      1,
      ['1 refusal: the live site stays as it is', 'NOT LIVE: 1 refusal: is gone'],
      { verdict: guardJson(refused(1).verdict, 'content') },
    ],
    [
      refused(2),
      1,
      ['is gone', '2 refusals: the live site stays as it is', 'NOT LIVE: 2 refusals, the first: is gone'],
      { verdict: guardJson(refused(2).verdict, 'content') },
    ],
    [{ outcome: 'refused', verdict: older }, 3, ['not published: older'], { verdict: guardJson(older, 'content') }],
    [
      { outcome: 'held', hold },
      3,
      ['NOT LIVE: publishing is on hold: Wait (set by the file STOP; remove it to continue)'],
      { hold },
    ],
    [{ outcome: 'example' }, 3, [noPageYet], {}],
    [
      { outcome: 'rolled back', release },
      3,
      ['NOT LIVE: this was rolled back at 2026-11-22T14:35:00.000Z (wrong). Commit a fix, or AGAIN'],
      { release: 'R2' },
    ],
    [
      { outcome: 'overtaken', served: 'R3' },
      3,
      ['not published: R3 was published by someone else in the meantime. To replace it, RETRY'],
      { served: 'R3' },
    ],
    [
      { outcome: 'overtaken', served: null },
      3,
      ['not published: nothing was published by someone else in the meantime. To replace it, RETRY'],
      { served: null },
    ],
    [{ outcome: 'not deployed', reason: 'it is down' }, 1, ['NOT LIVE: it is down'], { reason: 'it is down' }],
  ])('%j', (end, code, lines, json) => {
    expect(ending(end, 'content', instructions)).toEqual({ code, lines });
    const { outcome } = end;
    expect(endingJson(end, 'content', instructions)).toEqual({ ok: code === 0, outcome, lines, ...json });
  });

  it('has the time of each step', () => {
    const times = [100, 110, 140, 240];
    const timer = new Timer(() => times.shift() ?? 0);
    for (const step of ['check', 'build', 'guard'] as const) timer.start(step);
    expect(timer.stop()).toEqual({ all: 140, steps: { check: 10, build: 30, guard: 100 } });
    expect(new Timer(() => 5).stop()).toEqual({ all: 0, steps: {} });
  });
});
