import { describe, expect, it } from 'vitest';
import { foldIncident } from '../../../src/lib/domain/incident.ts';
import {
  badgeSvg,
  componentBadge,
  componentBadgePaths,
  embedPage,
  labelColors,
  stateText,
  textWidth,
} from '../../../src/lib/views/embed-page.ts';
import { colorTokens, contrast, toneTokens } from '../../../src/lib/domain/colors.ts';
import { toneShapes } from '../../../src/lib/views/tone.ts';
import { cadence, update } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const tones = toneTokens;

describe('the text of a badge', () => {
  it('is the status of the component', () => {
    const broken = foldIncident(
      '2026-11-22-checkout',
      [update('2026-11-22T14:05Z', { title: 'Checkout fails', components: { checkout: 'partial_outage' } })],
      cadence,
    );
    const site = smallSite({ incidents: [broken] });
    const [component] = site.groups.flatMap(({ components }) => components);
    if (component === undefined) throw new Error('The small site has a component.');
    expect(componentBadge(site, component)).toEqual({ label: 'Checkout', state: 'Partial outage', tone: 'partial' });
  });

  it('is accessible, and escapes markup', () => {
    const svg = badgeSvg({ label: '<b>"A" & B</b>\u0007', state: 'Fine', tone: 'good' });
    const said = '&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;\ufffd: Fine';
    expect(svg).toContain(` role="img" aria-label="${said}">\n<title>${said}</title>`);
    expect(svg).not.toContain('<b>');
  });
});

describe('the look of a badge', () => {
  it('shows each state with a word and a separate shape, at a contrast of 4.5 in light and dark', () => {
    expect(new Set(Object.values(toneShapes)).size).toBe(tones.length);
    for (const tone of tones) {
      const svg = badgeSvg({ label: 'Example', state: 'Some state', tone });
      expect(svg).toContain(`d="${toneShapes[tone]}"`);
      expect(svg).toContain('>Some state</text>');
      for (const scheme of [0, 1] as const) {
        expect(svg).toContain(`.hp-c{fill:${colorTokens[tone][scheme]}}.hp-d{fill:${stateText[scheme]}}`);
        expect(contrast(colorTokens[tone][scheme], stateText[scheme]), `${tone} ${scheme}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const { background, text } of labelColors) expect(contrast(background, text)).toBeGreaterThanOrEqual(4.5);
  });

  it('counts unknown characters as wide, accents as nothing, and an emoji sequence once', () => {
    expect(textWidth('日本', 10)).toBe(22);
    expect(textWidth('حالة', 100)).toBe(248);
    expect(textWidth('éÉñ', 100)).toBe(textWidth('eEn', 100));
    expect(textWidth('👩‍🔧', 100)).toBe(110);
    expect(textWidth('', 11)).toBe(0);
  });

  it('keeps both texts inside their halves, however long they are', () => {
    for (const label of ['i', 'WWWW', '日本語のお店', 'A name that goes on and on and on until nobody reads it']) {
      const svg = badgeSvg({ label, state: 'Degraded performance', tone: 'degraded' });
      const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
      const middle = Number(/H(\d+)V20H4/.exec(svg)?.[1]);
      const texts = [...svg.matchAll(/ x="(\d+)" y="14" textLength="(\d+)"/g)].map(([, from, length]) => [
        Number(from),
        Number(from) + Number(length),
      ]);
      expect(texts).toEqual([
        [8, middle - 8],
        [middle + 24, width - 8],
      ]);
    }
  });
});

it('a badge has two halves with rounded outer corners, the second with the shape of the state', () => {
  const [, title, style, first, second, shape, ...texts] = badgeSvg({ label: 'A', state: 'OK', tone: 'good' }).split(
    '\n',
  );
  expect([title, first, second, ...texts]).toEqual([
    '<title>A: OK</title>',
    '<path class="hp-a" d="M4 0H24V20H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z"/>',
    '<path class="hp-c" d="M24 0H69a4 4 0 0 1 4 4V16a4 4 0 0 1-4 4H24z"/>',
    `<g font-family="Verdana,'DejaVu Sans','Bitstream Vera Sans',Geneva,sans-serif" font-size="11">`,
    '<text class="hp-b" x="8" y="14" textLength="8" lengthAdjust="spacingAndGlyphs">A</text>',
    '<text class="hp-d" x="48" y="14" textLength="17" lengthAdjust="spacingAndGlyphs">OK</text>',
    '</g>',
    '</svg>',
    '',
  ]);
  expect(style).toContain('@media (prefers-color-scheme:dark)');
  expect(shape).toContain('class="hp-d" fill-rule="evenodd" transform="translate(31 4) scale(0.6)"');
});

it('the page for embedding shows open incidents with their newest update, with full addresses', () => {
  const broken = foldIncident(
    'broken',
    [
      update('2026-11-22T14:05Z', { title: 'Checkout fails', impact: 'critical' }),
      update('2026-11-22T14:30Z', { status: 'identified', body: 'We **know** why.' }),
    ],
    cadence,
  );
  const over = foldIncident('over', [update('2026-11-21T14:05Z', { title: 'Over', status: 'resolved' })], cadence);
  const site = smallSite({ incidents: [broken, over] });
  expect(embedPage(site)).toMatchObject({
    frame: { title: 'Current status · Example Status' },
    home: 'https://status.example.com/',
    incidents: [
      {
        title: 'Checkout fails',
        href: 'https://status.example.com/incidents/broken/',
        status: 'Identified',
        time: { text: '22 Nov 2026, 15:30 CET' },
        excerpt: 'We know why.',
      },
    ],
  });
  expect(embedPage(site).incidents).toHaveLength(1);
  expect(componentBadgePaths(site).map(({ params, props }) => [params.id, props.view.state])).toEqual([
    ['checkout', 'Operational'],
  ]);
});
