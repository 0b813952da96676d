import { expect, it } from 'vitest';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import { readImages } from '../../../src/lib/content/images.ts';
import { updateRecords } from '../../../src/lib/api/history.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { feedItems } from '../../../src/lib/feeds/feed-items.ts';
import { plainText } from '../../../src/lib/plain-text.ts';
import { incidentDetail } from '../../../src/lib/views/incident-page.ts';
import { imagePaths } from '../../../src/lib/views/static-paths.ts';

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** Red, 37 by 21 pixels. */
const pictures = [
  [
    'PNG',
    'iVBORw0KGgoAAAANSUhEUgAAACUAAAAVCAYAAADB5CeuAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAANklEQVRIie2VsQ0AAAyC+P9peoYdGNyNUUTwm1gbMFOUFHXK9eoMCZQUdcrWR0ggeNrN+OCQDx6iDEkQR8MvAAAAAElFTkSuQmCC',
  ],
  ['GIF', 'R0lGODlhJQAVAIAAAExpcf8AACH5BAUAAAAALAAAAAAlABUAAAIajI+py+0Po5y02ouz3rz7D4biSJbmiaYqWgAAOw=='],
  [
    'JPEG',
    '/9j/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wAARCAAVACUDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAYI/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AnQCOaRAAAAAAAAAAf//Z',
  ],
  [
    'WebP',
    'UklGRk4AAABXRUJQVlA4IEIAAACQAwCdASolABUAPm02l0ikIyIhJWgAgA2JZwDPkoB+AAAr98NwAP7wm0P/5BcsLrka//yA/5Af8gP/498Ql180AAA=',
  ],
  ['WebP', 'UklGRhwAAABXRUJQVlA4TA8AAAAvJAAFAAcQ/Y/+ByKi/wEA'],
  [
    'WebP',
    'UklGRlgAAABXRUJQVlA4WAoAAAAQAAAAJAAAFAAAQUxQSAoAAAABB1DAiAhERP8DVlA4ICgAAADwAgCdASolABUAPm02l0ikIyIhJWgAgA2JaQAAKUNt8AD++3jAAAAA',
  ],
  [
    'AVIF',
    'AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAAXBtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAABlAABAAAAAAAAACYAAgAAAAABugABAAAAAAAAABUAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABhdjAxAAAAABVpbmZlAgAAAAACAABhdjAxAAAAAA5waXRtAAAAAAABAAAAr2lwcnAAAACKaXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAACUAAAAVAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQAcAAAAAA5waXhpAAAAAAEIAAAAOGF1eEMAAAAAdXJuOm1wZWc6bXBlZ0I6Y2ljcDpzeXN0ZW1zOmF1eGlsaWFyeTphbHBoYQAAAAAdaXBtYQAAAAAAAAACAAEDgQIDAAIEhAIFhgAAABppcmVmAAAAAAAAAA5hdXhsAAIAAQABAAAAQ21kYXQSAAoJOBUko0gIaDSAMhcZQmMEwAA0AACsUMATjF23H0FyJnL0EBIACgYYFSSjCoAyCRgAAAEAEFidrw==',
  ],
] as const;

/** The size that is read from a file of this name, or what is wrong with it. */
function read(file: Uint8Array, ending: string): string {
  const { images, problems } = readImages({ files: [{ path: `incidents/2026-11-22-x/chart.${ending}`, bytes: file }] });
  const [image] = images.values();
  return image === null || image === undefined ? (problems[0]?.message ?? '') : `${image.width} × ${image.height}`;
}

it('the size of an image is read from its file, whatever its kind', () => {
  for (const [type, base64] of pictures)
    expect(read(bytes(base64), type === 'JPEG' ? 'jpg' : type.toLowerCase()), type).toBe('37 × 21');
});

it('a photo that EXIF rotates has its width and height swapped', () => {
  // Start of image, EXIF in either byte order with the orientation only, start of frame.
  const frame = 'ffc0000b08002000100101110000';
  const exif = (tiff: string): string => `ffd8ffe10022457869660000${tiff}00000000${frame}`;
  const turned = ['49492a000800000001001201030001000000', '4d4d002a0000000800010112000300000001'].map((tiff, index) =>
    exif(`${tiff}${index === 0 ? '06000000' : '00060000'}`),
  );
  for (const hex of turned) expect(read(new Uint8Array(Buffer.from(hex, 'hex')), 'jpg'), hex).toBe('32 × 16');
});

