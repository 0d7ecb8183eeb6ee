import sharp, { type Sharp } from 'sharp';
import type { Pictures } from '../../ports/hearing.ts';

/** As many pixels as good telephones make; more than that is drawn to fill memory. */
const MOST_PIXELS = 60_000_000;
const LONGEST_SECONDS = 30;

const FORMATS = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const;

/**
 * Pictures decoded and encoded again by libvips: upright, first frame only, without Exif, XMP, colour profiles or anything appended.
 * One after the other: the largest takes some hundred megabytes while it is open, and many may come at once.
 */
export function createPictures(): Pictures {
  // One picture on one thread: whoever sends pictures must not slow checkouts down.
  sharp.concurrency(1);
  sharp.cache(false);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    clean: (bytes, type) => inTurn(() => clean(bytes, type)),
  };
}

async function clean(
  bytes: Parameters<Pictures['clean']>[0],
  type: Parameters<Pictures['clean']>[1],
): ReturnType<Pictures['clean']> {
  try {
    const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (format !== FORMATS[type]) return 'unreadable';
    if (width * height > MOST_PIXELS) return 'too-large';
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
      .autoOrient()
      .timeout({ seconds: LONGEST_SECONDS });
    return new Uint8Array(await encoded(picture, type).toBuffer());
  } catch {
    // libvips says why in words of its own, which help nobody who sent a picture.
    return 'unreadable';
  }
}

function encoded(picture: Sharp, type: keyof typeof FORMATS): Sharp {
  switch (type) {
    case 'image/jpeg':
      return picture.jpeg({ quality: 88 });
    case 'image/png':
      return picture.png({ compressionLevel: 9 });
    case 'image/webp':
      return picture.webp({ quality: 88 });
  }
}
