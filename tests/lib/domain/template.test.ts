import { expect, it } from 'vitest';
import {
  blanksIn,
  dropBlanks,
  fillBlanks,
  suits,
  type Template,
  withoutBlanks,
} from '../../../src/lib/domain/template.ts';
import { updateHtml } from '../../../src/lib/markdown.ts';

it('finds blanks outside code, but not those of Hugo or GitHub, or escaped braces', () => {
  const text = '{{a}} `{{b}}` {{ c d }} {{< e >}} ${{ x.Y }} \\{{f}} {{}} {{\ng}}\n```\n{{h}}\n```\n{{a}}';
  expect(blanksIn(text).map(({ name, at, written }) => [name, text.slice(at, at + written.length)])).toEqual([
    ['a', '{{a}}'],
    ['c d', '{{ c d }}'],
    ['g', '{{\ng}}'],
    ['a', '{{a}}'],
  ]);
});

it.each([
  ['Run:\n\n    echo {{ a }}\n\n    echo {{ b }}\n\n{{c}}', ['c']],
  ['\t{{ a }}\n{{b}}', ['b']],
  ['Text\n    goes on {{a}}', ['a']],
  ['- item\n\n    more of it {{a}}\n\n    {{b}}', ['a', 'b']],
  ['1. item\n   {{a}}\n\n    {{b}}\n\nText\n\n    {{code}}', ['a', 'b']],
  ['```\n{{a}}\n```\n\n    {{b}}\n{{c}}', ['c']],
])('indented code has no blanks, and a paragraph of a list does: %j', (text, names) => {
  expect(blanksIn(text).map(({ name }) => name)).toEqual(names);
});

it('fills every blank with a known name, and leaves the others to the author', () => {
  expect(
    fillBlanks('{{time}}: {{site}} is down, `{{site}}`, {{why}}. {{site}}!', {
      time: '15:05',
      site: 'A {{time}} $& shop',
      why: undefined,
    }),
  ).toBe('15:05: A {{time}} $& shop is down, `{{site}}`, {{why}}. A {{time}} $& shop!');
});

it('leaves a blank alone if its name is a property of every object', () => {
  expect(fillBlanks('{{constructor}}', {})).toBe('{{constructor}}');
});

it('offers a template if its status makes sense', () => {
  const uses = ['open', 'update', 'resolve', 'schedule', 'maintenance'] as const;
  const of = (kind: Template['kind'], status?: NonNullable<Template['fields']['status']>) =>
    uses.filter((use) => suits({ name: 'x', label: 'X', kind, fields: { status }, body: 'x' }, use));
  expect(of('incident', 'investigating')).toEqual(['open', 'update']);
  expect(of('incident', 'resolved')).toEqual(['update', 'resolve']);
  expect(of('maintenance', 'scheduled')).toEqual(['schedule', 'maintenance']);
  expect(of('maintenance', 'completed')).toEqual(['maintenance']);
  expect(of(null)).toEqual(['update', 'maintenance']);
});

it('keeps the braces of a text that was never a template, since the page shows them', () => {
  const text = 'Set {{name}} or `{{name}}`. {{ two words }}';
  const kept = withoutBlanks(text);
  expect(blanksIn(kept)).toEqual([]);
  expect(updateHtml(kept, 'https://x.example/')).toBe(updateHtml(text, 'https://x.example/'));
  expect(updateHtml(kept, 'https://x.example/')).toContain('Set {{name}} or <code>{{name}}</code>. {{ two words }}');
});

it.each([
  ['We closed it.\n\n{{a}} {{b}}\n\nOur goals.', 'We closed it.\n\nOur goals.'],
  ['We closed it. {{a}} Our goals. {{b}}', 'We closed it. Our goals.'],
  ['{{a}}. {{kept}}', '{{kept}}'],
  ['{{kept}} {{a}}', '{{kept}}'],
  ['{{a}} because {{b}} has an outage.', '{{a}} because {{b}} has an outage.'],
  ['Still working: {{a}}.', 'Still working: {{a}}.'],
  ['Here, `{{a}}` is code.', 'Here, `{{a}}` is code.'],
])('leaves out the blanks that are a whole sentence: %j', (text, expected) => {
  expect(dropBlanks(text, ['a', 'b'])).toBe(expected);
});
