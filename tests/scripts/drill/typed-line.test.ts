import { describe, expect, it } from 'vitest';
import { readTypedLine } from '../../../scripts/drill/typed-line.ts';

const now = Date.parse('2026-11-22T21:04:00Z');
const commands =
  'open update checkin hand-over reply edit resolve postmortem schedule status card check publish rollback';
const place = { folder: '/tmp/drill', now, timeZone: 'UTC', commands: commands.split(' ') };
const read = (line: string) => readTypedLine(line, place);

it("a time of day is in the page's zone, unless it says UTC", () => {
  const until = (line: string): string => {
    const typed = readTypedLine(line, { ...place, timeZone: 'Europe/Berlin' });
    return typed.kind === 'wait' && typed.until !== null ? new Date(typed.until).toISOString() : '';
  };
  expect(until('wait 22:30')).toBe('2026-11-22T21:30:00.000Z');
  expect(until('wait 00:15')).toBe('2026-11-22T23:15:00.000Z');
  expect(until('wait 21:30Z')).toBe('2026-11-22T21:30:00.000Z');
});

describe('a line in a drill', () => {
  it.each([
    ['', { kind: 'nothing' }],
    ['exit', { kind: 'end' }],
    ['wait', { kind: 'wait', until: null }],
    ['wait 10m', { kind: 'wait', until: now + 600_000 }],
    ['wait 10', { kind: 'wait', until: now + 600_000 }],
    ['wait 21:30', { kind: 'wait', until: Date.parse('2026-11-22T21:30Z') }],
    ['wait 01:15', { kind: 'wait', until: Date.parse('2026-11-23T01:15Z') }],
    ['wait 22:30Z', { kind: 'wait', until: Date.parse('2026-11-22T22:30Z') }],
    ['reply', { kind: 'halfpast', words: ['reply'] }],
    // A drill also plays the server's part, so these get the releases folder.
    ['status', { kind: 'halfpast', words: ['status', '--to', '/tmp/drill/published'] }],
    ['$ npx --no halfpast card', { kind: 'halfpast', words: ['card', '--to', '/tmp/drill/published'] }],
    ['status --to published', { kind: 'halfpast', words: ['status', '--to', 'published'] }],
    ['status --help', { kind: 'halfpast', words: ['status', '--help'] }],
    [
      '/srv/halfpast/bin/halfpast rollback --to published',
      { kind: 'halfpast', words: ['rollback', '--to', 'published'] },
    ],
    [
      `update --message "We're \\"back\\"" --title 'a "b"'`,
      { kind: 'halfpast', words: ['update', '--message', `We're "back"`, '--title', 'a "b"'] },
    ],
    ['echo "why" > published/STOP', { kind: 'write', path: '/tmp/drill/published/STOP', text: 'why\n' }],
    ['echo why >published/STOP', { kind: 'write', path: '/tmp/drill/published/STOP', text: 'why\n' }],
    ['touch published/STOP', { kind: 'write', path: '/tmp/drill/published/STOP', text: '' }],
    ['rm published/STOP    # to resume, then publish', { kind: 'remove', path: '/tmp/drill/published/STOP' }],
    ['update --title "#1"', { kind: 'halfpast', words: ['update', '--title', '#1'] }],
    ['rm -f published/STOP', { kind: 'remove', path: '/tmp/drill/published/STOP' }],
    ['git log --oneline', { kind: 'program', file: 'git', args: ['log', '--oneline'] }],
  ])('%j means %j', (line, meaning) => {
    expect(read(line)).toEqual(meaning);
  });

  it.each([
    ['rollback --to /srv/status', 'not in the folder of this drill'],
    ['publish --to=../status', 'not in the folder of this drill'],
    ['status --content /srv/checkout/content', 'not in the folder of this drill'],
    ['publish --to published --url https://status.example.com', '--url would leave this machine'],
    ['rollback --github acme/status', '--github would leave this machine'],
    ['echo "why" > /srv/status/STOP', 'not in the folder of this drill'],
    ['rm -rf ..', 'not in the folder of this drill'],
    ['cat /etc/passwd', 'not in the folder of this drill'],
    ['git -C /srv/status.git push', 'git works in the folder of the drill'],
    ['notify', "can't be played here"],
    ['gh variable set HALFPAST_HOLD', `"gh" can't be played here. Type help for the list`],
    ['update --message "We are', "a quote isn't closed"],
    ['wait soon', 'is not a time'],
    ['wait 25:00', 'is not a time'],
    ['cat', 'which file?'],
    ['hlep', 'Did you mean "help"? Type help for the list'],
    ['rollback', 'In a drill: rollback --to published'],
    ['echo "why" > STOP', 'echo "why" > published/STOP'],
  ])('%j is refused: %s', (line, message) => {
    expect(() => read(line)).toThrow(message);
  });
});
