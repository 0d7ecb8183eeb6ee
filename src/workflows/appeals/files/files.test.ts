import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bomb, packedObjects, pdf, photo, zip } from '../../../../test/support/files.ts';
import { languages } from '../../../../test/support/languages.ts';
import { createPictures } from '../../../adapters/pictures/pictures.ts';
import { createVault } from '../../../adapters/vault/vault.ts';
import { id, type ShopId } from '../../../core/shared/brand.ts';
import { hasWords } from '../../../core/shared/words.ts';
import type { Shop } from '../../../ports.ts';
import { refusalWords } from '../refusal.ts';
import { customerRefusals } from '../types.ts';
import { fileName } from './file-name.ts';
import { pdfFault, withoutPlaces } from './pdf.ts';
import { prepareFiles } from './prepare.ts';
import { SentFiles } from './sent-files.ts';
import { sniff } from './sniff.ts';

const shop = { id: id<ShopId>('00000000-0000-4000-8000-000000000001'), timeZone: 'Europe/Amsterdam' } as Shop;
const deps = { vault: createVault(Buffer.alloc(32, 42)), pictures: createPictures() };
const prepare = (name: string, bytes: Uint8Array) => prepareFiles(deps, shop, [{ name, bytes }]);

describe('a file is what its bytes say', () => {
  it('and pictures and PDFs are taken, whatever they are called', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) expect(sniff(await photo(format))).toBe(`image/${format}`);
    expect(sniff(pdf())).toBe('application/pdf');
  });

  it('and nothing else is', async () => {
    const jpeg = await photo();
    const png = await photo('png');
    const others: Readonly<Record<string, Buffer>> = {
      'a zip that is called .png': zip(),
      'an SVG with a script': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'a page': Buffer.from('<!doctype html><html><script>alert(1)</script></html>'),
      'an animation': Buffer.from('GIF89a'),
      'a program': Buffer.from('MZ\u0090\u0000', 'latin1'),
      'a picture with an archive behind it': Buffer.concat([png, zip()]),
      'a photo with an archive behind it': Buffer.concat([jpeg, zip()]),
      'a PDF with an archive behind it': Buffer.concat([pdf(), zip()]),
      'a photo with a page inside': Buffer.concat([jpeg, Buffer.from('<SCRIPT >alert(1)</SCRIPT>')]),
      'a PDF that is a page before': Buffer.concat([Buffer.from('<html>'), pdf()]),
      'a PDF without an end': pdf().subarray(0, 40),
      'a picture cut in half': png.subarray(0, png.length / 2),
      nothing: Buffer.alloc(0),
    };
    for (const [what, bytes] of Object.entries(others)) expect(sniff(bytes), what).toBeNull();
  });

  it('and one clear sentence says what to send instead', async () => {
    const refused = await prepare('photo.png', zip());
    if (refused.ok) throw new Error('It was to be refused');
    expect(refused.error.why).toBe('file-not-allowed');
    expect(refusalWords(languages.english, shop, refused.error)).toBe(
      '“photo.png” is not a file we can take. Please send a picture (JPEG, PNG or WebP) or a PDF.',
    );
  });
});

describe('a picture is made anew', () => {
  it('upright, and without the place it was taken at', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const before = await photo(format);
      expect((await sharp(before).metadata()).exif).toBeDefined();
      const prepared = await prepare(`photo.${format}`, before);
      const after = prepared.ok ? prepared.value[0]?.bytes : undefined;
      const { exif, xmp, icc, width, height, format: kept } = await sharp(after).metadata();
      expect({ exif, xmp, icc, kept }).toEqual({ exif: undefined, xmp: undefined, icc: undefined, kept: format });
      expect([width, height]).toEqual([20, 40]);
    }
  });

  it('unless it has more pixels than memory should hold, or cannot be read', async () => {
    expect(await prepare('bomb.png', await bomb())).toMatchObject({ error: { why: 'picture-too-large' } });
    const jpeg = await photo();
    expect(await prepare('half.jpg', jpeg.subarray(0, 200))).toMatchObject({ error: { why: 'file-unreadable' } });
  });

  it('and the same file sent again is recognised by a keyed hash', async () => {
    const bytes = await photo();
    const hashes = await Promise.all([prepare('a.jpg', bytes), prepare('b.jpg', bytes), prepare('a.jpg', pdf())]);
    const [a, b, c] = hashes.map((each) => (each.ok ? each.value[0]?.contentHash.toString('hex') : ''));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});

