/** What a colour of the reader's theme must stand out from, and how it is moved until it does. */
type Theme = { readonly worst: string; readonly towards: number };

/**
 * The surface of each theme from which a colour stands out least: the banner, tinted with the tone that
 * makes it darkest in the light theme and brightest in the dark one (styles/states.css, styles/tokens.css).
 */
const themes: readonly [light: Theme, dark: Theme] = [
  { worst: '#f9edee', towards: 0 },
  { worst: '#2d2d28', towards: 255 },
];

/** WCAG 2.2, success criterion 1.4.3: text of normal size. */
const enough = 4.5;

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** WCAG 2.2: relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2: the contrast of two colours, each `#rrggbb`, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [bright = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (bright + 0.05) / (dark + 0.05);
}

function mixed(colour: string, towards: number, share: number): string {
  const parts = channels(colour).map((channel) => Math.round(channel + (towards - channel) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour itself if it can be read in the theme; else the nearest that can, towards black or white. */
function readableIn({ worst, towards }: Theme, colour: string): string {
  for (let percent = 0; percent < 100; percent += 1) {
    const candidate = mixed(colour, towards, percent / 100);
    if (contrast(candidate, worst) >= enough) return candidate;
  }
  return mixed(colour, towards, 1);
}

/** An accent, `#rrggbb`, as CSS: in each theme a colour in which links can be read. */
export function accentCss(accent: string): string {
  return `light-dark(${themes.map((theme) => readableIn(theme, accent)).join(',')})`;
}

/**
 * One line if an accent had to be changed in the light theme, for which people choose it; null if not.
 * That it is another in the dark one goes without saying: hardly a colour can be read in both.
 */
export function accentNote(accent: string): string | null {
  const [light] = themes;
  const shown = readableIn(light, accent);
  if (shown === accent) return null;
  const found = (Math.floor(contrast(accent, light.worst) * 10) / 10).toFixed(1);
  return `accent: ${accent} has a contrast of ${found} on a light page, and links need ${enough}; ${shown} is shown instead`;
}
