import { createRequire } from 'node:module';
import {
  type AtRule,
  type Container,
  CssSyntaxError,
  type Declaration,
  type Document,
  parse,
  type Root,
} from 'postcss';
import {
  accentColors,
  type ColorToken,
  colorTokens,
  type Ground,
  grounds,
  minimumContrast,
  mix,
  readableOn,
  type Scheme,
  schemes,
  shownContrast,
  textTokens,
  toHex,
  worstGround,
} from '../domain/colors.ts';
import type { Theme } from '../domain/settings.ts';
import { quote, suggest } from '../schema/text.ts';
import { decode, fileProblem, kibibyte, type Place, type Problem, problemLine, type SourceFile } from './problem.ts';

export const themePath = 'theme.css';

/** Every page includes the theme. */
const mostBytes = 16 * kibibyte;

/** Only loaded for content with a theme, because it's a native library. */
const lightning = () => createRequire(import.meta.url)('lightningcss') as typeof import('lightningcss');

const placeOf = ({ source }: { source?: Declaration['source'] | undefined }): Place => ({
  line: source?.start?.line ?? 1,
  column: source?.start?.column ?? 1,
});

const problem = (message: string, place?: Place): Problem => fileProblem(themePath, message, place);

/** Returns the theme as one line for a style element, or what's wrong with it. */
function minified(css: string): string | Problem[] {
  const { code, warnings } = lightning().transform({
    filename: themePath,
    code: Buffer.from(css),
    minify: true,
    errorRecovery: true,
  });
  // Further errors are often only caused by the first one.
  const [first] = warnings;
  if (first !== undefined) return [problem(`is not valid CSS: ${first.message}. Correct or delete it`, first.loc)];
  // This only occurs in strings and comments, where a backslash changes nothing.
  return Buffer.from(code)
    .toString()
    .replaceAll('</', String.raw`<\/`);
}

