import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accentCss, accentNote, contrast } from '../../src/lib/views/frame.ts';

const styles = join(import.meta.dirname, '../../src/styles');
const tokens = readFileSync(join(styles, 'tokens.css'), 'utf8');

/** A token that has a color for each theme. */
function colors(name: string): [light: string, dark: string] {
  const found = new RegExp(`--${name}:.*?light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens);
  if (found?.[1] === undefined || found[2] === undefined) throw new Error(`--${name} is not in tokens.css`);
  return [found[1], found[2]];
}

const tones = ['good', 'maintenance', 'degraded', 'partial', 'major', 'unknown'];
const texts = ['text', 'quiet', 'link', ...tones];
const schemes = ['light', 'dark'] as const;

/** As `color-mix(in srgb, tone 8%, surface)` of the banner. */
function tint(tone: string, surface: string): string {
  const channel = (color: string, at: number): number => Number.parseInt(color.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) =>
      Math.round(channel(tone, at) * 0.08 + channel(surface, at) * 0.92)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** Everything that text stands on in a theme. */
function grounds(theme: 0 | 1): string[] {
  const surface = colors('surface')[theme];
  return [colors('background')[theme], surface, ...tones.map((tone) => tint(colors(tone)[theme], surface))];
}

describe.each(schemes)('in the %s theme', (scheme) => {
  const theme = scheme === 'light' ? 0 : 1;

  it('every color of text has a contrast of 4.5 on every ground', () => {
    for (const text of texts) {
      for (const ground of grounds(theme))
        expect(contrast(colors(text)[theme], ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['#00aa77', '#ffff00', '#000000', '#ffffff', '#1f6f5c', '#777777', '#ff00ff'])(
    'links in the accent %s can be read on every ground',
    (accent) => {
      const shown = accentCss(accent).match(/#[0-9a-f]{6}/g)?.[theme] ?? '';
      for (const ground of grounds(theme))
        expect(contrast(shown, ground), `${shown} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    },
  );
});

describe('an accent', () => {
  it('that can be read is left as it is, and nothing is said of it', () => {
    expect(accentCss('#1f6f5c')).toMatch(/^light-dark\(#1f6f5c,#[0-9a-f]{6}\)$/);
    expect(accentNote('#1f6f5c')).toBeNull();
  });

  it('that cannot is moved as little as it needs, and said', () => {
    const note = accentNote('#00aa77') ?? '';
    expect(note).toMatch(
      /^accent: #00aa77 has a contrast of 2\.\d on a light page, and links need 4\.5; #[0-9a-f]{6} is shown instead$/,
    );
    const shown = /; (#[0-9a-f]{6})/.exec(note)?.[1] ?? '';
    expect(contrast(shown, '#f9edee')).toBeLessThan(4.7);
  });
});

describe('the styles', () => {
  it('name colors in one file alone', () => {
    const others = readdirSync(styles).filter((name) => !['tokens.css', 'feed.css'].includes(name));
    for (const name of others)
      expect(readFileSync(join(styles, name), 'utf8').match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/g), name).toBeNull();
  });
});
