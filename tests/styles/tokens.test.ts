import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  accentColors,
  accentNote,
  colorTokens,
  contrast,
  grounds,
  schemes,
  textTokens,
} from '../../src/lib/domain/colors.ts';

const styles = join(import.meta.dirname, '../../src/styles');

it('colors outside the stylesheet match it', () => {
  const tokens = readFileSync(join(styles, 'tokens.css'), 'utf8');
  const found = [...tokens.matchAll(/--([\w-]+):[^;]*?light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
  expect(Object.fromEntries(found.map(([, name, light, dark]) => [name, [light, dark]]))).toEqual(colorTokens);
});

describe.each(schemes)('in the %s theme', (scheme) => {
  const theme = scheme === 'light' ? 0 : 1;
  const all = grounds((token) => colorTokens[token][theme]);

  it('every text color has a contrast of 4.5 on every background', () => {
    for (const text of textTokens) {
      for (const { color } of all)
        expect(contrast(colorTokens[text][theme], color), `${text} on ${color}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['#00aa77', '#ffff00', '#000000', '#ffffff', '#1f6f5c', '#777777', '#ff00ff'])(
    'links in the accent %s are readable on every background',
    (accent) => {
      const shown = accentColors(accent)[theme];
      for (const { color } of all) expect(contrast(shown, color), `${shown} on ${color}`).toBeGreaterThanOrEqual(4.5);
    },
  );
});

describe('an accent', () => {
  it("that's readable stays as it is, without a warning", () => {
    expect(accentColors('#1f6f5c')[0]).toBe('#1f6f5c');
    expect(accentNote('#1f6f5c')).toBeNull();
  });

  it("that isn't readable is changed as little as necessary, with a warning", () => {
    const note = accentNote('#00aa77') ?? '';
    expect(note).toMatch(
      /^accent: #00aa77 has a contrast of 2\.\d on a light page, and links need 4\.5; #[0-9a-f]{6} is shown instead$/,
    );
    const shown = /; (#[0-9a-f]{6})/.exec(note)?.[1] ?? '';
    const measured = grounds((token) => colorTokens[token][0]).map(({ color }) => contrast(shown, color));
    expect(Math.min(...measured)).toBeLessThan(4.7);
  });
});

describe('the styles', () => {
  it('name colors in only one file', () => {
    const others = readdirSync(styles).filter((name) => !['tokens.css', 'feed.css'].includes(name));
    for (const name of others)
      expect(readFileSync(join(styles, name), 'utf8').match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/g), name).toBeNull();
  });
});