it('a truncated file, or another kind of file, isn’t an image', () => {
  for (const [type, base64] of pictures) {
    const ending = type === 'JPEG' ? 'jpg' : type.toLowerCase();
    for (let length = 0; length < 6; length += 1)
      expect(read(bytes(base64).slice(0, length), ending), `${type}, ${length} bytes`).toMatch(/is not an image/);
  }
  expect(read(new TextEncoder().encode('<html>'), 'png')).toMatch(/^is not an image/);
});

const svg = (inside: string, attributes = 'width="30" height="10"'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>\n`;
const png = bytes(pictures[0][1]);
const folder = 'incidents/2026-11-22-checkout';

/** Content with an incident that has this text, and these files next to it. */
async function check(
  body: string,
  files: Readonly<Record<string, Uint8Array | string>> = {},
  more: Readonly<Record<string, string>> = {},
) {
  const content: Record<string, Uint8Array | string> = {
    'components.yml': 'components:\n  - id: checkout\n    name: Checkout\n',
    [`${folder}/2026-11-22T1405Z.md`]: `---\ntitle: Checkout errors\nstatus: identified\nimpact: minor\n---\n${body}\n`,
    'site.yml': 'name: Example\nurl: https://example.com/status\ntime_zone: UTC\n',
    ...Object.fromEntries(Object.entries(files).map(([name, file]) => [`${folder}/${name}`, file])),
    ...more,
  };
  const tree = Object.entries(content)
    .map(([path, file]) => ({ path, bytes: typeof file === 'string' ? new TextEncoder().encode(file) : file }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return checkContent({ files: tree, folders: [], others: [] }, Date.parse('2026-11-22T15:00:00Z'));
}

async function siteWith(...given: Parameters<typeof check>): Promise<Site> {
  const checked = await check(...given);
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.site;
}

const address = 'https://example.com/status/images/incidents/2026-11-22-checkout';

it('an image next to an update is published, with its size, its full address in feeds, and its text where there are no images', async () => {
  const body =
    '![Error rate](error-rate.png) ![Plan](./plan.svg)<img src="error-rate.png" alt="Small" width="10">\n\n[Large](error-rate.png)';
  const site = await siteWith(body, { 'error-rate.png': png, 'plan.svg': svg('', 'viewBox="0 0 4.4 2.6"') });
  const html = feedItems(site)[0]?.html ?? '';
  expect(html.match(/<img[^>]*>/g)).toEqual([
    `<img alt="Error rate" width="37" height="21" loading="lazy" src="${address}/error-rate.png">`,
    `<img alt="Plan" width="4" height="3" loading="lazy" src="${address}/plan.svg">`,
    `<img alt="Small" width="10" loading="lazy" src="${address}/error-rate.png">`,
  ]);
  expect(plainText(html)).toBe(`Error rate PlanSmall\n\nLarge (${address}/error-rate.png)`);
  const page = incidentDetail(site, site.incidents[0]!).updates[0]?.html ?? '';
  expect(page).toContain('src="/status/images/incidents/2026-11-22-checkout/error-rate.png"');
  expect(page).not.toContain(`src="https:`);
  expect(imagePaths(site).map(({ params, props }) => [params.path, props.type])).toEqual([
    [`${folder}/error-rate.png`, 'image/png'],
    [`${folder}/plan.svg`, 'image/svg+xml'],
  ]);
});

