import { expect, it } from 'vitest';
import { asCalled } from '../../../scripts/cli/text.ts';

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
