import { inflateSync } from 'node:zlib';

const MOST_INFLATED = 8_000_000;
const MOST_OBJECT_STREAMS = 5_000;
/** A letter or receipt has a few dozen. */
const MOST_STREAMS = 10_000;

/** What makes a PDF do something, or carry something, that no letter or receipt needs. */
const ACTIVE = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|GoToE)(?![A-Za-z0-9])/;
/** Too short to be looked for in compressed data, where any three bytes come up by chance. */
const LONG_ACTIVE = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData)(?![A-Za-z0-9])/;
const LOCKED = /\/Encrypt(?![A-Za-z0-9])/;

export type PdfFault = 'pdf-active' | 'pdf-locked' | 'file-unreadable';

/** Why a PDF is not taken: programs, attachments or a password in it, also where its objects are packed. Null: it is. */
export function pdfFault(bytes: Buffer): PdfFault | null {
  const whole = plainNames(bytes.toString('latin1'));
  if (LONG_ACTIVE.test(whole)) return 'pdf-active';
  const outside = outsideStreams(whole);
  if (LOCKED.test(outside)) return 'pdf-locked';
  if (ACTIVE.test(outside)) return 'pdf-active';
  return faultInPacked(bytes);
}

/** The text without what its streams hold, in one pass: a file of nothing but beginnings must not be read again for each. */
function outsideStreams(text: string): string {
  const parts: string[] = [];
  const begins = />>\s*stream\r?\n/g;
  let from = 0;
  for (let begin = begins.exec(text); begin !== null; begin = begins.exec(text)) {
    const end = text.indexOf(END_OF_STREAM, begins.lastIndex);
    if (end === -1) break;
    parts.push(text.slice(from, begin.index), '>>');
    from = end + END_OF_STREAM.length;
    begins.lastIndex = from;
  }
  return parts.join('') + text.slice(from);
}

const END_OF_STREAM = 'endstream';

/** Names may be written with any character as #xx. */
function plainNames(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Object streams hold objects in compressed form, so a search in the file's bytes does not see them. */
function faultInPacked(bytes: Buffer): PdfFault | null {
  let left = MOST_INFLATED;
  let streams = 0;
  let packs = 0;
  for (let at = bytes.indexOf('stream'); at !== -1; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue;
    streams += 1;
    if (streams > MOST_STREAMS) return 'file-unreadable';
    const dictionary = plainNames(bytes.toString('latin1', Math.max(0, at - 2_000), at));
    const own = dictionary.slice(dictionary.lastIndexOf(' obj') + 1);
    if (!/\/ObjStm(?![A-Za-z0-9])/.test(own)) continue;
    packs += 1;
    const filter = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(own)?.[1]?.replace(/[[\]\s]/g, '');
    if (packs > MOST_OBJECT_STREAMS || (filter !== undefined && filter !== '/FlateDecode')) return 'file-unreadable';
    const start = at + (bytes[at + 6] === 0x0d ? 8 : 7);
    const packed = bytes.subarray(start);
    const text = filter === undefined ? unpacked(packed, left) : inflated(packed, left);
    if (text === null) return 'file-unreadable';
    left -= text.length;
    if (ACTIVE.test(plainNames(text))) return 'pdf-active';
  }
  return null;
}

/** An object stream that nobody compressed, up to its end. */
function unpacked(packed: Buffer, most: number): string | null {
  const end = packed.subarray(0, Math.max(0, most) + END_OF_STREAM.length).indexOf(END_OF_STREAM);
  return end === -1 ? null : packed.toString('latin1', 0, end);
}

function inflated(packed: Buffer, most: number): string | null {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, most) }).toString('latin1');
  } catch {
    return null;
  }
}

const EXIF = Buffer.from('Exif\0\0', 'latin1');

/**
 * The same PDF with what pictures in it say about when and where they were taken overwritten: Exif segments with zeros, XMP with
 * spaces. In place, because a PDF refers to its parts by where they lie.
 */
export function withoutPlaces(bytes: Buffer): Buffer {
  const clean = Buffer.from(bytes);
  for (let at = clean.indexOf(EXIF); at !== -1; at = clean.indexOf(EXIF, at + EXIF.length)) {
    // An APP1 segment: FF E1, then its length in two bytes, which count themselves.
    if (at < 4 || clean[at - 4] !== 0xff || clean[at - 3] !== 0xe1) continue;
    clean.fill(0, at, Math.min(clean.length, at - 2 + clean.readUInt16BE(at - 2)));
  }
  for (const [open, close] of [
    ['<x:xmpmeta', '</x:xmpmeta>'],
    ['<rdf:RDF', '</rdf:RDF>'],
  ] as const) {
    let end = 0;
    for (let at = clean.indexOf(open); at !== -1; at = clean.indexOf(open, at + open.length)) {
      // After the last end there is none for any later beginning.
      if (end !== -1) end = clean.indexOf(close, at);
      clean.fill(0x20, at, end === -1 ? at + open.length : end + close.length);
    }
  }
  return clean;
}
