import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileText } from '../../../src/lib/content/write-content.ts';
import { write } from '../../support/folders.ts';
import { actingHtml, addressesIn } from '../../support/markdown.ts';
import { hostile } from './hostile.ts';
import { type Town, towns } from './repository.ts';

/** Opens a pull request on GitHub. Returns its number and its newest commit. */
async function pullRequest(
  { github }: Town,
  branch: string,
): Promise<{ readonly number: number; readonly head: string }> {
  const { number } = await github.port.propose({
    branch,
    title: branch,
    body: '',
    message: branch,
    files: [{ path: `${branch}.md`, text: branch }],
  });
  return { number, head: (await github.port.pullRequest(number))?.head ?? '' };
}

const previewed = (number: number, head: string) => ({
  event: { repository: { default_branch: 'main' }, pull_request: { number, head: { sha: head } } },
});
const completed = (head: string, id: string) => ({
  event: {
    repository: { default_branch: 'main' },
    workflow_run: { id, run_attempt: 1, event: 'pull_request', conclusion: 'success', head_sha: head },
  },
});

it.each(Object.entries(towns))(
  'a hostile pull request in %s gets one comment that only shows it',
  async (_, newTown) => {
    const place = await newTown();
    const { desk, ago } = place;
    const main = place.commit('Begin');
    const [mine, other] = [await pullRequest(place, 'mine'), await pullRequest(place, 'other')];
    const path = `content/incidents/${ago(60).slice(0, 10)}-hostile/${ago(60)}.md`;
    const fields = { title: hostile.title, status: 'investigating', components: { checkout: 'major_outage' } };
    write(desk, path, fileText(fields, hostile.message));
    const offered = place.commit('Offered');
    const preview = await place.run('preview.yml', {
      sha: offered,
      run: '41',
      github: previewed(mine.number, mine.head),
    });
    expect(preview, preview.log).toMatchObject({ jobs: { prepare: 'success' }, acted: [] });
    expect(preview.summary).toContain('ready to deploy');
    expect(
      place.actions.sent.filter(({ method }) => method !== 'GET'),
      'it only reads',
    ).toEqual([]);
    const posted = await place.run('preview-comment.yml', { sha: main, github: completed(mine.head, '41') });
    expect(posted, posted.log).toMatchObject({ jobs: { run: 'success' }, acted: [] });
    const [comment] = await place.github.port.comments(mine.number);
    expect(comment?.body).toContain('**2 new updates**');
    expect(comment?.body).toContain('::stop-commands::x');
    expect(comment?.body).toContain('first publish');
    expect(actingHtml(comment?.body ?? '')).not.toMatch(/@everyone|<script|<textarea/);
    expect(addressesIn(comment?.body ?? '')).toEqual([]);

    write(desk, path, fileText({ ...fields, status: 'investigatin' }, hostile.message));
    const typo = await place.run('preview.yml', {
      sha: place.commit('Typo'),
      run: '42',
      github: previewed(mine.number, mine.head),
    });
    expect(typo, typo.log).toMatchObject({ jobs: { prepare: 'failure' }, acted: [] });
    expect((await place.run('preview-comment.yml', { sha: main, github: completed(mine.head, '42') })).jobs).toEqual({
      run: 'success',
    });
    const comments = await place.github.port.comments(mine.number);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toMatch(/This would not be published[\s\S]*Did you mean "investigating"/);

    // A stranger can change the number in the artifact. The other pull request gets no comment.
    const left = '42/prepared-1/prepared.json';
    const prepared = JSON.parse(readFileSync(join(place.artifacts, left), 'utf8')) as object;
    write(place.artifacts, left, JSON.stringify({ ...prepared, pullRequest: other.number }));
    expect((await place.run('preview-comment.yml', { sha: main, github: completed(mine.head, '42') })).jobs).toEqual({
      run: 'failure',
    });
    expect(await place.github.port.comments(other.number)).toEqual([]);
    expect(hostile.happened(place), 'something was executed').toEqual([]);
  },
);
