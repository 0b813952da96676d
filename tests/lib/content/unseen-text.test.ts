import { describe, expect, it } from 'vitest';
import { blankTextProblems, unseenTextWarnings } from '../../../src/lib/content/body.ts';
import { processorTime } from '../../support/processor-time.ts';

const head = '---\nstatus: resolved\n---\n';
const blank = (body: string): string[] =>
  blankTextProblems(`${head}${body}\n`, body, 'a.md').map(({ line, message }) => `${line}: ${message}`);
const warnings = (body: string): string[] =>
  unseenTextWarnings('a.md', `${body}\n`, 4).map(({ line, message }) => `${line}: ${message.split(/,| what|:/)[0]}`);

describe('a text without anything visible', () => {
  it.each([
    ['a comment', '<!-- to do -->'],
    ['a comment that nothing ends', '<!-- to do\n\nmore'],
    ['a script', '<script>alert(1)</script>'],
    ['the definition of a link', '[a]: https://example.com/'],
    ['a line', '***'],
    ['a space that is typed as a reference', '&nbsp;\n\n&#32;'],
    ['a line break', '<br>'],
    ['a fence without code', '```\n```'],
  ])('is rejected: %s', (_, body) => {
    expect(blank(body)).toEqual(['4: has no visible text. Below the second "---", write what customers should know']);
  });

  it.each([
    'Words.',
    '漢字',
    '🔥',
    '1',
    '<b>a</b>',
    '![plot](https://example.com/p.png)',
    '`<!-- -->`',
    '&lt;',
    'a <!-- b -->',
    '[a]: https://example.com/\n\n[a]',
    '| a |\n| - |',
  ])('isn’t: %s', (body) => {
    expect(blank(body)).toEqual([]);
  });
});

describe('words that no reader would see', () => {
  it.each([
    ['5: has a comment that starts with <!-- and never ends', 'Fine.\n<!-- internal\n\nmore'],
    ['6: has a comment that starts with <!-- and never ends', '<!-- a -->\n\n<!-- b'],
    ['4: has <? without a closing ?>', '<?php echo 1;'],
    ['4: has <script>', 'Before <script> after'],
    ['6: has <style>', 'Before\n\n<STYLE>\np {}\n\nafter'],
    ['4: has <iframe>', 'See <iframe src="https://x.example/"></iframe>!'],
    ['5: has <video>', 'See\n<video><source src="https://x.example/a.mp4"></video>'],
    ['4: has <input>', '<form><input value=hello></form>Text'],
    ['4: has <object>', '<object data="https://x.example/a.pdf">The report</object>'],
  ])('cause a warning: %s', (expected, body) => {
    expect(warnings(body)).toEqual([expected]);
  });

  it.each([
    'a <!-- b --> c',
    '<!-- a -->\n\nb',
    '`<script>` and `<!--`',
    '```\n<style>\n```',
    '<details>a</details>',
    'a <!-- b',
    'a <center>b</center> <inputs> <button>c</button> `<iframe>`',
  ])('don’t if everything is shown, or left out on purpose: %s', (body) => {
    expect(warnings(body)).toEqual([]);
  });

  it('are found without delay in a text full of beginnings', () => {
    expect(processorTime(() => unseenTextWarnings('a.md', `${'<!--'.repeat(15000)}-->`, 4))).toBeLessThan(500);
  });
});
