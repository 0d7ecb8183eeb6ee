import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ImportSource } from './source.ts';
import { type TextLimits, textBlocks, textLimits } from './text-blocks.ts';

function source(bytes: Buffer, chunk = 7): ImportSource {
  const chunks = function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  };
  return { name: 'file.csv', bytes: bytes.length, open: () => Readable.from(chunks(), { objectMode: false }) };
}

async function textOf(bytes: Buffer, limits?: TextLimits, chunk?: number): Promise<string> {
  let text = '';
  for await (const block of textBlocks(source(bytes, chunk), limits)) text += block.text;
  return text;
}

describe('the text of a file', () => {
  it('is read plain or gzipped, with or without a byte order mark', async () => {
    const text = 'naam,plaats\nZoë,São Paulo\n张伟,北京\n';
    expect(await textOf(Buffer.from(text))).toBe(text);
    expect(await textOf(Buffer.from(`\uFEFF${text}`))).toBe(text);
    expect(await textOf(gzipSync(text))).toBe(text);
    expect(await textOf(Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]))).toBe('a\nb\n');
  });

  it('comes in whole lines, numbered', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index + 1} ${'x'.repeat(20)}\n`);
    let expected = 1;
    for await (const block of textBlocks(source(Buffer.from(lines.join('')), 65_536))) {
      expect(block.line).toBe(expected);
      expect(block.text.endsWith('\n')).toBe(true);
      expected += block.text.split('\n').length - 1;
    }
    expect(expected).toBe(60_001);
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'file.csv is empty.'],
    ['Latin-1', Buffer.from('a,b\nZo\xeb,c\n', 'latin1'), 'Line 2 is not UTF-8 text (near character 3, byte EB)'],
    ['UTF-16', Buffer.from('\uFEFFa,b\n', 'utf16le'), 'UTF-16'],
    ['a zero byte', Buffer.from('a,b\nc,\0\n'), 'Line 2 holds a zero byte'],
    ['a zip archive', Buffer.from('PK\x03\x04rest'), 'is a zip archive or an Excel workbook'],
    ['half a gzip file', gzipSync('a,b\n'.repeat(500)).subarray(0, 20), 'ends too early'],
    ['a damaged gzip file', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('nonsense')]), 'damaged gzip file'],
  ])('is refused when it is %s', async (_, bytes, message) => {
    await expect(textOf(bytes)).rejects.toThrow(message);
  });

  it('is refused when a line is endless', async () => {
    const limits = { ...textLimits, longestLine: 1_000_000 };
    await expect(textOf(Buffer.from(`a\n${'x'.repeat(2_000_000)}`), limits, 65_536)).rejects.toThrow(
      'Line 2 is longer than',
    );
  });

  it('is refused when it is a zip bomb, after unpacking a little of it', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000, 'a,b\n'));
    const begin = process.memoryUsage().rss;
    await expect(textOf(bomb, textLimits, 65_536)).rejects.toThrow('more than 150 times its size');
    expect(process.memoryUsage().rss - begin).toBeLessThan(400_000_000);
  });

  it('is refused when it is too large once unpacked', async () => {
    const limits = { ...textLimits, largest: 1_000_000 };
    await expect(textOf(gzipSync(Buffer.alloc(2_000_000, 'a,b\n')), limits)).rejects.toThrow(
      'unpacks to more than 0.001 GB',
    );
  });
});
