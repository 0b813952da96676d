import type { Logo } from '../domain/settings.ts';

export type LogoView = { readonly src: string; readonly width: number; readonly height: number };

/** CSS pixels: about the line of the site's name. */
const height = 28;

/**
 * A logo as an image inside of the page: no second request, and as an image it can neither run a script
 * nor load anything, whatever the file holds (SVG 2, secure static mode).
 */
export function logoView({ svg, ratio }: Logo): LogoView {
  const text = svg
    .replaceAll(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // Only what cannot stand in an address, or in an attribute, is escaped: the rest stays small.
  const escaped = text.replaceAll(
    /[^\u0021\u0024\u0026-\u003b\u003d\u0040-\u005b\u005d\u005f\u0061-\u007a]/gu,
    encodeURIComponent,
  );
  return { src: `data:image/svg+xml,${escaped}`, width: Math.round(height * ratio), height };
}
