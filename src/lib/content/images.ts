import { createHash } from 'node:crypto';
import type { ImageFile } from '../domain/image.ts';
import type { Images } from './body.ts';
import { isImage, type ContentTree } from './content-tree.ts';
import { bodyOf } from './front-matter.ts';
import { pictureOf } from './image-size.ts';
import { decode, fileProblem, kibibyte, mostBytes, type Problem, type SourceFile, textOf } from './problem.ts';
import { contentPath, referencesIn } from './references.ts';
import { activePart, readSvg } from './svg.ts';

type Size = { readonly width: number; readonly height: number };

const endings: Readonly<Record<string, readonly string[]>> = {
  PNG: ['png'],
  JPEG: ['jpg', 'jpeg'],
  GIF: ['gif'],
  WebP: ['webp'],
  AVIF: ['avif'],
};

function svgSize(source: SourceFile): Size | string {
  const text = decode(source);
  if (typeof text !== 'string') return text.message;
  const size = readSvg(text);
  if (typeof size === 'string') return size;
  const part = activePart(text);
  if (part === null)
    return { width: Math.max(1, Math.round(size.width)), height: Math.max(1, Math.round(size.height)) };
  return `has ${part}, and an image must be a picture only. Delete it, or export the image as PNG`;
}

/** The size of an image in pixels, or what is wrong with it: a message. */
function sizeOf(source: SourceFile): Size | string {
  const { path, bytes, tooLarge } = source;
  const [, name = '', ending = ''] = /([^/]*)\.([^.]*)$/.exec(path) ?? [];
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name) || ending !== ending.toLowerCase()) {
    const better = name
      .replaceAll(/[^A-Za-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .toLowerCase();
    return `cannot be used in an address. Rename it to ${better || 'image'}.${ending.toLowerCase()}`;
  }
  if (tooLarge !== undefined)
    return `is ${Math.ceil(tooLarge / kibibyte)} KiB; the limit for images is ${mostBytes(path) / kibibyte} KiB. Make it smaller, or save it as WebP`;
  if (ending === 'svg') return svgSize(source);
  const picture = pictureOf(bytes);
  if (picture === null) return 'is not an image that browsers show, or is damaged. Export it again as PNG';
  const right = endings[picture.type] ?? [];
  if (!right.includes(ending)) return `is a ${picture.type} image. Rename it to ${name}.${right[0] ?? ''}`;
  return picture;
}

/** Reads all images next to updates and postmortems. */
export function readImages({ files }: Pick<ContentTree, 'files'>): {
  readonly images: Images;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const images = files
    .filter(({ path }) => isImage(path))
    .map((source): [string, ImageFile | null] => {
      const { path, bytes } = source;
      const size = sizeOf(source);
      if (typeof size === 'string') {
        problems.push(fileProblem(path, size));
        return [path, null];
      }
      const hash = createHash('sha256').update(bytes).digest('hex');
      return [path, { path, width: size.width, height: size.height, hash }];
    });
  return { images: new Map(images), problems };
}

/** Images that no text shows, which aren't published. */
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
