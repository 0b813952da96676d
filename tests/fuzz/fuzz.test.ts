import { describe, expect, it } from 'vitest';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { seed } from '../support/seed.ts';
import { file, readBase, smallSite } from './content.ts';
import { judgeParsed, lineFault } from './judge.ts';
import { readFuzzOptions } from './options.ts';
import { compareSeen } from './oracle.ts';
import { endFault } from './processes.ts';
import { carryOut, fuzzNow, mutations, runFuzz } from './run.ts';

// A generated history; `npm run fuzz` uses the real one.
const base = await readBase('none');

describe('broken content is read correctly, or rejected with helpful messages', () => {
  it('after any sequence of mutations', async () => {
    const { failure, runs } = await runFuzz({ base, runs: 12, seed });
    expect(
      failure === null ? null : `${failure.message}, broken by ${JSON.stringify(failure.plan)}, seed ${seed}`,
    ).toBeNull();
    expect(runs).toBe(12);
  });
});

describe('the fuzzer', () => {
  const plan = { first: 1, second: 2, steps: [] };

  it.each(Object.keys(mutations))('can break content by: %s', (kind) => {
    const sound = smallSite(base, 1, 2);
    const changed = [1, 2, 3, 5, 7, 11, 13, 17].some((n) => {
      const { tree, done } = carryOut(base, {
        first: 1,
        second: 2,
        steps: [{ kind, file: n * 7, a: n * 1009, b: n * 31 }],
      });
      return done.includes(kind) && JSON.stringify([...tree]) !== JSON.stringify([...sound]);
    });
    expect(changed).toBe(true);
  });

  const made = carryOut(base, plan);
  const parsed = { site: made.before, drafts: [], warnings: [] };
  const [incident, ...others] = made.before.incidents;
  const changedFirst = (change: object) => ({
    ...parsed,
    site: { ...made.before, incidents: [{ ...incident!, ...change }, ...others] },
  });

  it('accepts a model that matches the files', () => {
    expect(judgeParsed(parsed, made, fuzzNow)).toBe('taken');
  });

  it.each([
    ['an incident is lost', { ...parsed, site: { ...made.before, incidents: others } }, 'the folders of incidents'],
    ['an update is lost', changedFirst({ updates: incident!.updates.slice(1) }), 'the updates of'],
    [
      'a text is another',
      changedFirst({
        updates: incident!.updates.map((update) => ({ ...update, record: { ...update.record, body: 'x' } })),
      }),
      'text of',
    ],
    ['a status differs', changedFirst({ status: 'identified' }), 'status of'],
    ['a broken component is operational', changedFirst({ worstComponents: {} }), 'the worst of'],
    ['a component is missing', { ...parsed, site: { ...made.before, groups: [] } }, 'components.yml'],
    ['content is refused without a problem', { problems: [], warnings: [] }, 'without a problem'],
    [
      'a warning has no advice',
      { ...parsed, warnings: [{ file: 'site.yml', field: null, message: 'is odd', fix: null, line: 1, column: 1 }] },
      'the warning says nothing of what to do',
    ],
    [
      'a problem is reported in an unchanged file',
      {
        problems: [{ file: 'site.yml', field: null, message: 'is odd. Type more', fix: null, line: 1, column: 1 }],
        warnings: [],
      },
      'where nothing was touched',
    ],
  ])('detects when %s', (_, wrong, message) => {
    expect(() => judgeParsed(wrong as never, made, fuzzNow)).toThrow(message);
  });

  it('detects invisible characters in a text', () => {
    expect(() => compareSeen({ title: 'a\u202Eb' })).toThrow('nobody sees');
  });

  const tree = new Map([['site.yml', file('name: Example\n')]]);
  const problem = { file: 'site.yml', field: null, message: 'is odd. Type more', fix: null, line: 1, column: 1 };
  it.each([
    ['two lines', {}, 'content/site.yml:1:1  is odd. Type\nmore', 'more than one line'],
    ['an escape', {}, 'content/site.yml:1:1  is \u001B[31modd. Type more', 'nobody sees'],
    ['an internal message', { message: 'Invalid input: expected string. Type more' }, null, 'of the inside'],
    ['no advice', { message: 'is odd' }, null, 'what to do'],
    ['a file that doesn’t exist', { file: 'site.yaml' }, null, 'not there'],
    ['a line after the end', { line: 9 }, null, 'line 9 of 2'],
    ['a column after the end', { column: 99 }, null, 'column 99'],
    ['no position', {}, 'content/site.yml  is odd. Type more', 'file, line and column'],
    ['a very long text', { message: `is odd. Type ${'more '.repeat(300)}` }, null, 'characters'],
  ])('detects a message with %s', (_, change, line, fault) => {
    const told = { ...problem, ...change };
    expect(
      lineFault(line ?? `content/${told.file}:${told.line}:${told.column}  ${told.message}`, told, tree, 'content'),
    ).toContain(fault);
    expect(lineFault('content/site.yml:1:1  is odd. Type more', problem, tree, 'content')).toBeNull();
  });

  it.each([
    [{ code: null, out: '', err: '' }, 'no word in time'],
    [{ code: 2, out: '', err: 'x' }, 'ended with 2'],
    [{ code: 1, out: '', err: 'TypeError: x\n    at run (a.ts:1)\n' }, 'shows its inside'],
    [{ code: 1, out: '', err: 'content/a:1:1  is odd. Type more\n' }, 'number of problems'],
    [{ code: 1, out: '', err: 'halfpast: odd\n1 problem\n' }, 'without file, line and column'],
    [{ code: 1, out: 'no problems', err: '1 problem\n' }, 'all is well'],
  ])('detects a program that ends with %j', (ended, fault) => {
    expect(endFault(ended, /^\d+ problems?$/)).toContain(fault);
  });

  it('reports wrong flags in one line', () => {
    expect(readFuzzOptions(['--runs', '2000', '--seed=-7'], 1)).toMatchObject({ runs: 2000, seed: -7, processes: 20 });
    expect(readFuzzOptions([], 42)).toMatchObject({ seed: 42 });
    expect(readFuzzOptions(['--help'], 1)).toBeNull();
    for (const args of [['--runs', 'many'], ['--runs', '0'], ['--sed', '1'], ['--path', '1:2'], ['--seed']])
      expect(() => readFuzzOptions(args, 1)).toThrow(/^[^\n]+$/);
  });

  it('starts with valid content', () => {
    const files = [...smallSite(base, 3, 4)].map(([path, entry]) => ({
      path,
      bytes: entry.kind === 'file' ? entry.bytes : Buffer.alloc(0),
    }));
    expect(parseContent({ files, folders: [], others: [] }, fuzzNow)).toHaveProperty('site');
  });
});
