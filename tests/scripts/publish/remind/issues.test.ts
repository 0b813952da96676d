import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../scripts/cli/errors.ts';
import { type GitHubComment, type GitHubPort, type Issue, PullRequestsOff } from '../../../../scripts/github/port.ts';
import { carryOut } from '../../../../scripts/publish/remind/issues.ts';
import { type PostmortemDraft, type Reminder, wantedText } from '../../../../scripts/publish/remind/reminder.ts';

const to = { stage: 'comms', name: 'Priya', mention: '@priya-k' } as const;
const lapse = (key: string) => ({ key, to, text: `Do ${key}.`, markdown: `Do **${key}**.` });

const reminder = (change: Partial<Reminder> = {}): Reminder => ({
  about: 'incident:slow',
  title: 'Tell customers: Slow',
  body: 'For @priya-k.',
  lapses: [lapse('promise')],
  person: 'Priya',
  login: null,
  answer: null,
  ...change,
});

const draft: PostmortemDraft = {
  slug: 'slow',
  title: 'Slow',
  path: 'postmortems/slow.md',
  text: 'Text',
  person: 'Priya',
  login: 'priya-k',
};

const marked = (about: string, ...keys: readonly string[]): string =>
  [`<!-- halfpast:about:${about} -->`, ...keys.map((key) => `<!-- halfpast:lapse:${key} -->`)].join('\n');

const issue = (number: number, body: string, open = true): Issue => ({
  number,
  title: `Issue ${number}`,
  body,
  open,
});

/** GitHub with these issues and comments. Everything it is asked to do is in `asked`. */
function gitHub(
  issues: readonly Issue[] = [],
  comments: Readonly<Record<number, readonly Partial<GitHubComment>[]>> = {},
) {
  const asked: unknown[][] = [];
  const note =
    <T>(name: string, answer: T) =>
    (...args: unknown[]): Promise<T> => {
      asked.push([name, ...args]);
      return Promise.resolve(answer);
    };
  const port = {
    issues: note('issues', issues),
    comments: (number: number) => note('comments', comments[number] ?? [])(number),
    createIssue: note('createIssue', issue(7, '')),
    changeIssue: note('changeIssue', undefined),
    comment: note('comment', undefined),
    assign: (_: number, [login]: readonly string[]) => note('assign', login === 'priya-k')(_, login),
    propose: note('propose', { kind: 'made', number: 9 }),
  };
  return { asked, port: port as unknown as GitHubPort, fake: port };
}

const opened = (body = 'For @priya-k.') => ({
  title: 'Tell customers: Slow',
  body: `Do **promise**.\n\n<!-- halfpast:lapse:promise -->\n\n${body}\n\n<!-- halfpast:about:incident:slow -->`,
  labels: ['halfpast'],
});

