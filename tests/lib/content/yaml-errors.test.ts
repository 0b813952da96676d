import { expect, it } from 'vitest';
import { readYaml } from '../../../src/lib/content/yaml.ts';

function told(text: string): string[] {
  const read = readYaml(text, 'a.yml');
  return (Array.isArray(read) ? read : read.problems).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const special = (sign: string): string => `${sign} at the start of a value is special in YAML. Put the value in quotes`;

it.each([
  ['a: b:\n', '1:4 a second ": " in one line confuses YAML. Put the whole value in quotes'],
  ['x: "one: two:"\na: b\n  c: d\n', '2:4 is followed by a line that begins further right. Begin fields of one level in one column'],
  ['a: {\n  b:\n    - c\n}\n', '3:5 a list or fields on lines of their own stand inside [ ] or { }. Put the whole value in quotes'],
  ['a: !x !y b\n', `1:7 ${special('!')}`],
  ['a: &x &y b\n', `1:7 ${special('&')}`],
  ['a: &x *y\n', `1:7 ${special('&')}`],
  ['a: *\n', '1:4 * and & at the start of a value are special in YAML. Put the value in quotes'],
  ['a: >9999\n b\n', '1:6 YAML does not expect this here. If it is part of a value, put the whole value in quotes'],
  ["x: 'y'\na: 'b\nc: d\n", '2:4 the closing quote is missing. Type it at the end of the value'],
])('%j is told in words of our own, at the place to look at', (text, line) => {
  expect(told(text)).toEqual([line]);
});
