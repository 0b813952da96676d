import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow, write } from '../../support/folders.ts';
import { town } from './repository.ts';
import type { Ran } from './run-workflow.ts';

/** A line of the log, which only the team may read. */
const secret = 'quokka one';

const kinds: readonly (readonly [kind: string, path: RegExp])[] = [
  ['issues', /\/issues$/],
  ['comments', /\/issues\/\d+\/comments$/],
  ['comments on commits', /\/commits\/[^/]+\/comments$/],
  ['pull requests', /\/pulls$/],
  ['files', /\/(?:git\/blobs|git\/trees|contents\/.*)$/],
];

/** A body as it was sent, and with the texts that are encoded in it. */
function texts(body: string): string {
  const encoded = [...body.matchAll(/"content":"([A-Za-z0-9+/=\\n]+)"/g)].map(([, text = '']) =>
    Buffer.from(text.replaceAll('\\n', ''), 'base64').toString('utf8'),
  );
  return [body, ...encoded].join('\n');
}

it('nothing that workflows write on GitHub contains the log: issues, comments, pull requests, artifacts and runs', async () => {
  const place = await town();
  const { desk, ago, actions } = place;
  const [now, earlier] = [ago(90).slice(0, 10), ago(4000).slice(0, 10)];
  const line = `- ${earlier}T00:00Z Known: ${secret}\n`;
  // Next to the content, and inside it if the content is at the top level of its repository.
  for (const slug of [`${now}-slow-search`, `${earlier}-lost-orders`, `${now}-kangaroo`])
    for (const folder of ['log', 'content/log']) write(desk, `${folder}/${slug}.md`, `# Check-ins: x\n\n${line}`);
  const fields = 'title: Only a kangaroo\nimpact: major\ncomponents:\n  checkout: major_outage\n';
  const update = (slug: string, minutes: number, text: string): void =>
    write(desk, `content/incidents/${slug}/${ago(minutes)}.md`, `---\n${text}`);
  update(`${now}-kangaroo`, 80, `status: investigating\n${fields}lead: Dana\ncomms: Dana\n---\nWe look.\n`);
  update(`${earlier}-lost-orders`, 4000, `status: investigating\n${fields}---\nWe look.\n`);
  update(`${earlier}-lost-orders`, 3900, 'status: resolved\ncustomer_data: unaffected\n---\nDone.\n');
  const runs: Ran[] = [];
  const run = async (...given: Parameters<typeof place.run>): Promise<void> => {
    const ran = await place.run(...given);
    runs.push(ran);
  };

  const begin = place.commit('Begin');
  await run('publish.yml');
  // A reminder, and a draft of the postmortem; then a second promise that was missed.
  await run('timer.yml');
  update(`${now}-kangaroo`, 50, 'status: identified\nnext_update: 15m\n---\nWe know why.\n');
  place.commit('We know why');
  await run('timer.yml');
  // A typo, published and offered.
  update(`${now}-kangaroo`, 2, 'status: monitorin\n---\nOnly a kangaroo, still.\n');
  const typo = place.commit('Typo');
  await run('publish.yml');
  const { number } = await place.github.port.propose({
    ...{ branch: 'offered', title: 'Offered', body: '', message: 'Offered' },
    files: [{ path: 'offered.md', text: 'x' }],
  });
  const head = (await place.github.port.pullRequest(number))?.head ?? '';
  const { repository } = { repository: { default_branch: 'main' } };
  const offered = { event: { repository, pull_request: { number, head: { sha: head } } } };
  await run('preview.yml', { sha: typo, run: '41', github: offered });
  const completed = { id: '41', run_attempt: 1, event: 'pull_request', conclusion: 'success', head_sha: head };
  await run('preview-comment.yml', { sha: begin, github: { event: { repository, workflow_run: completed } } });
  // An alert, which then is over.
  for (const state of ['firing', 'resolved'])
    await run('alert.yml', {
      github: {
        event: {
          repository,
          action: 'alert',
          client_payload: { key: 'k', state, title: 'Only a kangaroo again', message: 'It fails.', impact: 'minor' },
        },
      },
    });

  const sent = actions.sent.flatMap(({ method, url, body }) => {
    const kind = kinds.find(([, path]) => path.test(new URL(url).pathname))?.[0] ?? 'other requests';
    return method === 'GET' || body === null ? [] : [[kind, texts(body)] as const];
  });
  const artifacts = filesBelow(place.artifacts).map((path) => readFileSync(join(place.artifacts, path)));
  const all = [
    ...sent,
    ...artifacts.map((bytes) => ['artifacts', bytes] as const),
    ...runs.map(({ log, summary }) => ['runs', `${log}\n${summary}`] as const),
  ];
  const having = (text: string): string[] =>
    [...new Set(all.filter(([, bytes]) => bytes.includes(text)).map(([kind]) => kind))].sort();
  // Each of them contains the public text.
  const everywhere = ['artifacts', 'runs', ...kinds.map(([kind]) => kind)].sort();
  expect(having('kangaroo')).toEqual(expect.arrayContaining(everywhere));
  expect(having(secret)).toEqual([]);
});
