import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font } from 'fontkitten';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { foldIncident } from '../../../src/lib/domain/incident.ts';
import { indexPage } from '../../../src/lib/views/index-page.ts';
import { incidentPage } from '../../../src/lib/views/incident-page.ts';
import {
  type Outlines,
  type SharedImageView,
  sharedImagePaths,
  sharedImageSvg,
} from '../../../src/lib/views/shared-image.ts';
import { incidentSource } from '../../../src/lib/views/static-paths.ts';
import { root } from '../../support/halfpast.ts';
import { at, cadence, component, update } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const font = create(readFileSync(join(root, 'src/fonts/inter-latin-600.woff2'))) as Font;
const outlines: Outlines = {
  unitsPerEm: font.unitsPerEm,
  glyph: (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (!font.hasGlyphForCodePoint(code)) return null;
    const glyph = font.glyphForCodePoint(code);
    return { path: glyph.path.toSVG(), advance: glyph.advanceWidth };
  },
};
const view: SharedImageView = {
  site: 'Example Status',
  tone: 'partial',
  state: 'Investigating',
  title: 'Payments fail',
  time: '22 Nov 2026, 15:05 CET',
};
const svgOf = (given: Partial<SharedImageView> = {}) => sharedImageSvg({ ...view, ...given }, outlines);
/** A text is a group of lines, and a line is a group of glyphs. */
const linesOf = (svg: string) => svg.match(/<g transform="scale/g)?.length ?? 0;

const incident = (id: string, ...statuses: readonly [string, 'investigating' | 'resolved'][]) =>
  foldIncident(
    id,
    statuses.map(([time, status]) =>
      update(time, { title: 'It fails', status, impact: 'major', customerData: 'unaffected' }),
    ) as [ReturnType<typeof update>, ...ReturnType<typeof update>[]],
    cadence,
  );
const old = incident('old', ['2026-05-01T10:00Z', 'investigating'], ['2026-05-01T11:00Z', 'resolved']);
const long = incident('long', ['2026-05-01T10:00Z', 'investigating']);
const fresh = incident('fresh', ['2026-11-20T10:00Z', 'investigating'], ['2026-11-20T11:00Z', 'resolved']);

describe('the picture for a shared link', () => {
  it('has its texts as outlines, and needs no font or file', () => {
    expect(svgOf()).not.toMatch(/<text|font|href|url\(/);
    expect(linesOf(svgOf())).toBe(4);
  });

  it.each([
    ['Chinese', '支付失败', 3],
    ['Arabic', 'المدفوعات', 3],
    ['an emoji', 'Payments fail 🔥', 3],
    ['isolates around a name', '\u2068Payments\u2069 fail', 4],
    ['a narrow space', 'Payments\u202Ffail', 4],
    ['nothing', '', 3],
    ['two lines', 'Payments by card fail for customers of one bank in Europe', 5],
    ['more than three lines', 'Payments fail '.repeat(30), 6],
    ['a word longer than a line', 'x'.repeat(200), 4],
  ])('leaves out text whose characters the font lacks, and breaks lines: %s', (_, title, lines) => {
    expect(linesOf(svgOf({ title }))).toBe(lines);
  });

  it('is the same bytes each time', async () => {
    const draw = async () => sharp(Buffer.from(svgOf())).flatten({ background: '#ffffff' }).raw().toBuffer();
    const [one, two] = [await draw(), await draw()];
    expect(one.equals(two)).toBe(true);
  });
});

describe('the pictures of a site', () => {
  const names = (site: ReturnType<typeof smallSite>) => sharedImagePaths(site).map(({ params }) => params.image);

  it('are one per state, and one per incident that is open or newer than 90 days', () => {
    const site = smallSite({ incidents: [fresh, long, old] });
    expect(names(site)).toEqual([
      ...['operational', 'under-maintenance', 'degraded-performance', 'partial-outage', 'major-outage'],
      ...['total-outage', 'incidents/fresh', 'incidents/long'],
    ]);
    const imageOf = (one: typeof old) => incidentPage(site, one).frame.image;
    expect([imageOf(long), imageOf(old)]).toEqual(['https://status.example.com/share/incidents/long.png', null]);
  });

  it('only change with the clock if an incident gets too old', () => {
    const on = (now: string, one: typeof old) =>
      JSON.stringify(incidentSource(smallSite({ now: at(now), incidents: [one] }), one));
    expect(on('2026-12-24T10:00Z', fresh)).toBe(on('2026-11-25T10:00Z', fresh));
    expect(on('2027-03-01T10:00Z', fresh)).not.toBe(on('2026-11-25T10:00Z', fresh));
  });

  it('of the index says what its headline says', () => {
    const imageOf = (...given: Parameters<typeof smallSite>) => indexPage(smallSite(...given)).frame.image;
    expect(imageOf()).toBe('https://status.example.com/share/operational.png');
    // This incident affects no component.
    expect(imageOf({ incidents: [long] })).toBe('https://status.example.com/share/incidents/long.png');
    expect(imageOf({ groups: [] })).toBeNull();
    expect(imageOf({ groups: [{ name: null, components: [component('a', { retired: true })] }] })).toBeNull();
  });
});
