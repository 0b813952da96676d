import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../support/halfpast.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { hostile } from './hostile.ts';
import { type Town, town } from './repository.ts';

const form = {
  name: hostile.title,
  address: '',
  time_zone: 'Europe/Berlin',
  components: 'Website, checkout=Checkout and payments',
  support: 'mailto:help@acme.example',
  accent: '#1f6f5c',
};
const pages = 'https://dana.github.io/status';
const on = { build_type: 'workflow', html_url: `${pages}/` };

/** A repository made with "Use this template", on GitHub too. */
async function template(settings: readonly (typeof on | null)[]): Promise<Town> {
  const place = await town({ pages: settings });
  rmSync(join(place.desk, 'content'), { recursive: true });
  cpSync(join(root, 'content'), join(place.desk, 'content'), { recursive: true });
  cpSync(join(root, 'schemas'), join(place.desk, 'schemas'), { recursive: true });
  place.commit('Initial commit');
  const list = execFileSync('git', ['ls-files', 'content'], { cwd: place.desk, encoding: 'utf8' }).trim().split('\n');
  await place.github.port.writeFiles({
    write: list.map((path) => ({ path, text: readFileSync(join(place.desk, path), 'utf8') })),
    remove: [],
    message: 'Initial commit',
  });
  return place;
}

/** Downloads the files on GitHub to a new folder, like a clone. */
async function clone({ github }: Town): Promise<string> {
  const folder = temporaryFolder();
  const { tree } = (await github.ask('/git/trees/main?recursive=1')) as {
    readonly tree: readonly { readonly path: string; readonly type: string }[];
  };
  for (const { path, type } of tree)
    if (type === 'blob') write(folder, path, (await github.port.readFile(path))?.text ?? '');
  return folder;
}

it('publishes nothing before the form, and then replaces the example in one commit, waits for Pages, and publishes', async () => {
  const place = await template([null, { ...on, build_type: 'legacy' }, on]);
  const before = await place.run('publish.yml');
  expect(before.jobs, before.log).toMatchObject({ prepare: 'success' });
  expect(before.summary).toContain('go to Actions, Set up, and select Run workflow');

  const commits = async (): Promise<number> => ((await place.github.ask('/commits')) as readonly unknown[]).length;
  const count = await commits();
  const first = await place.run('set-up.yml', { inputs: form, job: 'commit' });
  expect(first, first.log).toMatchObject({ jobs: { run: 'success' }, acted: [] });
  expect(await commits()).toBe(count + 1);
  expect(hostile.happened(place), 'something was executed').toEqual([]);
  expect(first.summary).toMatch(/^- https:\/\/github\.com\/dana\/status\/settings\/pages$/m);
  expect(place.actions.started).toEqual([]);

  const made = await clone(place);
  const site = readFileSync(join(made, 'content/site.yml'), 'utf8');
  expect(site).toMatch(/^# yaml-language-server: \$schema=\.\.\/schemas\/site\.schema\.json\n/);
  expect(parse(site)).toMatchObject({ name: hostile.title, url: pages, accent: '#1f6f5c', support: form.support });
  expect(parse(site)).not.toHaveProperty('example');
  for (const gone of ['incidents', 'maintenance', 'postmortems'])
    expect(existsSync(join(made, 'content', gone)), gone).toBe(false);
  const check = [join(root, 'scripts/halfpast.ts'), 'check', '--content', join(made, 'content')];
  execFileSync(process.execPath, check, { encoding: 'utf8' });

  rmSync(join(place.desk, 'content'), { recursive: true });
  cpSync(join(made, 'content'), join(place.desk, 'content'), { recursive: true });
  place.commit('Set up');
  const second = await place.run('set-up.yml', { inputs: form, job: 'publish' });
  expect(second, second.log).toMatchObject({ jobs: { run: 'success' }, acted: [] });
  expect(second.log).toContain('Waiting: Pages is off. Select GitHub Actions as the source:');
  expect(second.log).toContain('Waiting: the source of Pages is a branch.');
  expect(place.actions.started).toEqual([{ file: 'publish.yml', ref: 'main', inputs: {} }]);
  expect(second.summary).toMatch(/^- https:\/\/github\.com\/dana\/status\/actions\/workflows\/publish\.yml$/m);
});

it('changes nothing if a field is wrong, and names it', async () => {
  const place = await template([on]);
  const ran = await place.run('set-up.yml', { inputs: { ...form, time_zone: '$(touch owned)' }, job: 'commit' });
  expect(ran, ran.log).toMatchObject({ jobs: { run: 'failure' }, acted: [] });
  expect(ran.summary).toMatch(/### Failed: set-up\n {4}halfpast: time_zone: /);
  expect((await place.github.port.readFile('content/site.yml'))?.text).toContain('example: true');
  expect(hostile.happened(place), 'something was executed').toEqual([]);
});
