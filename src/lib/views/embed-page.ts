import { colorTokens } from '../domain/colors.ts';
import { type Incident, latestUpdate } from '../domain/incident.ts';
import { currentComponents, openIncidents, type Site } from '../domain/site.ts';
import type { Component } from '../domain/vocabulary.ts';
import { escapeHtml, xmlSafe } from '../markdown.ts';
import { excerpt, plainText } from '../plain-text.ts';
import { isolated, isolates } from '../words/direction.ts';
import { wordsFor } from '../words/words.ts';
import { frame } from './frame.ts';
import { viewedPath } from './static-paths.ts';
import { time } from './time.ts';
import { componentTones, headline, incidentTone, type Tone, toneShapes } from './tone.ts';
import { bodyHtml, statusNow } from './lookup.ts';
import { absolute, paths } from './paths.ts';

/** Character widths in Verdana and compatible fonts (DejaVu Sans, Bitstream Vera), in hundredths of the font size. */
const widths: readonly (readonly [width: number, characters: string])[] = [
  [29, "ijlłIJ'"],
  [34, ' .,:;/\\|·‘’'],
  [40, '!()[]-ft'],
  [42, 'r'],
  [52, '"*?sz`–“”'],
  [56, 'cL'],
  [60, 'FPkvxy'],
  [64, '$0123456789abdeghnopqußđøESTY_{}'],
  [70, 'ABCKRVXZ'],
  [79, '&DGHNOQU'],
  [86, '#+<=>Mw~^'],
  [100, '%@Wmæœ—…'],
];

const knownWidths: ReadonlyMap<string, number> = new Map(
  widths.flatMap(([width, characters]) => [...characters].map((character) => [character, width])),
);

/** Wide enough for any letter in any script. Arabic letters are narrower, so this would stretch them. */
const unknownWidth = (character: string): number => (/\p{sc=Arab}/u.test(character) ? 62 : 110);

const isolateMarks = new RegExp(`[${isolates.first}${isolates.last}]`, 'g');
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Returns the width of a text in the same unit as the font size, rounded up. Accents and isolates have no width, and
 * unknown characters count as wide.
 */
export function textWidth(text: string, size: number): number {
  const total = Array.from(
    graphemes.segment(text.replaceAll(isolateMarks, '')),
    ({ segment }) => knownWidths.get([...segment.normalize('NFD')][0] ?? '') ?? unknownWidth(segment),
  );
  return Math.ceil((total.reduce((sum, width) => sum + width, 0) * size) / 100);
}

type Badge = { readonly label: string; readonly state: string; readonly tone: Tone };

export function siteBadge(site: Site): Badge {
  const { headline: state, tone } = headline(site);
  return { label: wordsFor(site.settings).badge.site(site.settings.name), state, tone };
}

export function componentBadge(site: Site, { id, name }: Component): Badge {
  const status = statusNow(site, id);
  return {
    label: isolated(name, wordsFor(site.settings).direction),
    state: wordsFor(site.settings).componentStatus[status],
    tone: componentTones[status],
  };
}

/** Background and text colors: light, then dark. */
export const labelColors = [
  { background: '#ebe8e2', text: '#1d2327' },
  { background: '#2b3137', text: '#e8eaec' },
] as const;
export const stateText = ['#ffffff', '#14171a'] as const;

const height = 20;
const size = 11;
const padding = 8;
const shape = 12;
const corner = 4;

/** `textLength` makes the text fit its half of the badge in any font. */
export function badgeSvg(badge: Badge): string {
  const [label, state] = [badge.label, badge.state].map((text) => escapeHtml(xmlSafe(text))) as [string, string];
  const [labelWidth, stateWidth] = [textWidth(badge.label, size), textWidth(badge.state, size)];
  const middle = padding + labelWidth + padding;
  const stateFrom = middle + padding - 1 + shape + 5;
  const width = stateFrom + stateWidth + padding;
  const [light, dark] = colorTokens[badge.tone];
  const colors = (scheme: 0 | 1, tone: string): string =>
    `.hp-a{fill:${labelColors[scheme].background}}.hp-b{fill:${labelColors[scheme].text}}.hp-c{fill:${tone}}.hp-d{fill:${stateText[scheme]}}`;
  const text = (kind: string, from: number, length: number, words: string): string =>
    `<text class="${kind}" x="${from}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${words}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}: ${state}">`,
    `<title>${label}: ${state}</title>`,
    `<style>${colors(0, light)}@media (prefers-color-scheme:dark){${colors(1, dark)}}</style>`,
    `<path class="hp-a" d="M${corner} 0H${middle}V${height}H${corner}a${corner} ${corner} 0 0 1-${corner}-${corner}V${corner}a${corner} ${corner} 0 0 1 ${corner}-${corner}z"/>`,
    `<path class="hp-c" d="M${middle} 0H${width - corner}a${corner} ${corner} 0 0 1 ${corner} ${corner}V${height - corner}a${corner} ${corner} 0 0 1-${corner} ${corner}H${middle}z"/>`,
    `<path class="hp-d" fill-rule="evenodd" transform="translate(${middle + padding - 1} ${(height - shape) / 2}) scale(${shape / 20})" d="${toneShapes[badge.tone]}"/>`,
    `<g font-family="Verdana,'DejaVu Sans','Bitstream Vera Sans',Geneva,sans-serif" font-size="${size}">`,
    text('hp-b', padding, labelWidth, label),
    text('hp-d', stateFrom, stateWidth, state),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The badges of all current components. */
export function componentBadgePaths(site: Site) {
  return currentComponents(site).map((component) => viewedPath({ id: component.id }, componentBadge(site, component)));
}

/** An open incident, with the start of its newest update. */
function embeddedIncident(site: Site, incident: Incident) {
  const { slug, title } = incident;
  const { record } = latestUpdate(incident);
  const page = paths.incident(slug);
  return {
    title,
    href: absolute(site.settings, page),
    tone: incidentTone(incident),
    status: wordsFor(site.settings).incidentStatus[record.status],
    time: time(record.at, site.settings),
    excerpt: excerpt(plainText(bodyHtml(site, page, record))),
  };
}

/** The page for embedding in other sites. */
export function embedPage(site: Site) {
  const { settings } = site;
  const words = wordsFor(settings);
  const banner = headline(site);
  return {
    frame: frame(site, {
      title: words.embed.title,
      tone: banner.tone,
      description: words.embed.description(settings.name),
      path: paths.embed,
    }),
    banner,
    home: absolute(settings, paths.home),
    incidents: openIncidents(site).map((incident) => embeddedIncident(site, incident)),
  };
}
