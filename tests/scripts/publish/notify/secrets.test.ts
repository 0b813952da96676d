import { describe, expect, it } from 'vitest';
import { secretOf } from '../../../../scripts/publish/notify/secrets.ts';

const problem = (text: string) => ({ problem: expect.stringContaining(text) as string });

describe('a secret', () => {
  it.each([
    ['is a variable', { SLACK_URL: ' https://a ' }, { value: 'https://a' }],
    ['is a line of HALFPAST_SECRETS', { HALFPAST_SECRETS: 'A=b\nSLACK_URL=https://a?b=c' }, { value: 'https://a?b=c' }],
    ['wins over its line', { SLACK_URL: 'https://a', HALFPAST_SECRETS: 'SLACK_URL=b' }, { value: 'https://a' }],
    ['has a line where its variable is blank', { SLACK_URL: ' ', HALFPAST_SECRETS: 'SLACK_URL=b' }, { value: 'b' }],
    [
      'can be written as for a shell',
      { HALFPAST_SECRETS: '# chats\r\n\r\nexport SLACK_URL = "a#b"\r\n' },
      { value: 'a#b' },
    ],
    ['can have quotes inside', { HALFPAST_SECRETS: 'SLACK_URL="a' }, { value: '"a' }],
    [
      'is the last line that is not blank',
      { HALFPAST_SECRETS: 'SLACK_URL=a\nSLACK_URL=b\nSLACK_URL=\n' },
      { value: 'b' },
    ],
    ['is missing', {}, problem('SLACK_URL is not set. Export it')],
    ['is blank', { HALFPAST_SECRETS: 'SLACK_URL=' }, problem('SLACK_URL is not set. Export it')],
    [
      'may be in a line that is wrong',
      { HALFPAST_SECRETS: 'A=b\nSLACK_URL: hunter2' },
      problem("SLACK_URL is not set, and line 2 of HALFPAST_SECRETS isn't NAME=value. "),
    ],
  ])('%s', (_, env, expected) => {
    const found = secretOf('SLACK_URL', env);
    expect(found).toEqual(expected);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});
