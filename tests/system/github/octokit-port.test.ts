import { describe, expect, it } from 'vitest';
import { hiddenMarker, keepComment } from '../../../scripts/github/comments.ts';
import { writeUpdateFile } from '../../../scripts/write/commit.ts';
import { operationOf } from '../../support/openapi.ts';
import { startGitHub } from './github.ts';

const path = 'content/incidents/2026-11-22-checkout/2026-11-22T1405Z.md';

describe('a file on GitHub', () => {
  it('is written, read, replaced, and not replaced when it is another by now', async () => {
    const { port } = await startGitHub();
    expect(await port.readFile(path)).toBeNull();
    const made = await port.writeFile({ path, text: 'Grüße 🦔\n', message: 'One', replaces: null });
    const read = await port.readFile(path);
    expect(read?.text).toBe('Grüße 🦔\n');
    expect(made).toMatchObject({ kind: 'written', version: read?.version });
    expect(await port.writeFile({ path, text: 'second', message: 'Two', replaces: null })).toEqual({
      kind: 'conflict',
    });
    expect(await port.writeFile({ path, text: 'second', message: 'Two', replaces: '0'.repeat(40) })).toEqual({
      kind: 'conflict',
    });
    expect(await port.writeFile({ path: 'other.md', text: 'x', message: 'Three', replaces: '0'.repeat(40) })).toEqual({
      kind: 'conflict',
    });
    expect((await port.readFile(path))?.text).toBe('Grüße 🦔\n');
    expect(await port.writeFile({ path, text: 'second', message: 'Two', replaces: read?.version ?? '' })).toMatchObject(
      { kind: 'written' },
    );
    expect((await port.readFile(path))?.text).toBe('second');
  });

  it('creates a separate branch with nothing else on it', async () => {
    const { port, ask } = await startGitHub();
    const first = { path: 'state/notify.json', text: '{}', message: 'Begin', branch: 'halfpast-state', replaces: null };
    expect(await port.readFile(first.path, first.branch)).toBeNull();
    const made = await port.writeFile(first);
    const read = await port.readFile(first.path, first.branch);
    expect(read).toEqual({ text: '{}', version: made.kind === 'written' ? made.version : '' });
    expect(await port.readFile('README.md', first.branch)).toBeNull();
    expect(await port.readFile('README.md')).not.toBeNull();
    expect(await port.writeFile({ ...first, text: '{"a":1}', replaces: read?.version ?? '' })).toMatchObject({
      kind: 'written',
    });
    expect(await ask('/commits?sha=halfpast-state')).toHaveLength(2);
  });

  it('of an update is written once, also when the answer to the first try was lost', async () => {
    const { port, ask } = await startGitHub();
    const write = (text: string) => writeUpdateFile(port, { path, text }, 'Investigating: Checkout');
    expect(await write('text')).toMatch(/^[0-9a-f]{40}$/);
    expect(await write('text')).toBeNull();
    expect(await ask('/commits')).toHaveLength(2);
    await expect(write('another')).rejects.toThrow(`${path} already exists with different text`);
  });
});

