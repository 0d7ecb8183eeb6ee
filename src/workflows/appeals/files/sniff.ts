import type { Attachment } from '../../../ports/hearing.ts';

export type FileType = Attachment['type'];

const starts = (bytes: Buffer, magic: readonly number[], at = 0): boolean =>
  magic.every((byte, index) => bytes[at + index] === byte);

const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')];

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const END_OF_ZIP = Buffer.from('PK\u0005\u0006', 'latin1');
const LONGEST_END_OF_ZIP = 65_557;

/**
 * What a file is by its own bytes, whatever it is called; null for everything that is not taken: what is none of the four
 * kinds, and what would be something else besides to another program (an archive at the end, a page with a script inside).
 */
export function sniff(bytes: Buffer): FileType | null {
  const type = kindOf(bytes);
  if (type === null || endsAsArchive(bytes)) return null;
  return type !== 'application/pdf' && holdsPage(bytes) ? null : type;
}

function kindOf(bytes: Buffer): FileType | null {
  if (starts(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (starts(bytes, PNG)) return endsWithPng(bytes) ? 'image/png' : null;
  if (starts(bytes, ascii('RIFF')) && starts(bytes, ascii('WEBP'), 8)) return 'image/webp';
  if (starts(bytes, ascii('%PDF-'))) return bytes.subarray(-1_024).includes('%%EOF') ? 'application/pdf' : null;
  return null;
}

/** A PNG says where it ends; what follows is something else. */
function endsWithPng(bytes: Buffer): boolean {
  let at: number = PNG.length;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    at += 12 + length;
    if (kind === 'IEND') return at === bytes.length;
  }
  return false;
}

/** A zip archive is read from its end: its last record lies there, and says how long the comment after it is. */
function endsAsArchive(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - LONGEST_END_OF_ZIP);
  for (let at = bytes.indexOf(END_OF_ZIP, from); at !== -1; at = bytes.indexOf(END_OF_ZIP, at + 1))
    if (at + 22 <= bytes.length && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return true;
  return false;
}

function holdsPage(bytes: Buffer): boolean {
  return /<(script|html|svg|iframe|!doctype\s+html)[\s>]/i.test(bytes.toString('latin1'));
}
