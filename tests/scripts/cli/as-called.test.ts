import { expect, it } from 'vitest';
import { asCalled, withContentFlag } from '../../../scripts/cli/text.ts';

it.each([
  ['Usage: npx halfpast [options] [command]', 'Usage: ./bin/halfpast [options] [command]'],
  ['For help: npx halfpast --help', 'For help: ./bin/halfpast --help'],
  ['To report one: npx halfpast open', 'To report one: ./bin/halfpast open'],
  ['  npx halfpast update --message "x"', '  ./bin/halfpast update --message "x"'],
  ['Customers type npx halfpast open', 'Customers type npx halfpast open'],
  ['{"text":"npx halfpast open"}', '{"text":"npx halfpast open"}'],
])('advice uses the name that the program was called by: %s', (text, expected) => {
  expect(asCalled(text, './bin/halfpast')).toBe(expected);
  expect(asCalled(text, null)).toBe(text);
});

it.each([
  ['To report one: npx halfpast open', 'To report one: npx halfpast open --content "a b"'],
  ['Name one: npx halfpast hand-over x --lead NAME', 'Name one: npx halfpast hand-over --content "a b" x --lead NAME'],
  ['  To update   npx\n    halfpast update x', '  To update   npx\n    halfpast update --content "a b" x'],
  ['See: npx halfpast import cstate x', 'See: npx halfpast import cstate --content "a b" x'],
  ['To report one: npx halfpast open --content c', 'To report one: npx halfpast open --content c'],
  ['Customers type npx halfpast open', 'Customers type npx halfpast open'],
])('advice names the content folder, once: %s', (text, expected) => {
  expect(withContentFlag(text, 'a b')).toBe(expected);
  expect(withContentFlag(expected, 'a b')).toBe(expected);
  expect(withContentFlag(text, 'content')).toBe(text);
});

it('advice in JSON names the content folder', () => {
  const json = JSON.stringify({ command: 'npx halfpast update x', line: 'To update it: npx halfpast update x' });
  const command = 'npx halfpast update --content "a b" x';
  const expected = { command, line: `To update it: ${command}` };
  expect(JSON.parse(withContentFlag(json, 'a b', true))).toEqual(expected);
});
