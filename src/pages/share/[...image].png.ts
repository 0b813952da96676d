import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { create, type Font } from 'fontkitten';
import sharp from 'sharp';
import latin from '../../fonts/inter-latin-600.woff2?inline';
import latinExtended from '../../fonts/inter-latin-ext-600.woff2?inline';
import { type Outlines, sharedImagePaths, sharedImageSvg } from '../../lib/views/shared-image.ts';
import { getSite, type Route } from '../../site.ts';

export const getStaticPaths = async (route?: Route) => sharedImagePaths(await getSite(route));

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

const fonts = [latin, latinExtended].map(
  (url) => create(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')) as Font,
);

const outlines: Outlines = {
  // Every build loads this module, and the first read of a font unpacks it.
  get unitsPerEm() {
    return fonts[0]?.unitsPerEm ?? 1;
  },
  glyph: (character) => {
    const code = character.codePointAt(0) ?? 0;
    const found = fonts.find((font) => font.hasGlyphForCodePoint(code))?.glyphForCodePoint(code);
    return found === undefined ? null : { path: found.path.toSVG(), advance: found.advanceWidth };
  },
};

export const GET: APIRoute<Props> = async ({ props }) => {
  const svg = sharedImageSvg(props.view, outlines);
  const png = await sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).png({ compressionLevel: 9 }).toBuffer();
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } });
};
