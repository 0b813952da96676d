import { expect, it } from 'vitest';
import { guardProblems } from '../../../src/lib/content/markdown-guard.ts';

const head = '---\nstatus: resolved\n---\n';
const prose = 'We are looking into errors that some customers see. ';

const reported = (body: string): string[] =>
  guardProblems(`${head}${body}\n`, body, 'a.md').map(({ line, column, message }) => `${line}:${column} ${message}`);

it.each([
  ['quotes', `Text.\n\n${'>'.repeat(5000)} a`, '6:11 nests quotes or lists more than 10 levels deep. Use fewer levels'],
  [
    'quotes with a lazy line',
    `${'>'.repeat(30)} a\nb`,
    '4:11 nests quotes or lists more than 10 levels deep. Use fewer levels',
  ],
  [
    'lists in a quote',
    `> a\n>\n> ${'- '.repeat(10)}b`,
    '6:21 nests quotes or lists more than 10 levels deep. Use fewer levels',
  ],
  [
    'a list item with lines that run together',
    `a\n\n- b\n${'c\n'.repeat(3000)}`,
    '6:1 starts a list or quote with too many lines',
  ],
  [
    'a table of short rows',
    `a\n\n${'|a'.repeat(100)}\n${'|-'.repeat(100)}\n${'|\n'.repeat(200)}`,
    '6:1 starts a table that takes the text over 10,000 cells',
  ],
  [
    'emphasis that nothing ends',
    `a\n\n- b\n\n  ${'**a*b '.repeat(3000)}`,
    '8:3 starts a paragraph with too many of the characters',
  ],
  [
    'emphasis in emphasis',
    `${'*a **b '.repeat(100)}${'c** d*'.repeat(100)}`,
    '4:1 starts a paragraph with too many of the characters',
  ],
  [
    'emphasis behind what only looks like a fence',
    `\`\`\`a\`\n${'**a*b '.repeat(3000)}`,
    '4:1 starts a paragraph with too many of the characters',
  ],
  [
    'emphasis in a cell',
    `| a |\n| - |\n| ${'**a*b '.repeat(3000)} |`,
    '4:1 starts a paragraph with too many of the characters',
  ],
  ['tags that nothing ends', '<a b '.repeat(3000), '4:1 starts a paragraph with too many of the characters'],
  ['a word', `See\nhttp://a.b/${'&a;'.repeat(700)}`, '5:1 has a word of more than 2,000 characters'],
  ['blanks', `a\n\n> b${' '.repeat(201)}c`, '6:4 has more than 200 spaces in a row. Delete some'],
])('reports %s with line and column', (_, body, expected) => {
  expect(reported(body)).toEqual([expect.stringMatching(new RegExp(`^${expected.replaceAll(/[[\]*+.|]/g, '\\$&')}`))]);
});

it.each([
  ['a long paragraph', prose.repeat(1200)],
  ['a long paragraph in a script without spaces', '一部のお客様にエラーが発生しています。'.repeat(2000)],
  [
    'a timeline without blank lines',
    Array.from({ length: 500 }, (_, minute) => `**10:${minute} UTC** [api] ${prose}`).join('\n'),
  ],
  ['a list of hosts', Array.from({ length: 2000 }, (_, host) => `- \`db_node_${host}\`: **restored**`).join('\n')],
  [
    'a table of 250 rows',
    `| Time | Host | Change |\n| --- | --- | --- |\n${'| 10:00 | `db_1` | *moved* |\n'.repeat(250)}`,
  ],
  ['a quote in a list in a quote', `> - a\n>   > b\n\n${prose}`],
  ['a log in a fence', `\`\`\`\n${'*_`[<'.repeat(2000)}\n${'='.repeat(5000)}\n\`\`\``],
  ['an address of 1,900 characters', `${prose}https://grafana.example.com/d?${'x'.repeat(1900)} ${prose.repeat(40)}`],
  ['names with underscores', 'worker_pool_size was 2 * max_connections. '.repeat(500)],
])('accepts %s', (_, body) => {
  expect(reported(body)).toEqual([]);
});
