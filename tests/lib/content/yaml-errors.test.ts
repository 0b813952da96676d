import { expect, it } from 'vitest';
import { readYaml } from '../../../src/lib/content/yaml.ts';

function told(text: string): string[] {
  const read = readYaml(text, 'a.yml');
  return (Array.isArray(read) ? read : read.problems).map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

const special = (sign: string, use: string): string => `${sign} at the start of a value is special in YAML. Use ${use}`;

it.each([
  ['a: b:\n', '1:4 has a second ": " on one line, which YAML misreads. Use a: "b:"'],
  ['a: b: c\n  d\n', '1:4 has a second ": " on one line, which YAML misreads. Put the whole value in quotes'],
  [
    'x: "one: two:"\na: b\n  c: d\n',
    '2:4 is followed by a line that is indented further. Align fields of the same level',
  ],
  [
    'a: {\n  b:\n    - c\n}\n',
    '3:5 has a list or fields on separate lines inside [ ] or { }. Put the whole value in quotes',
  ],
  ['a: !x !y b\n', `1:7 ${special('!', 'a: "!x !y b"')}`],
  ['a: &x &y b\n', `1:7 ${special('&', 'a: "&x &y b"')}`],
  ['a: &x *y\n', `1:7 ${special('&', 'a: "&x *y"')}`],
  ['a: *\n', `1:4 ${special('* or &', 'a: "*"')}`],
  ['a: \u001b[31m: c\n', '1:4 has a second ": " on one line, which YAML misreads. Put the whole value in quotes'],
  ['a: "\u200b" c\n', '1:8 is not valid here in YAML. If it is part of a value, put the whole value in quotes'],
  ['- a: "b" c\n', `1:10 is not valid here in YAML. If it is part of a value, use - a: '"b" c'`],
  ["a: 'it's b'\n", `1:8 is not valid here in YAML. If it is part of a value, use a: "it's b"`],
  [
    'a: b\n  c # d\n  e\n',
    '3:1 follows " #", which starts a comment in YAML and ends the value. Put the whole value in quotes',
  ],
  ['a: >9999\n b\n', '1:6 is not valid here in YAML. If it is part of a value, put the whole value in quotes'],
  ...[' title: A\nstatus: b\n', ' title: A\n\n# c\nstatus: b\n'].map((text) => [
    text,
    '1:2 is indented further than the fields below. Delete the spaces before it',
  ]),
  ['# c\n\n  - a\n- b\n', '3:3 is indented further than the fields below. Delete the spaces before it'],
  ["x: 'y'\na: 'b\nc: d\n", '2:4 the closing quote is missing. Add it at the end of the value'],
])('%j is reported in our own words, at the right place', (text, line) => {
  expect(told(text)).toEqual([line]);
});