describe('a PDF is taken only when nothing in it acts', () => {
  it.each([
    ['a program', '<< /S /JavaScript /JS (app.alert(1)) >>', 'pdf-active'],
    ['a program under a name written otherwise', '<< /S /J#61vaScript >>', 'pdf-active'],
    ['a short name for one', '<< /JS (app.alert(1)) >>', 'pdf-active'],
    ['something to start', '<< /S /Launch /F (cmd.exe) >>', 'pdf-active'],
    ['another file inside', '<< /Type /EmbeddedFile >>', 'pdf-active'],
    ['a password', '<< /Encrypt 5 0 R >>', 'pdf-locked'],
  ])('not with %s', (_, object, fault) => {
    expect(pdfFault(pdf([object]))).toBe(fault);
  });

  it('nor with any of that packed', () => {
    expect(pdfFault(pdf([packedObjects('7 0 << /S /JavaScript /JS (x) >>')]))).toBe('pdf-active');
    expect(pdfFault(pdf([packedObjects('7 0 << /Type /Annot >>')]))).toBeNull();
    expect(pdfFault(pdf(['<< /Type /ObjStm /Filter [/ASCII85Decode /FlateDecode] >>\nstream\nxx\nendstream']))).toBe(
      'file-unreadable',
    );
  });

  it('nor where what is packed would fill memory', () => {
    expect(pdfFault(pdf([packedObjects('7 '.repeat(6_000_000))]))).toBe('file-unreadable');
  });

  it.each([
    ['beginnings of streams', '>>stream\n', null],
    ['object streams without an end', '1 0 obj << /Type /ObjStm >>\nstream\n', 'file-unreadable'],
    ['the word stream', 'stream', 'file-unreadable'],
    ['places without an end', '<x:xmpmeta', null],
  ])('nor keeps everybody waiting when it is made of %s', (_, piece, fault) => {
    const many = fault === null ? 9_000 : 60_000;
    const made = Buffer.from(`%PDF-1.4\n${piece.repeat(many)}\n${' '.repeat(2_000_000)}%%EOF`, 'latin1');
    const began = performance.now();
    expect(pdfFault(made)).toBe(fault);
    withoutPlaces(made);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('and loses the places in its photos without moving anything', async () => {
    const jpeg = await photo();
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>52,5.4N</exif:GPSLatitude></x:xmpmeta>';
    const before = pdf([
      Buffer.concat([Buffer.from('<< /Filter /DCTDecode >>\nstream\n'), jpeg, Buffer.from('\nendstream')]),
      `<< /Type /Metadata >>\nstream\n${xmp}\nendstream`,
    ]);
    expect(pdfFault(before)).toBeNull();
    const after = withoutPlaces(before);
    expect(after.length).toBe(before.length);
    expect(after.includes('Telephone')).toBe(false);
    expect(after.includes('GPSLatitude')).toBe(false);
    expect(after.subarray(0, 100)).toEqual(before.subarray(0, 100));
    expect(after.subarray(-60)).toEqual(before.subarray(-60));
  });
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ines\\zip.jpg', 'zip.jpg'],
    ['..', 'file'],
    ['', 'file'],
    ['a\u0000b\n.pdf', 'ab.pdf'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['  rits   kapot .png ', 'rits kapot .png'],
    ['חשבונית.pdf', 'חשבונית.pdf'],
  ])('%j becomes %j', (given, name) => {
    expect(fileName(given)).toBe(name);
  });

  it('keeps its ending when it is long', () => {
    const name = fileName(`${'x'.repeat(300)}.jpeg`);
    expect(name).toHaveLength(100);
    expect(name.endsWith('….jpeg')).toBe(true);
  });
});

describe('files as they are sent', () => {
  const stream = async function* (bytes: number, read: { bytes: number }): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes; at += 65_536) {
      const chunk = new Uint8Array(Math.min(65_536, bytes - at));
      read.bytes += chunk.length;
      yield chunk;
    }
  };

  it('are read no further than one file may be large', async () => {
    const read = { bytes: 0 };
    const files = new SentFiles();
    expect(await files.take('film.jpg', stream(200_000_000, read))).toMatchObject({ error: { why: 'file-too-large' } });
    expect(read.bytes).toBeLessThan(10_200_000);
    expect(files.files).toEqual([]);
  });

  it('nor than all may be together, nor more than five', async () => {
    const files = new SentFiles();
    for (const size of [9_000_000, 9_000_000]) await files.take('a.jpg', stream(size, { bytes: 0 }));
    expect(await files.take('b.jpg', stream(9_000_000, { bytes: 0 }))).toMatchObject({
      error: { why: 'files-too-large' },
    });
    const small = new SentFiles();
    for (let count = 0; count < 5; count += 1)
      expect(await small.take(`${count}.jpg`, stream(10, { bytes: 0 }))).toMatchObject({ ok: true });
    expect(await small.take('6.jpg', stream(10, { bytes: 0 }))).toMatchObject({ error: { why: 'too-many-files' } });
    expect(small.files).toHaveLength(5);
  });

  it('pass over a field that was left empty, and refuse a file without anything in it', async () => {
    const files = new SentFiles();
    await files.take('', stream(0, { bytes: 0 }));
    expect(files.files).toEqual([]);
    expect(await prepare('empty.pdf', new Uint8Array())).toMatchObject({ error: { why: 'file-empty' } });
  });
});

it('has words for every refusal a customer can meet', () => {
  for (const why of customerRefusals) expect(hasWords(languages.english, `appeals.refused.${why}`), why).toBe(true);
});
