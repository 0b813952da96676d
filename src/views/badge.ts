import type { Component } from '../domain/component.ts';
import { currentComponents, type Site } from '../domain/site.ts';
import { escapeHtml, xmlSafe } from './escape.ts';
import { headline } from './headline.ts';
import { statusesNow } from './lookup.ts';
import { textWidth } from './text-width.ts';
import { componentTones, type Tone } from './tone.ts';
import { toneColours, toneShapes } from './tone-looks.ts';
import { componentStatusWords } from './words.ts';
import { type StaticPath, viewedPath } from './static-paths.ts';

/** A small picture of a state, to show elsewhere: whose state, and which. */
export type Badge = { readonly label: string; readonly state: string; readonly tone: Tone };

/** The state of the site, in the words of its index. */
export function siteBadge(site: Site): Badge {
  const { headline: state, tone } = headline(site);
  return { label: `${site.settings.name} status`, state, tone };
}

export function componentBadge(site: Site, { id, name }: Component): Badge {
  const status = statusesNow(site).get(id) ?? 'operational';
  return { label: name, state: componentStatusWords[status], tone: componentTones[status] };
}

/** Background and text, light, then dark. */
export const labelColours = [
  { background: '#ebe8e2', text: '#1d2327' },
  { background: '#2b3137', text: '#e8eaec' },
] as const;
export const stateText = ['#ffffff', '#14171a'] as const;

const height = 20;
const size = 11;
const padding = 8;
const shape = 12;
const corner = 4;

/** A badge as an SVG file. `textLength` keeps the text in its part whatever font the reader has. */
export function badgeSvg(badge: Badge): string {
  const [label, state] = [badge.label, badge.state].map((text) => escapeHtml(xmlSafe(text))) as [string, string];
  const [labelWidth, stateWidth] = [textWidth(badge.label, size), textWidth(badge.state, size)];
  const middle = padding + labelWidth + padding;
  const stateFrom = middle + padding - 1 + shape + 5;
  const width = stateFrom + stateWidth + padding;
  const [light, dark] = toneColours[badge.tone];
  const colours = (scheme: 0 | 1, tone: string): string =>
    `.hp-a{fill:${labelColours[scheme].background}}.hp-b{fill:${labelColours[scheme].text}}.hp-c{fill:${tone}}.hp-d{fill:${stateText[scheme]}}`;
  const text = (kind: string, from: number, length: number, words: string): string =>
    `<text class="${kind}" x="${from}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${words}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}: ${state}">`,
    `<title>${label}: ${state}</title>`,
    `<style>${colours(0, light)}@media (prefers-color-scheme:dark){${colours(1, dark)}}</style>`,
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

/** The badge of each component that is shown. */
export function componentBadgePaths(site: Site): StaticPath<{ id: string }, { view: Badge }>[] {
  return currentComponents(site).map((component) => viewedPath({ id: component.id }, componentBadge(site, component)));
}
