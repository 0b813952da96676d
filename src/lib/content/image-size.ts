/** What kind of image some bytes are, with its size in pixels as browsers show it. */
export type Picture = {
  readonly type: 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'AVIF';
  readonly width: number;
  readonly height: number;
};

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Whether a JPEG's EXIF data (TIFF) turns it by 90 degrees, as phones do: orientations 5 to 8. `at` is where TIFF begins. */
function isTurned(view: DataView, at: number): boolean {
  const little = view.getUint16(at) === 0x4949;
  const directory = at + view.getUint32(at + 4, little);
  for (let entry = 0; entry < view.getUint16(directory, little); entry += 1) {
    const place = directory + 2 + entry * 12;
    if (view.getUint16(place, little) === 0x0112) return view.getUint16(place + 8, little) >= 5;
  }
  return false;
}

/** Goes from marker to marker up to the frame header (ITU T.81, B.2.2). */
function jpeg(bytes: Uint8Array): Picture | null {
  const view = viewOf(bytes);
  let turned = false;
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { type: 'JPEG', ...(turned ? { width: height, height: width } : { width, height }) };
    } else {
      if (marker === 0xe1 && ascii(bytes, at + 4, 4) === 'Exif') turned = isTurned(view, at + 10);
      at += 2 + view.getUint16(at + 2);
    }
  }
  return null;
}

function webp(bytes: Uint8Array): Picture | null {
  const view = viewOf(bytes);
  const size = (width: number, height: number): Picture => ({ type: 'WebP', width, height });
  const threeBytes = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
  switch (ascii(bytes, 12, 4)) {
    case 'VP8 ':
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return size(threeBytes(24) + 1, threeBytes(27) + 1);
    default:
      return null;
  }
}

/** The largest image in the file (`ispe`): others are its tiles and thumbnails. `irot` turns it (ISO/IEC 23008-12). */
function avif(bytes: Uint8Array): Picture | null {
  const view = viewOf(bytes);
  // Properties are at the beginning, before the pixels.
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 0x10000));
  const sizes = [...text.matchAll(/ispe/g)].map(({ index }) => [view.getUint32(index + 8), view.getUint32(index + 12)]);
  const [[width = 0, height = 0] = []] = sizes.toSorted(([a = 0], [b = 0]) => b - a);
  const turn = text.indexOf('irot');
  const isTurned = turn !== -1 && view.getUint8(turn + 4) % 2 === 1;
  return { type: 'AVIF', ...(isTurned ? { width: height, height: width } : { width, height }) };
}

function read(bytes: Uint8Array): Picture | null {
  const view = viewOf(bytes);
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n' && ascii(bytes, 12, 4) === 'IHDR')
    return { type: 'PNG', width: view.getUint32(16), height: view.getUint32(20) };
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6)))
    return { type: 'GIF', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (ascii(bytes, 0, 3) === '\xff\xd8\xff') return jpeg(bytes);
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return webp(bytes);
  return /^.{4}ftyp.*?avi[fs]/s.test(ascii(bytes, 0, 40)) ? avif(bytes) : null;
}

/** Reads an image's kind and size; null when it is no such image, or is damaged. */
export function pictureOf(bytes: Uint8Array): Picture | null {
  try {
    const picture = read(bytes);
    return picture !== null && picture.width > 0 && picture.height > 0 ? picture : null;
  } catch (error) {
    // It ends before its size.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
