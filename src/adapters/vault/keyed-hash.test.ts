import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyBytes } from '../../core/shared/key-table.ts';
import { KeyedHash, LONGEST_MESSAGE } from './keyed-hash.ts';
import { compressBlock, SHA256_START } from './sha256.ts';

const ours = (hash: KeyedHash, text: string): string => {
  const words = new Int32Array(11);
  hash.put(text, words, 3);
  return Buffer.from(keyBytes(words, 3)).toString('hex');
};
const theirs = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text).digest('hex');

const anyText = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  // Also halves of characters, which UTF-8 cannot say.
  fc.array(fc.nat(0xffff), { maxLength: 100 }).map((codes) => String.fromCharCode(...codes)),
);

describe('the keyed hash', () => {
  it('is what Node computes, of any text under any key, one after the other', () => {
    const anyKey = fc.uint8Array({ maxLength: 64 });
    fc.assert(
      fc.property(anyKey, fc.array(anyText, { maxLength: 5 }), (key, texts) => {
        const hash = new KeyedHash(key);
        for (const text of texts) expect(ours(hash, text)).toBe(theirs(key, text));
      }),
      { numRuns: 500 },
    );
  });

  it('is right at every length, of one byte a character and of several', () => {
    const key = Buffer.from('a key of some length');
    const hash = new KeyedHash(key);
    for (let length = 0; length < 300; length += 1)
      for (const letter of ['a', 'é', 'א', '漢'])
        expect(ours(hash, letter.repeat(length))).toBe(theirs(key, letter.repeat(length)));
    const longest = 'x'.repeat(LONGEST_MESSAGE);
    expect(ours(hash, longest)).toBe(theirs(key, longest));
  });

  it('is the same however the message is begun', () => {
    const key = Buffer.from('a key');
    const hash = new KeyedHash(key);
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 64 }), fc.array(anyText), (begun, texts) => {
        const beginning = hash.beginning(begun);
        for (const text of texts) {
          const words = new Int32Array(8);
          hash.put(text, words, 0, beginning);
          expect(Buffer.from(keyBytes(words, 0)).toString('hex')).toBe(theirs(key, begun + text));
        }
      }),
      { numRuns: 300 },
    );
    expect(() => hash.beginning('é')).toThrow('ASCII');
    expect(() => hash.beginning('x'.repeat(65))).toThrow('few characters');
  });

  it('refuses what is too long for it', () => {
    const hash = new KeyedHash(new Uint8Array(32));
    expect(() => ours(hash, 'x'.repeat(LONGEST_MESSAGE + 1))).toThrow('not hashed here');
    expect(() => ours(hash, 'é'.repeat(LONGEST_MESSAGE / 2 + 1))).toThrow('not hashed here');
    expect(() => new KeyedHash(new Uint8Array(65))).toThrow('longer than a block');
  });

  it('says the published vectors (RFC 4231, cases 1 and 2)', () => {
    const of = (key: string, text: string) => ours(new KeyedHash(Buffer.from(key, 'hex')), text);
    expect(of('0b'.repeat(20), 'Hi There')).toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7');
    expect(of(Buffer.from('Jefe').toString('hex'), 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});

it('compresses any block as SHA-256 does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 55 }), (bytes) => {
      const block = new Uint8Array(64);
      block.set(bytes);
      block[bytes.length] = 0x80;
      const view = new DataView(block.buffer);
      view.setUint32(60, bytes.length * 8);
      const state = Int32Array.from(SHA256_START);
      compressBlock(
        state,
        Int32Array.from({ length: 16 }, (_, word) => view.getInt32(4 * word)),
        0,
      );
      expect(Buffer.from(keyBytes(state, 0)).toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
  );
});