describe('an issue', () => {
  it('is opened, found by its label, changed, closed and opened again', async () => {
    const { port } = await startGitHub();
    await port.createIssue({ title: 'Other', body: 'b', labels: ['other'] });
    const issue = await port.createIssue({ title: 'Checkout', body: 'b', labels: ['halfpast'] });
    expect((await port.issues('halfpast')).map(({ title, open }) => [title, open])).toEqual([['Checkout', true]]);
    await port.changeIssue(issue.number, { open: false });
    expect(await port.issues('halfpast')).toMatchObject([{ body: 'b', open: false, title: 'Checkout' }]);
    await port.changeIssue(issue.number, { open: true });
    expect(await port.issues('halfpast')).toMatchObject([{ title: 'Checkout', open: true }]);
  });

  it('is assigned to everyone possible, and says who can’t be assigned', async () => {
    const { port } = await startGitHub();
    const { number } = await port.createIssue({ title: 'Checkout', body: 'b', labels: ['halfpast'] });
    expect(await port.assign(number, ['dana'])).toBe(true);
    expect(await port.assign(number, ['nobody-of-that-name'])).toBe(false);
  });

  it('has a comment that is kept up to date, among those of others', async () => {
    const { port, stranger, sent } = await startGitHub();
    const { number } = await port.createIssue({ title: 'Preview', body: 'b', labels: [] });
    await port.comment(number, 'From a person');
    await stranger.comment(number, `From a stranger. ${hiddenMarker('preview')}`);
    for (const text of ['first', 'second', 'second']) await keepComment(port, number, 'preview', text);
    expect((await port.comments(number)).map(({ body }) => body)).toEqual([
      'From a person',
      `From a stranger. ${hiddenMarker('preview')}`,
      `second\n\n${hiddenMarker('preview')}`,
    ]);
    expect(sent.map(operationOf).filter((operation) => operation === 'issues/update-comment')).toHaveLength(1);
  });

  it('lists more comments than fit on a page', async () => {
    const { port } = await startGitHub();
    const { number } = await port.createIssue({ title: 'Long', body: 'b', labels: ['halfpast'] });
    for (let index = 0; index < 103; index += 1) await port.comment(number, `comment ${index}`);
    expect(await port.comments(number)).toHaveLength(103);
  });
});

describe('a proposal', () => {
  const proposal = {
    branch: 'halfpast/postmortem-checkout',
    title: 'Postmortem',
    body: 'b',
    message: 'Draft',
    files: [
      { path: 'content/postmortems/checkout.md', text: 'one' },
      { path: 'content/deep/er.md', text: 'two' },
    ],
  };

  it('is one pull request with all its files, however often it is made', async () => {
    const { port, ask } = await startGitHub();
    const made = await port.propose(proposal);
    expect(made.kind).toBe('made');
    expect(await port.propose(proposal)).toEqual({ ...made, kind: 'known' });
    expect((await port.readFile('content/postmortems/checkout.md', proposal.branch))?.text).toBe('one');
    expect((await port.readFile('content/deep/er.md', proposal.branch))?.text).toBe('two');
    expect(await port.readFile('README.md', proposal.branch), 'the rest stays').not.toBeNull();
    expect(await port.readFile('content/deep/er.md')).toBeNull();
    expect(await ask('/pulls')).toMatchObject([
      { title: 'Postmortem', head: { ref: proposal.branch }, base: { ref: 'main' } },
    ]);
    await port.comment(made.number, 'a comment');
    expect(await port.comments(made.number)).toHaveLength(1);
    expect(await port.pullRequest(made.number)).toMatchObject({
      number: made.number,
      open: true,
      head: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(await port.pullRequest(made.number + 100)).toBeNull();
  });

  it('is completed when an earlier run made the branch and died', async () => {
    const { port, ask } = await startGitHub();
    await port.writeFile({
      path: 'content/postmortems/checkout.md',
      text: 'by hand',
      message: 'Begin',
      branch: proposal.branch,
      replaces: null,
    });
    expect((await port.propose(proposal)).kind).toBe('made');
    expect((await port.readFile('content/postmortems/checkout.md', proposal.branch))?.text).toBe('by hand');
    expect(await ask('/pulls')).toHaveLength(1);
  });
});

it('a commit gets a comment', async () => {
  const { port, ask } = await startGitHub();
  const result = await port.writeFile({ path, text: 'x', message: 'One', replaces: null });
  const commit = result.kind === 'written' ? result.commit : '';
  await port.commentOnCommit(commit, 'Line 3 is wrong');
  expect(await ask(`/commits/${commit}/comments`)).toMatchObject([{ body: 'Line 3 is wrong' }]);
  expect((await port.commitComments(commit)).map(({ body }) => body)).toEqual(['Line 3 is wrong']);
});

it('a workflow that is not there is one line that says what to do', async () => {
  const { port, sent } = await startGitHub();
  await expect(port.startWorkflow('publish.yml', { reason: 'test' })).rejects.toThrow(
    /^GitHub did not start publish\.yml: status 404, .*\. Check the name/,
  );
  expect(JSON.parse(sent.at(-1)?.body ?? '')).toEqual({ ref: 'main', inputs: { reason: 'test' } });
});
