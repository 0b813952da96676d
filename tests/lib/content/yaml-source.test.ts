import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../src/lib/content/yaml.ts';
import { Unquoted } from '../../../src/lib/schema/text.ts';

function read(text: string, firstLine = 1) {
  const source = readYaml(text, 'a.yml', firstLine);
  if (Array.isArray(source)) throw new Error(source.map(({ message }) => message).join());
  return source;
}

describe('YAML values', () => {
  it.each([
    ['2026-11-22', '2026-11-22'],
    ['2026-11-22T14:05:00Z', '2026-11-22T14:05:00Z'],
    ['yes', 'yes'],
    ['no', 'no'],
    ['on', 'on'],
    ['14:30', '14:30'],
    ['1_000', '1_000'],
    ['30m', '30m'],
    ['true', true],
    ['0x1F', new Unquoted('0x1F')],
    ['True', new Unquoted('True')],
    ['"null"', 'null'],
  ])('%s is %j', (written, value) => {
    expect(read(`a: ${written}\n`).data).toEqual({ a: value });
  });

  it('are never a prototype', () => {
    expect(readYaml('a:\n  __proto__:\n    polluted: x\n', 'a.yml')).toMatchObject({
      problems: [{ field: 'a.__proto__', line: 2, column: 3 }],
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(read('title: __proto__ is gone\nlead: __proto__\n').problems, 'but a text may speak of one').toEqual([]);
  });

  it('keep keys that every object has', () => {
    expect(read('constructor: a\ntoString: b\n').data).toEqual({ constructor: 'a', toString: 'b' });
  });
});

describe('the place of a field', () => {
  const { locate } = read(
    'title: x\ncomponents:\n  a: b\n  "c d": e\nlist:\n  - one\n  - what: y\n    due: z\n24: n\n',
    2,
  );

  it.each<[string, PropertyKey[], 'value' | 'key', number, number]>([
    ['a value', ['title'], 'value', 2, 8],
    ['its name', ['title'], 'key', 2, 1],
    ['a value below', ['components', 'a'], 'value', 4, 6],
    ['a quoted name', ['components', 'c d'], 'key', 5, 3],
    ['an item of a list', ['list', 0], 'value', 7, 5],
    ['a field of an item', ['list', 1, 'due'], 'value', 9, 10],
    ['a name that is a number', ['24'], 'value', 10, 5],
    ['the item that lacks a field', ['list', 1, 'owner'], 'value', 8, 5],
    ['the mapping that lacks a field', ['status'], 'value', 2, 1],
    ['the mapping that lacks a name', ['status'], 'key', 2, 1],
    ['a text where fields should be', ['title', 'a'], 'value', 2, 8],
    ['all of it', [], 'value', 2, 1],
  ])('%s', (_, path, part, line, column) => {
    expect(locate(path, part)).toEqual({ line, column });
  });
});

it('reports every tab, with its place', () => {
  expect(readYaml('a: b\n\tc: d\ne:\tf\n', 'a.yml', 2)).toMatchObject([
    { line: 3, column: 1 },
    { line: 4, column: 3 },
  ]);
});
