import { expect, it } from 'vitest';
import { absoluteImages, statusWord } from '../../../scripts/import/plan.ts';

it.each([
  ['*Resolved* - All is well.', 'resolved', 'All is well.'],
  ['***Fixed*** — x', 'resolved', 'x'],
  ['_Root-cause analysis_:- x', 'postmortem', 'x'],
  ['**Resolved :** x', 'resolved', 'x'],
  ['*Resolved* -x', 'resolved', '-x'],
  ['**Fix implemented**\n\nx', 'monitoring', 'x'],
  ['__Update__', null, ''],
])('%j begins with a status word', (text, status, rest) => {
  expect(statusWord(text)).toMatchObject({ status, rest });
});

it.each(['**constructor** x', '*a* x', '**Fix\nimplemented** x', '*Resolved_ x', 'Resolved: x'])(
  '%j doesn’t begin with one',
  (text) => {
    expect(statusWord(text)).toBeNull();
  },
);

it.each([
  ['![a]( <x.png>  "T" )', '![a](https://a.example/x.png  "T")', '[a](x.png  "T")'],
  ['![](x.png)', '![](https://a.example/x.png)', '[x.png](x.png)'],
  ['![a](https://x.example/a.png "T")', null, null],
  ['![a](http://x.example/a.png)', '[a](http://x.example/a.png)', '[a](http://x.example/a.png)'],
  ['<img alt=a src=x.png width=1>', '<img alt=a src=https://a.example/x.png width=1>', '<a href="x.png">x.png</a>'],
  ["<img src='https://x.example/a.png'>", null, null],
  ['<IMG\nSRC = "/x.png" />', '<IMG\nSRC = "https://a.example/x.png" />', '<a href="/x.png">/x.png</a>'],
])('the image %j has its full address, or becomes a link', (text, known, unknown) => {
  const notes: string[] = [];
  const note = (line: string): void => void notes.push(line);
  expect(absoluteImages(text, 'https://a.example', note)).toBe(known ?? text);
  expect(absoluteImages(text, null, note)).toBe(unknown ?? text);
  expect(notes).toHaveLength(known === null ? 0 : 2);
});
