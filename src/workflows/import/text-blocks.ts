import { isUtf8 } from 'node:buffer';
import { createGunzip } from 'node:zlib';
import { FileFault } from './fault.ts';
import type { ImportSource } from './source.ts';

/** A stretch of whole lines. */
export interface TextBlock {
  readonly text: string;
  /** Number of the first line, from 1. */
  readonly line: number;
  /** How many bytes of the file, as it lies on the disk, have been read so far. */
  readonly bytesRead: number;
}

export interface TextLimits {
  /** The longest line, in bytes. */
  readonly longestLine: number;
  /** The largest file once unpacked, in bytes. */
  readonly largest: number;
  /** How many times larger than packed a file may be; honest tables pack 5 to 30 times. */
  readonly expansion: number;
}

export const textLimits: TextLimits = { longestLine: 1 << 20, largest: 20e9, expansion: 150 };

const BLOCK = 1 << 19;
const FREE_EXPANSION = 64e6;
const NEWLINE = 0x0a;

/** A stretch of whole lines as bytes of UTF-8, without the mark some programs put before it. */
export interface ByteBlock extends Omit<TextBlock, 'text'> {
  readonly bytes: Buffer;
}

/**
 * The text of a file, plain or gzipped (told by its first bytes, not by its name), in blocks of whole lines, one in memory at a time.
 * Throws a `FileFault` for what is no UTF-8 text, with the line.
 */
export async function* textBlocks(source: ImportSource, limits: TextLimits = textLimits): AsyncGenerator<TextBlock> {
  for await (const { bytes, line, bytesRead } of byteBlocks(source, limits))
    yield { text: bytes.toString('utf8'), line, bytesRead };
}

/** As `textBlocks`, checked as it is, and not made text. */
export async function* byteBlocks(source: ImportSource, limits: TextLimits = textLimits): AsyncGenerator<ByteBlock> {
  const state = { bytesRead: 0 };
  let line = 1;
  let waiting: Buffer[] = [];
  let size = 0;
  let total = 0;
  for await (const chunk of unpacked(source, state, limits)) {
    if (total === 0) refuseOtherText(chunk);
    total += chunk.length;
    waiting.push(chunk);
    size += chunk.length;
    if (size < BLOCK) continue;
    const bytes = Buffer.concat(waiting, size);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      if (size > limits.longestLine) throw tooLong(line, limits);
      waiting = [bytes];
      continue;
    }
    const rest = bytes.subarray(end);
    if (rest.length > limits.longestLine) throw tooLong(line + countLines(bytes.subarray(0, end)), limits);
    const block = bytes.subarray(0, end);
    yield { bytes: checked(block, line), line, bytesRead: state.bytesRead };
    line += countLines(block);
    waiting = rest.length === 0 ? [] : [rest];
    size = rest.length;
  }
  if (total === 0) throw new FileFault(`${source.name} is empty.`);
  if (size === 0) return;
  if (size > limits.longestLine && countLines(Buffer.concat(waiting, size)) === 0) throw tooLong(line, limits);
  yield { bytes: checked(Buffer.concat(waiting, size), line), line, bytesRead: state.bytesRead };
}

async function* unpacked(
  source: ImportSource,
  state: { bytesRead: number },
  limits: TextLimits,
): AsyncGenerator<Buffer> {
  const file = source.open();
  file.on('data', (chunk: Buffer) => {
    state.bytesRead += chunk.length;
  });
  file.pause();
  const magic = await firstBytes(source);
  if (magic[0] === 0x50 && magic[1] === 0x4b)
    throw new FileFault(
      `${source.name} is a zip archive or an Excel workbook: unpack it, or save the sheet as CSV (UTF-8).`,
    );
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) {
    for await (const chunk of file) yield chunk as Buffer;
    return;
  }
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  file.on('error', (error) => gunzip.destroy(error));
  let unpackedBytes = 0;
  try {
    for await (const chunk of file.pipe(gunzip)) {
      unpackedBytes += (chunk as Buffer).length;
      if (unpackedBytes > FREE_EXPANSION + state.bytesRead * limits.expansion)
        throw new FileFault(
          `${source.name} unpacks to more than ${limits.expansion} times its size, which no table of orders does: nothing was imported.`,
        );
      if (unpackedBytes > limits.largest)
        throw new FileFault(
          `${source.name} unpacks to more than ${limits.largest / 1e9} GB: split it into smaller files.`,
        );
      yield chunk as Buffer;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'Z_BUF_ERROR')
      throw new FileFault(`${source.name} ends too early: it was not copied whole. Copy it again.`);
    if (code.startsWith('Z_')) throw new FileFault(`${source.name} is a damaged gzip file. Pack or copy it again.`);
    throw error;
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

async function firstBytes(source: ImportSource): Promise<Buffer> {
  const file = source.open();
  try {
    for await (const chunk of file) return chunk as Buffer;
    return Buffer.alloc(0);
  } finally {
    file.destroy();
  }
}

function refuseOtherText(first: Buffer): void {
  if ((first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff))
    throw new FileFault('The file is UTF-16 text ("Unicode text" in Excel). Save it as "CSV UTF-8".');
}

function checked(block: Buffer, firstLine: number): Buffer {
  if (!isUtf8(block)) throw notUtf8(block, firstLine);
  const nul = block.indexOf(0);
  if (nul !== -1)
    throw new FileFault(
      `Line ${firstLine + countLines(block.subarray(0, nul))} holds a zero byte: this is not a text file.`,
    );
  return firstLine === 1 && block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf ? block.subarray(3) : block;
}

function notUtf8(block: Buffer, firstLine: number): FileFault {
  let line = firstLine;
  for (let from = 0; from < block.length; line += 1) {
    const end = block.indexOf(NEWLINE, from) + 1 || block.length;
    const bytes = block.subarray(from, end);
    if (!isUtf8(bytes)) {
      let good = 0;
      while (good < bytes.length && isUtf8(bytes.subarray(0, good + 1))) good += 1;
      const wrong = bytes.subarray(good).find((byte) => byte > 0x7f) ?? 0;
      return new FileFault(
        `Line ${line} is not UTF-8 text (near character ${good + 1}, byte ${wrong.toString(16).toUpperCase()}). Save the file as "CSV UTF-8" and try again.`,
      );
    }
    from = end;
  }
  throw new Error('Text that is not UTF-8 as a whole is UTF-8 in every line');
}

function tooLong(line: number, limits: TextLimits): FileFault {
  return new FileFault(
    `Line ${line} is longer than ${limits.longestLine >> 10} kB: this is not a table with one row a line.`,
  );
}

function countLines(block: Buffer): number {
  let count = 0;
  for (let at = block.indexOf(NEWLINE); at !== -1; at = block.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
