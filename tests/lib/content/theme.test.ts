import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otherTokens, readTheme } from '../../../src/lib/content/read-theme.ts';
import { colorTokens } from '../../../src/lib/domain/colors.ts';
import { contentPolicy } from '../../../src/lib/views/content-policy.ts';
import { root } from '../../support/halfpast.ts';

const bytes = (css: string) => ({ path: 'theme.css', bytes: new TextEncoder().encode(css) });

function themeOf(css: string, accent: string | null = null): string {
  const read = readTheme(bytes(css), accent);
  if ('problems' in read) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.css;
}

const looks = join(root, 'docs/themes');

it.each(readdirSync(looks))('the theme %s is valid with any accent, and short', (name) => {
  const css = readFileSync(join(looks, name), 'utf8');
  expect(css.split('\n').length).toBeLessThan(60);
  for (const accent of [null, '#1f6f5c', '#ffff00']) expect(themeOf(css, accent)).toContain('--background');
});

it.each<[string, boolean]>([
  [':root { --radius: 0 }', false],
  [':root { --link: light-dark(#00c, #9cf) }', true],
  [':root { --accent: light-dark(#00c, #9cf) }', true],
  [':root { --link: var(--accent, light-dark(#00c, #9cf)) }', false],
  [':root { color-scheme: dark }', true],
  ['@media (prefers-color-scheme: dark) { :root { --link: #9cf } }', false],
])('the theme %s replaces the accent: %s', (css, expected) => {
  expect(readTheme(bytes(css), '#1f6f5c')).toMatchObject({ ownLinks: expected });
});

describe('a theme', () => {
  it("is minified, and keeps syntax that it doesn't know", () => {
    expect(themeOf('/* Ours */\n:root {\n  --radius: 0;\n}\n.card {\n  corner-shape: squircle;\n}\n')).toBe(
      ':root{--radius:0}.card{corner-shape:squircle}',
    );
  });

  it("can't close its style element, so that its hash covers all of it", () => {
    const css = themeOf('.a::before { content: "</style><script>x()</script>"; }');
    expect(css).not.toContain('</');
    expect(contentPolicy(`<head><style>${css}</style></head>`)).toMatch(/script-src 'none'; style-src 'sha256-[^']*';/);
  });

  it.each([
    ['no color', ':root { --radius: 0 }'],
    ['both themes', ':root { --text: light-dark(#111, #fff) }'],
    ['only the theme that it has', ':root { color-scheme: light; --text: #111; --quiet: #333 }'],
    ['a dark page for those who want one', '@media (prefers-color-scheme: dark) { :root { --background: #000 } }'],
    ['a variable of its own', ':root { --ink: oklch(0.2 0 0); --text: light-dark(var(--ink), #fff) }'],
    ['a fallback', ':root { --text: var(--none, light-dark(#111, #eee)) }'],
    ['a mixed color', ':root { --text: light-dark(color-mix(in srgb, black 90%, white), white) }'],
    ['print', '@media print { :root { --text: #777 } }'],
    ['another element', '.card { --text: #777 }'],
    ['a variable that refers to itself', ':root { --a: var(--a); --radius: var(--a) }'],
    ['embedded and own files', '.a { background: url(data:image/png;base64,AA==) } .b { background: url("/a.png") }'],
  ])('accepts %s', (_, css) => {
    expect(themeOf(css)).not.toBe('');
  });

  it.each([
    [
      'a missing semicolon',
      ':root { --text: #ece9ff\n --quiet: #9c97c4; }',
      'has no semicolon at its end, so --quiet is part of it. Write ; after the value',
    ],
    ['two colors', ':root { --line: #111 #222 }', '"#111 #222" is not a color. Write it like #1d2327'],
    [
      'a mistyped token',
      ':root { --backgroud: #0b0a14 }',
      'is not a token, and nothing in theme.css uses it. Did you mean --background?',
    ],
    ['a width without a unit', ':root { --page: 48 }', '"48" is not a value of width. Write it like 1.5rem'],
    ['a word for a size', ':root { --huge: big }', '"big" is not a value of font-size. Write it like 1.5rem'],
  ])('rejects %s, which browsers would accept', (_, css, message) => {
    expect(readTheme(bytes(css), null)).toMatchObject({ problems: [{ message, line: 1 }] });
  });

  it('knows every token', () => {
    const names = readFileSync(join(root, 'src/styles/tokens.css'), 'utf8').matchAll(/^ {4}--([\w-]+):/gm);
    expect([...Object.keys(colorTokens), ...Object.values(otherTokens).flat()].sort()).toEqual(
      [...names].map(([, name]) => name).sort(),
    );
  });

  it.each([
    ['a translucent color', ':root { --text: rgb(0 0 0 / 40%) }', '--text'],
    ['one value for both themes', ':root { --text: #111 }', '--text'],
    ['an accent that its ground makes unreadable', ':root { color-scheme: light; --surface: #9aa }', '--surface'],
    ['the accent of its own', ':root { --accent: #aaa }', '--accent'],
    ['a layer', '@layer mine { html { --quiet: #888 } }', '--quiet'],
    ['a state on its own tint', ':root { --good: light-dark(#2e9d6a, #63c794) }', '--good'],
  ])('is refused with %s', (_, css, field) => {
    const read = readTheme(bytes(css), '#1f6f5c');
    const fields = 'problems' in read ? read.problems.map((problem) => problem.field) : [];
    expect(fields).toContain(field);
  });
});