/** Reports what pages can't or must not load. */
function loadingProblems(root: Root): Problem[] {
  const problems: Problem[] = [];
  root.walkAtRules('import', (rule) => {
    problems.push(problem('has @import, which pages do not load. Copy the rules into theme.css', placeOf(rule)));
  });
  root.walkDecls((declaration) => {
    for (const [, given = ''] of declaration.value.matchAll(/\burl\(\s*["']?([^"')]*)/gi)) {
      if (/^(?:data:|#|\/(?!\/))/i.test(given.trim())) continue;
      const message = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(given)
        ? `loads ${quote(given)} from another host, which the Content-Security-Policy blocks. Put the file into public/ and write url(/name), or embed it with data:`
        : `has url(${given}), which means something else on each page. Put the file into public/ and write url(/${given.replace(/^[./]+/, '')})`;
      problems.push({ ...problem(message, placeOf(declaration)), field: declaration.prop });
    }
  });
  return problems;
}

/** Returns the color schemes that a declaration in `:root` applies to; none for declarations elsewhere. */
function schemesOf({ parent }: Declaration): readonly Scheme[] {
  if (parent?.type !== 'rule' || !('selectors' in parent)) return [];
  if (!parent.selectors.some((selector: string) => /^(?::root|html)$/.test(selector))) return [];
  let found: readonly Scheme[] = schemes;
  for (let above: Container | Document | undefined = parent.parent; above !== undefined; above = above.parent) {
    if (above.type !== 'atrule') continue;
    const { name, params } = above as unknown as AtRule;
    if (name !== 'media') continue;
    const [, scheme] = /^\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)$/.exec(params.trim()) ?? [];
    found = found.filter((one) => one === scheme);
  }
  return found;
}

/** Returns the last declaration of each `:root` property that applies in a scheme. */
function rootProperties(root: Root, scheme: Scheme): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  root.walkDecls((declaration) => {
    if (schemesOf(declaration).includes(scheme)) found.set(declaration.prop, declaration);
  });
  return found;
}

/** Splits the arguments of a function at its top-level commas. */
function argumentsOf(text: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const sign of text) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (sign === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${sign}`);
  }
  return parts.map((part) => part.trim());
}

/** The maximum depth of references between variables. */
const deepest = 10;

/** Replaces variables and `light-dark()` in a value by what they resolve to in a scheme. */
function resolved(value: string, valueOf: (name: string) => string | undefined, scheme: Scheme, depth = 0): string {
  const inner = /(?<![\w-])(light-dark|var)\(/i.exec(value);
  if (inner === null || depth > deepest) return value;
  let [open, end] = [1, inner.index + inner[0].length];
  for (; end < value.length && open > 0; end += 1) open += value[end] === '(' ? 1 : value[end] === ')' ? -1 : 0;
  const [first = '', ...others] = argumentsOf(value.slice(inner.index + inner[0].length, end - 1));
  const chosen = scheme === 'light' ? first : (others[0] ?? '');
  const meant = inner[1]?.toLowerCase() === 'var' ? (valueOf(first) ?? others.join(', ')) : chosen;
  return resolved(`${value.slice(0, inner.index)}${meant}${value.slice(end)}`, valueOf, scheme, depth + 1);
}

/** Returns any color as `#rrggbb`, composited over `ground` if it's transparent; null for anything else. */
function hexOf(value: string, ground: string): string | null {
  const { transform } = lightning();
  const lowered = (code: string): string =>
    // Targets a browser that only supported sRGB.
    Buffer.from(transform({ filename: '', code: Buffer.from(code), targets: { chrome: 80 << 16 } }).code).toString();
  let found: string | null = null;
  let isColor = false;
  try {
    transform({
      filename: '',
      code: Buffer.from(lowered(`a{color:${value}}`)),
      visitor: {
        Declaration: ({ property }) => void (isColor = property === 'color'),
        Color: (color) => {
          if (found !== null || typeof color === 'string' || color.type !== 'rgb') return;
          const { r, g, b, alpha } = color;
          found = mix(toHex([r, g, b]), alpha, ground);
        },
      },
    });
  } catch {
    return null;
  }
  return isColor ? found : null;
}

/** Whether a property accepts a value. For values with variables, only the browser can tell. */
function isValueOf(property: string, value: string): boolean {
  // Lightning CSS treats plain numbers as pixels, but browsers ignore them.
  if (property !== 'font-family' && Number(value) > 0) return false;
  let isKnown = false;
  lightning().transform({
    filename: '',
    code: Buffer.from(`a{${property}:${value}}`),
    errorRecovery: true,
    visitor: { Declaration: (declaration) => void (isKnown = declaration.property === property) },
  });
  return isKnown;
}

/** The tokens in src/styles/tokens.css that aren't colors, by the property that accepts their values. */
export const otherTokens = {
  'font-family': ['font', 'mono'],
  'font-size': ['small', 'medium', 'large', 'huge'],
  width: ['space-1', 'space-2', 'space-3', 'space-4', 'space-5', 'space-6', 'radius', 'gutter', 'page', 'measure'],
} as const;

const propertyOf: ReadonlyMap<string, string> = new Map(
  Object.entries(otherTokens).flatMap(([property, names]) => names.map((name) => [`--${name}`, property] as const)),
);

const tokens = [...Object.keys(colorTokens), 'accent', ...Object.values(otherTokens).flat()];

/** Detects a missing semicolon: returns the name of the next property, unless it's in a string or in parentheses. */
function nextProperty(value: string): string | undefined {
  let outside = value.replaceAll(/"[^"]*"|'[^']*'/g, '');
  for (let before = ''; before !== outside;) [before, outside] = [outside, outside.replaceAll(/\([^()]*\)/g, '')];
  return /\s(-{0,2}[a-z][\w-]*)\s*:/i.exec(outside)?.[1];
}

/** Reports valid CSS that probably isn't intended. Browsers accept custom properties with any name and value. */
function mistakes(root: Root): Problem[] {
  const problems: Problem[] = [];
  const css = root.toString().replaceAll(/\(\s+/g, '(');
  root.walkDecls((declaration) => {
    const { prop, value } = declaration;
    if (!prop.startsWith('--')) return;
    const add = (message: string) => problems.push({ ...problem(message, placeOf(declaration)), field: prop });
    const next = nextProperty(value);
    const property = propertyOf.get(prop);
    const near = tokens.includes(prop.slice(2)) || css.includes(`var(${prop}`) ? null : suggest(prop.slice(2), tokens);
    if (next !== undefined) add(`has no semicolon at its end, so ${next} is part of it. Write ; after the value`);
    else if (near !== null) add(`is not a token, and nothing in theme.css uses it. Did you mean --${near}?`);
    else if (property !== undefined && !/\b(?:var|env)\(/i.test(value) && !isValueOf(property, value))
      add(
        `${quote(value.trim())} is not a value of ${property}. Write it like ${property === 'font-family' ? 'Inter, sans-serif' : '1.5rem'}`,
      );
  });
  return problems;
}

const nameOf = ({ on, tint }: Ground): string => (tint === null ? `--${on}` : `--${on} with a tint of --${tint}`);

type Colors = { readonly problems: readonly Problem[]; readonly surface: string };

/**
 * Checks the colors of a scheme: reports unreadable text and values that aren't colors. A theme can restrict itself
 * to one scheme.
 */
function colorsOf(root: Root, scheme: Scheme, accent: string | null): Colors {
  const declared = rootProperties(root, scheme);
  const only = declared.get('color-scheme')?.value;
  if (only !== undefined && schemes.includes(only as Scheme) && only !== scheme)
    return colorsOf(root, only as Scheme, accent);
  const problems: Problem[] = [];
  const index = scheme === 'light' ? 0 : 1;
  const standard: ReadonlyMap<string, string> = new Map([
    ...Object.entries(colorTokens).map(([token, pair]) => [`--${token}`, pair[index]] as const),
    ['--link', `var(--accent, ${colorTokens.link[index]})`],
    ...(accent === null ? [] : ([['--accent', accentColors(accent)[index]]] as const)),
  ]);
  const valueOf = (name: string): string | undefined => declared.get(name)?.value ?? standard.get(name);
  const colors = new Map<ColorToken, string>();
  const canvas = index === 0 ? '#ffffff' : '#000000';
  for (const token of Object.keys(colorTokens) as ColorToken[]) {
    const ground = colors.get('surface') ?? colors.get('background') ?? canvas;
    const declaration = declared.get(`--${token}`);
    const value = resolved(valueOf(`--${token}`) ?? '', valueOf, scheme);
    const color = hexOf(value, ground);
    // May use a function that only browsers can evaluate, such as env().
    if (color === null && declaration !== undefined && !value.includes('('))
      problems.push({
        ...problem(`${quote(declaration.value.trim())} is not a color. Write it like #1d2327`, placeOf(declaration)),
        field: declaration.prop,
      });
    colors.set(token, color ?? colorTokens[token][index]);
  }
  const colorOf = (token: ColorToken): string => colors.get(token) ?? canvas;
  const all = grounds(colorOf);
  const tooFaint = textTokens.flatMap((token) => {
    const color = colorOf(token);
    const worst = worstGround(color, all);
    const causes = [token, ...(token === 'link' ? ['accent'] : []), worst.on, worst.tint];
    const at = causes.map((name) => declared.get(`--${name}`)).find((declaration) => declaration !== undefined);
    // Halfpast's own tests check the colors that the theme doesn't set.
    return worst.contrast >= minimumContrast || at === undefined ? [] : [{ token, color, worst, at }];
  });
  // One problem per declaration, no matter how many colors it makes unreadable.
  const faults = Map.groupBy(tooFaint, ({ at }) => at);
  for (const [at, [first, ...others]] of faults) {
    if (first === undefined) continue;
    const { token, color, worst } = first;
    const fault = `${color} has a contrast of ${shownContrast(worst.contrast)} on ${nameOf(worst)}, ${worst.color}`;
    const better = readableOn(all, color);
    const isOwn = at.prop === `--${token}` && others.length === 0;
    const names = `--${token}${others.length === 0 ? '' : ` and ${others.length} more`}`;
    const advice =
      others.length > 0 || better === color
        ? `Use a different --${worst.on}${isOwn ? '' : `, or set ${names}, too`}`
        : `Set --${token} to ${better}`;
    const message = isOwn
      ? `${fault} in the ${scheme} theme, and text needs ${minimumContrast}. ${advice}`
      : `makes ${names} hard to read in the ${scheme} theme: ${fault}, and text needs ${minimumContrast}. ${advice}`;
    problems.push({ ...problem(message, placeOf(at)), field: at.prop });
  }
  return { problems, surface: colorOf('surface') };
}

/** Whether a theme replaces the color of links on light pages. */
function hasOwnLinks(root: Root): boolean {
  const declared = rootProperties(root, 'light');
  if (declared.get('color-scheme')?.value === 'dark' || declared.has('--accent')) return true;
  const link = declared.get('--link')?.value;
  return link !== undefined && !link.includes('--accent');
}

/** Reads `theme.css`. Returns the CSS that every page includes, or what's wrong with it. */
export function readTheme(
  source: SourceFile,
  accent: string | null,
): Theme | { readonly problems: readonly Problem[] } {
  const size = source.tooLarge ?? source.bytes.length;
  if (size > mostBytes) {
    const message = `is ${size} bytes, and every page includes it. Shorten it to at most ${mostBytes}, or put large parts into a file in public/`;
    return { problems: [problem(message)] };
  }
  const text = decode(source);
  if (typeof text !== 'string') return { problems: [text] };
  let root: Root;
  try {
    root = parse(text);
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error;
    const { reason, line = 1, column = 1 } = error;
    return { problems: [problem(`is not valid CSS: ${reason}. Correct or delete it`, { line, column })] };
  }
  const css = minified(text);
  if (typeof css !== 'string') return { problems: css };
  const mistaken = mistakes(root);
  if (mistaken.length > 0) return { problems: mistaken };
  const [light, dark] = [colorsOf(root, 'light', accent), colorsOf(root, 'dark', accent)];
  const found = [...loadingProblems(root), ...light.problems, ...dark.problems];
  // Report problems that both schemes share only once.
  const problems = new Map(found.map((one) => [problemLine(one, ''), one]));
  return problems.size > 0
    ? { problems: [...problems.values()] }
    : { css, surface: [light.surface, dark.surface], ownLinks: hasOwnLinks(root) };
}