it('a postmortem shows its own images and those of incidents; a draft publishes none', async () => {
  const fields = 'title: x\nauthors: [Dana]\nsummary: x\ncustomer_data: unaffected\n';
  const postmortem = (status: string): Record<string, string> => ({
    'postmortems/2026-11-22-checkout.md': `---\n${fields}${status}\n---\n![a](../${folder}/a.png) ![b](b.svg)\n`,
    'postmortems/b.svg': svg(''),
  });
  const files = { 'a.png': png };
  const published = await siteWith('Text.', files, postmortem('published: 2026-11-22T14:30Z'));
  expect(imagePaths(published).map(({ params }) => params.path)).toEqual([`${folder}/a.png`, 'postmortems/b.svg']);
  const draft = await check('Text.', files, postmortem('draft: true'));
  expect('site' in draft ? draft.site.images : null).toEqual([]);
  expect(draft.warnings).toEqual([]);
});

it('an update with another image counts as edited, and its image is rendered again', async () => {
  const body = '![a](a.svg)';
  const [before, after] = [await siteWith(body, { 'a.svg': svg('') }), await siteWith(body, { 'a.svg': svg('<g/>') })];
  expect(updateRecords(before)[0]?.hash).not.toBe(updateRecords(after)[0]?.hash);
  expect(imagePaths(before)[0]?.cacheKey).not.toBe(imagePaths(after)[0]?.cacheKey);
});

it.each([
  [
    '![a](b.png)',
    {},
    ':6:6  has an image at "b.png", but there is no file incidents/2026-11-22-checkout/b.png. Add the file, or use a full address, https://…',
  ],
  [
    '![a](error-rat.png)',
    { 'error-rate.png': png },
    ':6:6  has an image at "error-rat.png", but there is no file incidents/2026-11-22-checkout/error-rat.png. Did you mean "error-rate.png"?',
  ],
  [
    'a\n![ ](a.png)',
    { 'a.png': png },
    ':7:6  has an image without a description. Describe what it shows: ![Error rate since 14:00](a.png)',
  ],
  [
    '<img src="a.png">',
    { 'a.png': png },
    ':6:11  has an image without a description. Describe what it shows: ![Error rate since 14:00](a.png)',
  ],
  [
    '![a](a.heic)',
    {},
    ':6:6  has "a.heic" as an image, but only PNG, JPEG, GIF, WebP, AVIF and SVG files are shown. Convert it',
  ],
  [
    '![a](www.example.com/a.png)',
    {},
    ':6:6  has an image at "www.example.com/a.png", which readers cannot load. Write https://www.example.com/a.png',
  ],
  ['![a](/a.png)', {}, ':6:6  has an image at "/a.png", which readers cannot load. Use its full address, https://…'],
  [
    '![a](http://example.com/a.png)',
    {},
    ':6:6  has an image at "http://example.com/a.png", which readers cannot load. Use its full address, https://…',
  ],
])('%s is reported with what to do', async (body, files, expected) => {
  const checked = await check(body, files);
  const lines = ('problems' in checked ? checked.problems : []).map(
    ({ line, column, message }) => `:${line}:${column}  ${message}`,
  );
  expect(lines).toEqual([expected]);
});

it.each<readonly [string, Uint8Array | string, string]>([
  ['a.jpg', png, 'is a PNG image. Rename it to a.png'],
  ['a.png', png.subarray(0, 12), 'is not an image that browsers show, or is damaged. Export it again as PNG'],
  ['a.gif', '<html>', 'is not an image that browsers show, or is damaged. Export it again as PNG'],
  ['Screenshot 22.11. at 14.05.PNG', png, 'cannot be used in an address. Rename it to screenshot-22-11-at-14-05.png'],
  ['a.svg', '<svg>', 'is not well-formed: '],
  [
    'a.svg',
    svg('', 'width="100%" height="100%"').replace('width="100%" height="100%"', ''),
    'has no size. Add viewBox="0 0 WIDTH HEIGHT" to <svg …>',
  ],
  ...[
    '<script>x()</script>',
    '<s:script xmlns:s="http://www.w3.org/2000/svg">x()</s:script>',
    '<h:SCRIPT xmlns:h="http://www.w3.org/1999/xhtml"/>',
    '<foreignObject/>',
    '<path onload="x()"/>',
    '<path e:onclick="x()" xmlns:e="http://www.w3.org/2000/svg"/>',
    '<a href="javascript:x()"/>',
    '<a xlink:href="java&#115;cript:x()"/>',
    '<image href="data:image/svg+xml,x"/>',
    '<use href="other.svg#a"/>',
    '<a><set attributeName="href" to="javascript:x()"/></a>',
    '<animate attributeName="xlink:href" to="x"/>',
  ].map((inside) => ['a.svg', svg(inside), 'has '] as const),
  ['a.svg', `<!DOCTYPE svg [<!ENTITY a "b">]>\n${svg('')}`, ''],
  ['a.svg', `<?xml-stylesheet href="a.xsl"?>\n${svg('')}`, 'has '],
])('the file %s is rejected, in case %#', async (name, file, expected) => {
  const checked = await check(`![a](<${name}>)`, { [name]: file });
  const problems = 'problems' in checked ? checked.problems : [];
  expect(problems.map(({ file: path }) => path)).toEqual([`${folder}/${name}`]);
  expect(problems[0]?.message).toContain(expected);
});

