import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { giveBack, placesBeside, removeLeftovers } from '../../../scripts/site/leftovers.ts';
import { temporaryFolder, write } from '../../support/folders.ts';

/** No process has a number as high as the first. */
const dead = '4194305';

let folder = '';
let out = '';
beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, 'dist');
});

/** A name such as a build gives, by another process of this machine or of another. */
function nameOf(kind: 'built' | 'old', process: string, { machine = '' } = {}): string {
  const [, rest = ''] = basename(placesBeside(out)[kind]).split(/\.(?:new|old)-/);
  const [here = '', , id = ''] = rest.split('-');
  return `dist.${kind === 'built' ? 'new' : 'old'}-${machine === '' ? here : machine}-${process}-${id}`;
}

/** Makes a folder of that name, touched so many minutes ago. */
function left(name: string, minutes = 0): string {
  write(folder, `${name}/index.html`, name);
  const then = new Date(Date.now() - minutes * 60_000);
  utimesSync(join(folder, name), then, then);
  return name;
}

const removed: string[] = [];
const attic = { take: (path: string): void => void removed.push(basename(path)), cleared: Promise.resolve() };

it('no two builds have the same places, in one process or in two', () => {
  const all = [placesBeside(out), placesBeside(out)].flatMap(({ built, old }) => [built, old]);
  expect(new Set(all).size).toBe(4);
  expect(readdirSync(folder)).toEqual([]);
});

it('what builds that died have left is removed, and nothing else', () => {
  removed.length = 0;
  const gone = [
    left(nameOf('built', dead)),
    left(nameOf('old', dead)),
    // This process has a number that another had before, as in a container.
    left(nameOf('built', String(process.pid))),
    left(nameOf('built', '7', { machine: '0123abcd' }), 90),
  ];
  left(nameOf('built', String(process.ppid)));
  left(nameOf('old', '7', { machine: '0123abcd' }), 30);
  for (const name of ['dist.new-20240101', 'dist.new-year', `dist2.new-0123abcd-${dead}-0123abcd`, 'dist.old']) left(name, 900);
  removeLeftovers(out, attic);
  expect(removed.sort()).toEqual(gone.sort());
});

describe('a build that died between taking the old site away and putting the new one there', () => {
  it('is followed by one that gives the last site back', () => {
    left(nameOf('old', dead), 50);
    const last = left(nameOf('old', dead), 5);
    left(nameOf('built', dead));
    giveBack(out);
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toBe(last);
  });

  it('is not taken for one when there is a site, or when the other build lives', () => {
    const name = left(nameOf('old', String(process.ppid)));
    giveBack(out);
    expect(existsSync(out)).toBe(false);
    left('dist');
    left(nameOf('old', dead));
    giveBack(out);
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toBe('dist');
    expect(existsSync(join(folder, name))).toBe(true);
  });
});
