import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { yearOfUpdates, yearsOfUpdates } from '../../../src/lib/api/history.ts';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { write } from '../../support/folders.ts';
import { hostile } from './hostile.ts';
import { type Town, town, towns } from './repository.ts';

type Entry = { readonly path: string; readonly type: string };

/** The update files that reached GitHub, by path. */
async function arrived({ github }: Town): Promise<Record<string, string>> {
  const list = async (path: string): Promise<Entry[]> => {
    const found = (await github.ask(`/contents/${path}`)) as Entry[] | { readonly message: string };
    return Array.isArray(found)
      ? (await Promise.all(found.map((entry) => (entry.type === 'dir' ? list(entry.path) : [entry])))).flat()
      : [];
  };
  const files = await list('content/incidents');
  return Object.fromEntries(
    await Promise.all(files.map(async ({ path }) => [path, (await github.port.readFile(path))?.text ?? ''] as const)),
  );
}

/** Publishes the updates that arrived, but only their lists and the bare pages of their incidents. */
async function publishArrived(place: Town): Promise<void> {
  const tree = await readTree(join(place.desk, 'content'));
  const posted = Object.entries(await arrived(place)).map(([path, text]) => ({
    path: path.replace('content/', ''),
    bytes: new TextEncoder().encode(text),
  }));
  const files = [...tree.files, ...posted].sort((a, b) => (a.path < b.path ? -1 : 1));
  const parsed = await checkContent({ ...tree, files }, Date.now());
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  for (const year of yearsOfUpdates(parsed.site)) {
    const list = yearOfUpdates(parsed.site, year);
    write(place.served, `api/updates/${year}.json`, JSON.stringify(list));
    for (const { slug } of list.updates)
      write(
        place.served,
        `incidents/${slug}/index.html`,
        list.updates.flatMap((one) => (one.slug === slug ? `<li id="${one.update}">` : [])).join(''),
      );
  }
}

const blank = {
  message: '',
  incident: '',
  title: '',
  status: 'as before',
  impact: 'from the components',
  components: '',
  customer_data: 'nothing new',
  next_update: '',
};

describe('the form', () => {
  it.each(Object.entries(towns))('in %s writes a hostile title and message unchanged', async (_, newTown) => {
    const place = await newTown();
    place.commit('Begin');
    place.onStart(() => void publishArrived(place));
    const ran = await place.run('post-update.yml', {
      inputs: {
        ...blank,
        title: hostile.title,
        message: hostile.message,
        status: 'investigating',
        components: 'checkout=partial_outage, api=major_outage',
        customer_data: 'under_review',
        next_update: '30m',
      },
    });
    expect(ran, ran.log).toMatchObject({ jobs: { run: 'success' }, acted: [] });
    const [file, ...others] = Object.entries(await arrived(place));
    expect(others).toEqual([]);
    expect(file?.[0]).toMatch(/^content\/incidents\/\d{4}-\d\d-\d\d-[a-z0-9-]+\/[\dT-]+Z\.md$/);
    expect(parse(file?.[1].split('---')[1] ?? '')).toMatchObject({ title: hostile.title, status: 'investigating' });
    expect(file?.[1].endsWith(`\n---\n${hostile.message}\n`), file?.[1]).toBe(true);
    expect(file?.[1]).toContain(
      'components:\n  checkout: partial_outage\n  api: major_outage\ncustomer_data: under_review\nnext_update: 30m\n',
    );
    expect(hostile.happened(place), 'something was executed').toEqual([]);
    expect(place.actions.started).toEqual([{ file: 'publish.yml', ref: 'main', inputs: {} }]);
    expect(ran.summary).toContain('### Done: post');
    expect(ran.summary).toMatch(/^ {4}LIVE after \d+ s: http:\S+\/incidents\/\S+#\S+$/m);
  });

  it('adds to the one open incident, and resolves it, as the same commands do, and reports that publishing is on hold', async () => {
    const place = await town();
    place.commit('Begin');
    const ran = await place.run('post-update.yml', {
      inputs: { ...blank, message: '-- all -- well --', status: 'resolved' },
      vars: { HALFPAST_HOLD: 'we are moving' },
    });
    // Its text is on GitHub, but customers don't see it.
    expect(ran.jobs, ran.log).toEqual({ run: 'failure' });
    expect(ran.summary).toContain('NOT LIVE: publishing is on hold: we are moving');
    expect(Object.values(await arrived(place))).toEqual(['---\nstatus: resolved\n---\n-- all -- well --\n']);
  });

  it.each([
    ['a name that looks like a flag', { incident: '--push', message: 'x' }, /nothing in content has ".*" in its name/],
    [
      'a command in place of a name',
      { incident: '$(touch owned)', message: 'x' },
      /nothing in content has ".*" in its name/,
    ],
    ['a flag behind a value', { next_update: '30m --push', message: 'x' }, /next_update/],
    ['an unknown component', { components: 'chekout=partial_outage', message: 'x' }, /Did you mean "checkout"/],
    ['nothing to tell', { message: ' \n' }, /message/],
  ])('with %s writes nothing and says why', async (_, inputs, expected) => {
    const place = await town();
    place.commit('Begin');
    const ran = await place.run('post-update.yml', { inputs: { ...blank, ...inputs } });
    expect(ran, ran.log).toMatchObject({ jobs: { run: 'failure' }, acted: [] });
    expect(ran.summary).toMatch(/### Failed: post/);
    expect(ran.summary).toMatch(expected);
    expect(await arrived(place)).toEqual({});
    expect(place.actions.started).toEqual([]);
    expect(hostile.happened(place), 'something was executed').toEqual([]);
  });
});