it('an SVG can link within itself, and contain pixels and animations', async () => {
  const inside =
    '<defs><path id="a"/></defs><use xlink:href="#a"/><image href="data:image/png;base64,AA"/><animate attributeName="x"/><metadata/>';
  expect((await siteWith('![a](a.svg)', { 'a.svg': svg(inside) })).images).toHaveLength(1);
});

it('an image that is too large is not read', async () => {
  const checked = await check('![a](a.png)', { 'a.png': png });
  expect('site' in checked).toBe(true);
  const tooLarge = { path: `${folder}/a.png`, bytes: new Uint8Array(), tooLarge: 3_000_000 };
  const { problems } = readImages({ files: [tooLarge] });
  expect(problems.map(({ message }) => message)).toEqual([
    'is 2930 KiB; the limit for images is 1024 KiB. Make it smaller, or save it as WebP',
  ]);
});

it('an image that no text shows causes a warning, and isn’t published', async () => {
  const checked = await check('Text.', { 'a.png': png });
  expect(checked.warnings.map(({ file, message }) => `${file} ${message}`)).toEqual([
    `${folder}/a.png is not used. Show it in a text with ![What it shows](a.png), or delete it`,
  ]);
  expect('site' in checked ? checked.site.images : null).toEqual([]);
});

it('the suggested name for an image isn’t used by another file or suggestion', async () => {
  const wrong = ['fehler-ä.png', 'FEHLER Ä.png', 'エラー.png', '障害.png', 'chart.gif', 'a\u0308.png'];
  const files = Object.fromEntries([...wrong, 'fehler.png', 'fehler-ae.png', 'chart.png'].map((name) => [name, png]));
  const checked = await check(wrong.map((name) => `![a](<${name.normalize('NFC')}>)`).join(' '), files);
  const problems = 'problems' in checked ? checked.problems : [];
  expect(
    problems.map(({ file, message }) => `${file.slice(folder.length + 1)} → ${message.split(' ').at(-1)}`),
  ).toEqual([
    'FEHLER Ä.png → fehler-ae-2.png',
    'a\u0308.png → ae.png',
    'chart.gif → chart-2.png',
    'fehler-ä.png → fehler-ae-3.png',
    'エラー.png → image.png',
    '障害.png → image-2.png',
  ]);
});

it('an image on another site without a description is a warning', async () => {
  const images = [
    '![](https://x.example/a.png)',
    '<img src="https://x.example/b.png">',
    '![ ](https://x.example/c.png)',
  ];
  const checked = await check(['![Error rate](https://x.example/d.png)', ...images].join('\n'));
  expect('site' in checked).toBe(true);
  expect(checked.warnings.map(({ line, message }) => `${line} ${message}`)).toEqual(
    ['7', '8', '9'].map(
      (line, index) =>
        `${line} the image "https://x.example/${'abc'.charAt(index)}.png" has no description, which plain text and screen readers need. Write ![what it shows](address)`,
    ),
  );
});

it('text that only looks like an image isn’t one', async () => {
  const body =
    '`![a](b.png)` is how one is written. ![a](https://x.example/a.png) <img alt="a"> <img alt="a" src="HTTPS://x.example/b.png">\n\n    <img src=x>';
  expect((await check(body)).warnings).toEqual([]);
  expect('site' in (await check(body))).toBe(true);
});
