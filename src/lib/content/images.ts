import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';
import type { ImageFile } from '../domain/vocabulary.ts';
import { slugify } from '../schema/components-file.ts';
import type { Images } from './body.ts';
import { isImage, type ContentTree } from './content-tree.ts';
import { bodyOf } from './front-matter.ts';
import { decode, fileProblem, kibibyte, mostBytes, type Problem, type SourceFile, textOf } from './problem.ts';
import { contentPath, referencesIn } from './references.ts';
import { activePart, readSvg } from './svg.ts';
import { freeName } from './update-name.ts';

type Size = { readonly width: number; readonly height: number };

/** The formats that browsers support, by their names in `image-size`: display names and file extensions. */
const formats: Readonly<Record<string, { readonly name: string; readonly endings: readonly string[] }>> = {
  png: { name: 'PNG', endings: ['png'] },
  jpg: { name: 'JPEG', endings: ['jpg', 'jpeg'] },
  gif: { name: 'GIF', endings: ['gif'] },
  webp: { name: 'WebP', endings: ['webp'] },
  avif: { name: 'AVIF', endings: ['avif'] },
};

/** The format of an image and its size as displayed; null for anything else. */
function pictureOf(bytes: Uint8Array): (Size & { readonly format: (typeof formats)[string] }) | null {
  try {
    const { type = '', width, height, orientation = 1 } = imageSize(bytes);
    const format = formats[type];
    if (format === undefined || width === 0 || height === 0) return null;
    // EXIF orientations 5 to 8 rotate a photo by 90 degrees.
    return { format, ...(orientation >= 5 ? { width: height, height: width } : { width, height }) };
  } catch {
    // It isn't an image, or is cut off before its size.
    return null;
  }
}

function svgSize(source: SourceFile): Size | string {
  const text = decode(source);
  if (typeof text !== 'string') return text.message;
  const size = readSvg(text);
  if (typeof size === 'string') return size;
  const part = activePart(text);
  if (part === null)
    return { width: Math.max(1, Math.round(size.width)), height: Math.max(1, Math.round(size.height)) };
  return `has ${part}, and an image can only contain a picture. Delete it, or export the image as PNG`;
}

/** Returns a free name for an image file. `wanted` has no extension. */
type Rename = (wanted: string, ending: string) => string;

/** Returns the size of an image in pixels, or an error message. */
function sizeOf(source: SourceFile, rename: Rename): Size | string {
  const { path, bytes, tooLarge } = source;
  const [, name = '', ending = ''] = /([^/]*)\.([^.]*)$/.exec(path) ?? [];
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name) || ending !== ending.toLowerCase())
    return `cannot be used in an address. Rename it to ${rename(slugify(name) || 'image', ending.toLowerCase())}`;
  if (tooLarge !== undefined)
    return `is ${Math.ceil(tooLarge / kibibyte)} KiB; the limit for images is ${mostBytes(path) / kibibyte} KiB. Make it smaller, or save it as WebP`;
  if (ending === 'svg') return svgSize(source);
  const picture = pictureOf(bytes);
  if (picture === null) return 'is not an image that browsers show, or is damaged. Export it again as PNG';
  const { format } = picture;
  if (!format.endings.includes(ending))
    return `is a ${format.name} image. Rename it to ${rename(name, format.endings[0] ?? '')}`;
  return picture;
}

/** Reads all images next to updates and postmortems. */
export function readImages({ files }: Pick<ContentTree, 'files'>): {
  readonly images: Images;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const taken = new Set(files.map(({ path }) => path));
  const renameIn =
    (folder: string): Rename =>
    (wanted, ending) => {
      const name = freeName(wanted, (candidate) => taken.has(`${folder}${candidate}.${ending}`));
      taken.add(`${folder}${name}.${ending}`);
      return `${name}.${ending}`;
    };
  const images = files
    .filter(({ path }) => isImage(path))
    .map((source): [string, ImageFile | null] => {
      const { path, bytes } = source;
      const size = sizeOf(source, renameIn(path.replace(/[^/]*$/, '')));
      if (typeof size === 'string') {
        problems.push(fileProblem(path, size));
        return [path.normalize('NFC'), null];
      }
      const hash = createHash('sha256').update(bytes).digest('hex');
      return [path, { path, width: size.width, height: size.height, hash }];
    });
  return { images: new Map(images), problems };
}

/** Warns about images that no text shows. They aren't published. */
export function unusedImages({ files }: Pick<ContentTree, 'files'>): Problem[] {
  const images = files.map(({ path }) => path).filter(isImage);
  if (images.length === 0) return [];
  const shown = new Set(
    files.flatMap(({ path, bytes }) =>
      path.endsWith('.md')
        ? referencesIn(bodyOf(textOf(bytes))?.body ?? '').map(({ address }) => contentPath(path, address))
        : [],
    ),
  );
  return images
    .filter((path) => !shown.has(path))
    .map((path) => {
      const name = path.split('/').at(-1) ?? path;
      return fileProblem(path, `is not used. Show it in a text with ![What it shows](${name}), or delete it`);
    });
}
