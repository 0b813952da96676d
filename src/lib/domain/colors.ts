/** The colors in styles/tokens.css (light, then dark), for contrast checks and for output without a stylesheet. */
export const colorTokens = {
  background: ['#fafafa', '#0d0f12'],
  surface: ['#ffffff', '#14171b'],
  text: ['#15181c', '#eceff3'],
  quiet: ['#565e68', '#9ba4af'],
  line: ['#e4e6ea', '#262b32'],
  link: ['#17517e', '#8cc4f2'],
  good: ['#0c7049', '#3fc892'],
  maintenance: ['#1f57c3', '#84afff'],
  degraded: ['#815400', '#e9b949'],
  partial: ['#a8440a', '#f79a64'],
  major: ['#bd1c38', '#ff7d90'],
  unknown: ['#565e68', '#9ba4af'],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>;

export type ColorToken = keyof typeof colorTokens;

export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

/** The colors for states. */
export const toneTokens = ['good', 'maintenance', 'degraded', 'partial', 'major', 'unknown'] as const;

/** The colors for text. Each is readable on all backgrounds. */
export const textTokens = ['text', 'quiet', 'link', ...toneTokens] as const;

/** WCAG 2.2, success criterion 1.4.3, for text of normal size. */
export const minimumContrast = 4.5;

const channels = (color: string): number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

export const toHex = (parts: readonly number[]): string =>
  `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** WCAG 2.2: relative luminance of `#rrggbb`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2: the contrast of two colors, each `#rrggbb`, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [bright = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (bright + 0.05) / (dark + 0.05);
}

/** Formats a contrast for messages. Rounds down, so that a failure never looks like a pass. */
export const shownContrast = (value: number): string => (Math.floor(value * 10) / 10).toFixed(1);

/** Same as `color-mix(in srgb, color share, other)`. */
export function mix(color: string, share: number, other: string): string {
  const others = channels(other);
  return toHex(channels(color).map((channel, index) => channel * share + (others[index] ?? 0) * (1 - share)));
}

/** A background for text: a token, alone or tinted with a state's color. */
export type Ground = {
  readonly color: string;
  readonly on: 'background' | 'surface';
  readonly tint: ColorToken | null;
};

/** How strongly the banner and the facts of an incident are tinted with the state's color (styles/states.css). */
const bannerTint = 0.1;

/** Returns all backgrounds for text. */
export function grounds(colorOf: (token: ColorToken) => string): Ground[] {
  const surface = colorOf('surface');
  return [
    { color: colorOf('background'), on: 'background', tint: null },
    { color: surface, on: 'surface', tint: null },
    ...toneTokens.map((tint): Ground => ({ color: mix(colorOf(tint), bannerTint, surface), on: 'surface', tint })),
  ];
}

/** Returns the background with the lowest contrast to a color. */
export function worstGround(color: string, all: readonly Ground[]): Ground & { readonly contrast: number } {
  const measured = all.map((ground) => ({ ...ground, contrast: contrast(color, ground.color) }));
  const [first, ...others] = measured;
  if (first === undefined) throw new Error('no ground');
  return others.reduce((worst, next) => (next.contrast < worst.contrast ? next : worst), first);
}

/**
 * Returns the color itself if it's readable on all backgrounds, or else the closest readable one in the direction of
 * black or white.
 */
export function readableOn(all: readonly Ground[], color: string): string {
  for (let percent = 0; percent <= 100; percent += 1) {
    for (const end of ['#000000', '#ffffff']) {
      const candidate = mix(end, percent / 100, color);
      if (all.every((ground) => contrast(candidate, ground.color) >= minimumContrast)) return candidate;
    }
  }
  // No color is readable on both very light and very dark backgrounds.
  return color;
}

const groundsOf = (scheme: Scheme): Ground[] => grounds((token) => colorTokens[token][scheme === 'light' ? 0 : 1]);

/** Returns readable link colors for each theme, based on an accent (`#rrggbb`). */
export function accentColors(accent: string): readonly [light: string, dark: string] {
  return [readableOn(groundsOf('light'), accent), readableOn(groundsOf('dark'), accent)];
}

/**
 * Returns a note if the accent isn't readable in the light theme, for which people choose it; null if it is. Hardly
 * any color is readable in both themes, so the dark theme isn't worth a note.
 */
export function accentNote(accent: string): string | null {
  const [shown] = accentColors(accent);
  if (shown === accent) return null;
  const found = shownContrast(worstGround(accent, groundsOf('light')).contrast);
  return `accent: ${accent} has a contrast of ${found} on a light page, and links need ${minimumContrast}; ${shown} is shown instead`;
}