describe('issues are brought up to date', () => {
  it.each<[string, Reminder, string, readonly unknown[]]>([
    ['one is opened', reminder(), 'opened #7, Tell customers: Slow', []],
    [
      'one is opened and assigned',
      reminder({ login: 'priya-k' }),
      'opened #7, Tell customers: Slow, assigned to priya-k',
      [['assign', 7, 'priya-k']],
    ],
    [
      'one is opened for a stranger',
      reminder({ login: 'kim' }),
      'opened #7, Tell customers: Slow; kim cannot be assigned in this repository',
      [['assign', 7, 'kim']],
    ],
  ])('%s', async (_, one, line, more) => {
    const { port, asked } = gitHub();
    expect(await carryOut(port, { reminders: [one], drafts: [] }, 'content')).toEqual({ done: [line], failures: [] });
    expect(asked).toEqual([['issues', 'halfpast'], ['createIssue', opened()], ...more]);
  });

  const known = marked('incident:slow', 'promise');
  const said = 'Do **missed**.\n\nA \\*note\\*.\n\n<!-- halfpast:lapse:missed -->';

  it.each<[string, Issue, readonly Partial<GitHubComment>[], readonly string[], readonly unknown[]]>([
    [
      'gets a comment',
      issue(3, known),
      [],
      ['commented on #3, Tell customers: Slow'],
      [
        ['comments', 3],
        ['comment', 3, said],
      ],
    ],
    [
      'is opened again',
      issue(3, known, false),
      [],
      ['reopened and commented on #3, Tell customers: Slow'],
      [
        ['comments', 3],
        ['changeIssue', 3, { open: true }],
        ['comment', 3, said],
      ],
    ],
    ['has it in a comment', issue(3, known), [{ body: marked('x', 'missed'), trusted: true }], [], [['comments', 3]]],
    [
      'has it in the comment of a stranger',
      issue(3, known),
      [{ body: marked('x', 'missed'), trusted: false }],
      ['commented on #3, Tell customers: Slow'],
      [
        ['comments', 3],
        ['comment', 3, said],
      ],
    ],
  ])('one %s', async (_, found, comments, done, more) => {
    const { port, asked } = gitHub([found], { 3: comments });
    const reminders = [reminder({ lapses: [lapse('promise'), lapse('missed')] })];
    expect(await carryOut(port, { reminders, drafts: [] }, 'content', 'A *note*.')).toEqual({ done, failures: [] });
    expect(asked).toEqual([['issues', 'halfpast'], ...more]);
  });

  it('closes the issues of what’s over, and doesn’t touch others', async () => {
    const { port, asked } = gitHub([issue(3, marked('incident:old')), issue(4, 'Ours?'), issue(5, marked('x'), false)]);
    const { done } = await carryOut(port, { reminders: [reminder({ lapses: [] })], drafts: [] }, '');
    expect(done).toEqual(['closed #3, Issue 3']);
    expect(asked.slice(1)).toEqual([['changeIssue', 3, { open: false }]]);
  });

  it('if GitHub refuses one thing, everything else is still done', async () => {
    const { port, fake } = gitHub([issue(3, marked('incident:old'))]);
    fake.createIssue = () => Promise.reject(new UserError('GitHub did not open it'));
    expect(await carryOut(port, { reminders: [reminder()], drafts: [draft] }, '')).toEqual({
      done: ['closed #3, Issue 3', 'opened pull request #9, Postmortem: Slow'],
      failures: ['GitHub did not open it'],
    });
    fake.createIssue = () => Promise.reject(new TypeError('a bug'));
    await expect(carryOut(port, { reminders: [reminder()], drafts: [] }, '')).rejects.toThrow('a bug');
  });
});

describe('a draft of a postmortem is proposed', () => {
  it.each([
    ['', 'postmortems/slow.md'],
    ['content', 'content/postmortems/slow.md'],
  ])('below %j', async (content, path) => {
    const { port, asked } = gitHub();
    await carryOut(port, { reminders: [], drafts: [draft] }, content);
    expect(asked.slice(1)).toMatchObject([
      [
        'propose',
        {
          branch: 'halfpast/postmortem-slow',
          title: 'Postmortem: Slow',
          body: expect.stringMatching(/^For @priya-k: a draft of the postmortem of Slow, /) as string,
          message: 'Postmortem draft: Slow',
          files: [{ path, text: 'Text' }],
        },
      ],
    ]);
  });

  it.each<[string, () => Promise<unknown>, readonly string[]]>([
    ['once', () => Promise.resolve({ kind: 'exists' }), []],
    [
      'on a branch alone, where workflows may not open pull requests',
      () => Promise.reject(new PullRequestsOff(403, 'Allow it')),
      [
        'the draft of Postmortem: Slow is on the branch halfpast/postmortem-slow, without a pull request: Allow it; or open it yourself',
      ],
    ],
  ])('%s', async (_, propose, done) => {
    const { port, fake } = gitHub();
    fake.propose = propose as typeof fake.propose;
    expect(await carryOut(port, { reminders: [], drafts: [draft] }, '')).toEqual({ done, failures: [] });
  });
});

it.each<[readonly Reminder[], readonly PostmortemDraft[], string]>([
  [[], [], 'Nothing is due.\n'],
  [[reminder({ lapses: [] })], [], 'Nothing is due.\n'],
  [[reminder({ login: 'priya-k' })], [], 'Tell customers: Slow (for @priya-k)\n  Do promise.\n'],
  [[reminder({ person: null })], [], 'Tell customers: Slow (for unassigned)\n  Do promise.\n'],
  [
    [reminder({ lapses: [{ ...lapse('missed'), to: { ...to, stage: 'lead', name: 'Kim' } }] })],
    [],
    'Tell customers: Slow (for Priya)\n  For Kim: Do missed.\n',
  ],
  [
    [reminder({ lapses: [{ ...lapse('missed'), to: { ...to, stage: 'lead', name: null } }] })],
    [draft],
    'Tell customers: Slow (for Priya)\n  For everyone: Do missed.\nPostmortem to draft: Slow (postmortems/slow.md)\n',
  ],
])('a terminal shows what is due: %#', (reminders, drafts, text) => {
  expect(wantedText({ reminders, drafts })).toBe(text);
});
