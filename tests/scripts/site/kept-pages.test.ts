import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { keptPages } from '../../../scripts/site/kept-pages.ts';
import { temporaryFolder } from '../../support/folders.ts';

let cache = '';
beforeEach(() => {
  cache = temporaryFolder();
});

type Build = { readonly said: Readonly<Record<string, string>>; readonly made: readonly string[] };
type Options = { readonly code?: string; readonly anew?: boolean; readonly dies?: boolean };

/** A build of files that say what they are made from; says what each said and which were made. */
async function build(files: Readonly<Record<string, string>>, { code = 'code', anew = false, dies = false }: Options = {}): Promise<Build> {
  const kept = keptPages(cache, code, anew);
  const said: Record<string, string> = {};
  const made: string[] = [];
  for (const [file, source] of Object.entries(files)) {
    const bytes = await kept.page(file, { source }, () => {
      made.push(file);
      return Promise.resolve(Buffer.from(`${file} says ${source}`));
    });
    said[file] = Buffer.from(bytes).toString();
  }
  if (!dies) kept.finish();
  kept.close();
  return { said, made };
}

const packs = (): string[] => readdirSync(join(cache, 'pages')).filter((name) => name.endsWith('.pack'));

describe('pages that are kept between builds', () => {
  it('are made again only when what they are made from has changed', async () => {
    expect((await build({ 'a.html': 'one', 'b.html': 'one' })).made).toEqual(['a.html', 'b.html']);
    const second = await build({ 'a.html': 'one', 'b.html': 'two', 'c.html': 'one' });
    expect(second).toEqual({ said: { 'a.html': 'a.html says one', 'b.html': 'b.html says two', 'c.html': 'c.html says one' }, made: ['b.html', 'c.html'] });
  });

  it('are made again by other code, for other settings, and when nothing kept is to be used', async () => {
    await build({ 'a.html': 'one' });
    expect((await build({ 'a.html': 'one' }, { code: 'other' })).made).toEqual(['a.html']);
    expect((await build({ 'a.html': 'one' }, { code: 'other', anew: true })).made).toEqual(['a.html']);
    expect((await build({ 'a.html': 'one' }, { code: 'other' })).made).toEqual([]);
  });

  it('are as they were when a build dies, whatever it had made', async () => {
    await build({ 'a.html': 'one' });
    await build({ 'a.html': 'two' }, { dies: true });
    expect(await build({ 'a.html': 'one' })).toEqual({ said: { 'a.html': 'a.html says one' }, made: [] });
  });

  it('are forgotten when no build asks for them', async () => {
    await build({ 'a.html': 'one', 'b.html': 'one' });
    await build({ 'a.html': 'one' });
    expect((await build({ 'b.html': 'one' })).made).toEqual(['b.html']);
    await build({});
    expect(packs()).toEqual([]);
  });

  it('are made again when the disk has lost or damaged them', async () => {
    const again = async (): Promise<void> => expect(await build({ 'a.html': 'one' })).toEqual({ said: { 'a.html': 'a.html says one' }, made: ['a.html'] });
    await build({ 'a.html': 'one' });
    for (const name of packs()) rmSync(join(cache, 'pages', name));
    await again();
    for (const name of packs()) writeFileSync(join(cache, 'pages', name), 'a.html says two');
    await again();
    for (const name of packs()) writeFileSync(join(cache, 'pages', name), 'a.html');
    await again();
    for (const name of packs()) {
      rmSync(join(cache, 'pages', name));
      mkdirSync(join(cache, 'pages', name, 'a'), { recursive: true });
    }
    await again();
    writeFileSync(join(cache, 'pages/list.bin'), '{"made":"code","pages":');
    await again();
  });

  it('are as they should be whatever bit of their list the disk has lost', async () => {
    await build({ 'a.html': 'one', 'b.html': 'one' });
    const list = join(cache, 'pages/list.bin');
    const bytes = readFileSync(list);
    for (let bit = 0; bit < bytes.length * 8; bit += 7) {
      const damaged = Buffer.from(bytes);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(list, damaged);
      expect((await build({ 'a.html': 'one', 'b.html': 'two' })).said).toEqual({ 'a.html': 'a.html says one', 'b.html': 'b.html says two' });
    }
  });

  it('take no room when a build fails', async () => {
    await build({ 'a.html': 'one' });
    const before = readdirSync(join(cache, 'pages'));
    await build({ 'a.html': 'two' }, { dies: true });
    expect(readdirSync(join(cache, 'pages'))).toEqual(before);
  });

  it('never fill more than nine packs, however many builds there were', async () => {
    const files: Record<string, string> = {};
    for (let at = 1; at <= 40; at += 1) {
      files[`${at}.html`] = `update ${at}`;
      const { said, made } = await build(files);
      expect(made).toEqual([`${at}.html`]);
      expect(said).toEqual(Object.fromEntries(Object.entries(files).map(([file, source]) => [file, `${file} says ${source}`])));
      expect(packs().length).toBeLessThanOrEqual(9);
    }
  });
});
