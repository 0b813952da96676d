import { colorTokens, mix } from '../domain/colors.ts';
import { type Incident, latestUpdate } from '../domain/incident.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { indicators, openIncidents, type SiteCondition, siteState, type Site } from '../domain/site.ts';
import { isolates } from '../words/direction.ts';
import { wordsFor } from '../words/words.ts';
import { incidentImage } from './lookup.ts';
import { paths } from './paths.ts';
import { viewedPath } from './static-paths.ts';
import { date, time } from './time.ts';
import { headline, impactTones, indicatorTones, type Tone, toneShapes } from './tone.ts';

/** The preview image for links that chats and social networks show. */
export type SharedImageView = {
  readonly site: string;
  readonly tone: Tone;
  readonly state: string;
  readonly title: string;
  readonly time: string;
};

/** The size that networks crop least, in pixels. */
const imageSize = { width: 1200, height: 630 } as const;

function incidentView(site: Site, incident: Incident): SharedImageView {
  const { settings } = site;
  const words = wordsFor(settings);
  const { record } = latestUpdate(incident);
  return {
    site: words.frame.siteName(settings.name),
    tone: record.status === 'resolved' ? 'good' : impactTones[incident.impact],
    state: words.incidentStatus[record.status],
    title: incident.title,
    time: time(record.at, settings).text,
  };
}

function postmortemView({ settings }: Site, { title, published }: Postmortem): SharedImageView {
  const words = wordsFor(settings);
  return {
    site: words.frame.siteName(settings.name),
    tone: 'unknown',
    state: words.frame.postmortems,
    title,
    time: date(published, settings).text,
  };
}

/** Returns the index's preview image: the state of the components, or a worse incident; null for neither. */
export function stateImage(site: Site): string | null {
  const words = wordsFor(site.settings).headline;
  const shown = headline(site).headline;
  const { condition } = siteState(site);
  const named = ([condition, 'under_maintenance'] as const).find((one) => words[one] === shown);
  if (named !== undefined) return paths.stateImage(named);
  const [worst] = openIncidents(site);
  return worst === undefined ? null : paths.incidentImage(worst.slug);
}

/** All preview images. Each is only redrawn if its content has changed. */
export function sharedImagePaths(site: Site) {
  const { settings } = site;
  const words = wordsFor(settings);
  const path = (address: string, view: SharedImageView) =>
    viewedPath({ image: address.replace(/^\/share\/|\.png$/g, '') }, view);
  return [
    ...(Object.keys(indicators) as SiteCondition[]).map((condition) =>
      path(paths.stateImage(condition), {
        site: words.frame.siteName(settings.name),
        tone: indicatorTones[indicators[condition]],
        state: '',
        title: words.headline[condition],
        time: new URL(settings.url).host,
      }),
    ),
    ...site.incidents.flatMap((incident) => {
      const address = incidentImage(site, incident);
      return address === null ? [] : [path(address, incidentView(site, incident))];
    }),
    ...site.postmortems.map((post) => path(paths.postmortemImage(post.slug), postmortemView(site, post))),
  ];
}

/** The glyph outlines of a font. `unitsPerEm` units are the font size. Null for characters that the font lacks. */
export type Outlines = {
  readonly unitsPerEm: number;
  readonly glyph: (character: string) => { readonly path: string; readonly advance: number } | null;
};

type Line = { readonly svg: string; readonly width: number };

/** Returns a line of text as paths; null if the font lacks a character. */
function lineOf(text: string, size: number, { unitsPerEm, glyph }: Outlines): Line | null {
  let [svg, at] = ['', 0];
  for (const character of text) {
    const found = glyph(character);
    if (found === null) return null;
    if (found.path !== '') svg += `<path transform="translate(${at})" d="${found.path}"/>`;
    at += found.advance;
  }
  const scale = size / unitsPerEm;
  return { svg: `<g transform="scale(${scale} ${-scale})">${svg}</g>`, width: at * scale };
}

const marks = new RegExp(`[${isolates.first}${isolates.last}]`, 'g');

/**
 * Wraps a text to lines of at most `width` pixels, with an ellipsis if `most` lines aren't enough. Returns an empty
 * array if glyphs are missing.
 */
function wrapped(text: string, size: number, width: number, most: number, font: Outlines): Line[] {
  const words = text
    .normalize('NFC')
    .replaceAll(marks, '')
    .split(/\s+/u)
    .filter((word) => word !== '');
  const lines: Line[] = [];
  let line = '';
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    const drawn = lineOf(longer, size, font);
    if (drawn === null) return [];
    const isLast = index === words.length - 1;
    if (drawn.width <= width || line === '') {
      line = longer;
      if (isLast) lines.push(drawn);
      continue;
    }
    const full = lines.length === most - 1;
    const done = lineOf(full ? `${line.replace(/[\p{P}\s]+$/u, '')}…` : line, size, font);
    if (done === null) return [];
    lines.push(done);
    if (full) return lines;
    line = word;
    const rest = isLast ? lineOf(word, size, font) : null;
    if (rest !== null) lines.push(rest);
  }
  return lines;
}

const margin = 80;

/** Returns the image as SVG, with text as paths, so that it looks the same everywhere. */
export function sharedImageSvg({ site, tone, state, title, time: at }: SharedImageView, font: Outlines): string {
  const { width, height } = imageSize;
  const [color] = colorTokens[tone];
  const [surface] = colorTokens.surface;
  const [text] = colorTokens.text;
  const [quiet] = colorTokens.quiet;
  const inner = width - 2 * margin;
  const place = (lines: readonly Line[], x: number, y: number, step: number, fill: string): string =>
    lines
      .map(({ svg }, index) => `<g transform="translate(${x} ${y + index * step})" fill="${fill}">${svg}</g>`)
      .join('');
  const icon = `<path transform="translate(${margin} 180) scale(3.6)" fill="${color}" fill-rule="evenodd" d="${toneShapes[tone]}"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${mix(color, 0.08, surface)}"/>`,
    `<rect width="${width}" height="16" fill="${color}"/>`,
    place(wrapped(site, 36, inner, 1, font), margin, 118, 0, quiet),
    icon,
    place(wrapped(state, 40, inner - 100, 1, font), margin + 96, 230, 0, color),
    place(wrapped(title, 64, inner, 3, font), margin, 344, 80, text),
    place(wrapped(at, 32, inner, 1, font), margin, 575, 0, quiet),
    '</svg>',
  ].join('');
}
