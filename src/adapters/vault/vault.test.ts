import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrivatePart } from '../../core/events/event.ts';
import { id, type ShopId } from '../../core/shared/brand.ts';
import { keyBytes } from '../../core/shared/key-table.ts';
import { derivedKey } from '../secrets.ts';
import { deriveSubkeys, masterKeyCheck } from './keys.ts';
import { createVault } from './vault.ts';

const shopA = id<ShopId>('0199c0de-0000-7000-8000-00000000000a');
const shopB = id<ShopId>('0199c0de-0000-7000-8000-00000000000b');
const master = Buffer.alloc(32, 7);
const vault = createVault(master);

const text = (most: number) =>
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: most }).map((t) => t.trim() || 'x');
const privateParts = fc.record(
  { name: text(40), email: text(40), phone: text(20), externalId: text(30), text: text(200) },
  { requiredKeys: [] },
) as fc.Arbitrary<PrivatePart>;

describe('sealing', () => {
  it('gives back under the same key what was sealed', () => {
    fc.assert(
      fc.property(privateParts, (part) => {
        const { key, wrapped } = vault.newCustomerKey();
        expect(vault.openFor(vault.unwrap(wrapped), vault.sealFor(key, part))).toEqual(part);
      }),
    );
  });

  it('seals the same text to the same bytes, so that a rebuilt projection is identical', () => {
    const { key } = vault.newCustomerKey();
    expect(vault.sealFor(key, { name: 'Ada' })).toEqual(vault.sealFor(key, { name: 'Ada' }));
    expect(vault.sealFor(key, { name: 'Ada' })).not.toEqual(vault.sealFor(vault.newCustomerKey().key, { name: 'Ada' }));
  });

  it('refuses sealed data in which any byte was changed', () => {
    const { key } = vault.newCustomerKey();
    const sealed = vault.sealFor(key, { name: 'Ada Lovelace', email: 'ada@example.org' });
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(sealed);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        expect(() => vault.openFor(key, damaged)).toThrow(/altered|damaged/);
      }),
    );
    expect(() => vault.openFor(key, sealed.subarray(0, 20))).toThrow('damaged');
  });

  it('opens under its own key only', () => {
    const sealed = vault.sealFor(vault.newCustomerKey().key, { name: 'Ada' });
    expect(() => vault.openFor(vault.newCustomerKey().key, sealed)).toThrow('another key');
    expect(() => createVault(Buffer.alloc(32, 8)).open(vault.seal('staff'))).toThrow('another key');
    expect(vault.open(vault.seal('staff'))).toBe('staff');
  });

  it('keeps the clear text out of the sealed bytes', () => {
    const sealed = vault.sealFor(vault.newCustomerKey().key, { email: 'ada@example.org' });
    expect(sealed.includes('ada@example.org')).toBe(false);
  });
});

describe('keyed hashes', () => {
  it('differ by shop, by type, by purpose and by master key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const all = [
          vault.identifierHash(shopA, 'email', value),
          vault.identifierHash(shopB, 'email', value),
          vault.identifierHash(shopA, 'external', value),
          vault.contentHash(shopA, value),
          createVault(Buffer.alloc(32, 8)).identifierHash(shopA, 'email', value),
        ].map((hash) => hash.toString('hex'));
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  it('of identifiers are what Node computes, as bytes and as words', () => {
    const key = derivedKey(master, 'vault identifier v1');
    const anyText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constant('ł'.repeat(5_000)));
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.constantFrom('external' as const, 'email' as const, 'phone' as const),
        anyText,
        (shop, type, text) => {
          const theirs = createHmac('sha256', key).update(`${shop}\0${type}\0${text}`).digest();
          const words = new Int32Array(9);
          vault.putIdentifierKey(shop as ShopId, type, text, words, 1);
          expect(vault.identifierHash(shop as ShopId, type, text)).toEqual(theirs);
          expect(Buffer.from(keyBytes(words, 1))).toEqual(theirs);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are the same for the same value', () => {
    expect(vault.identifierHash(shopA, 'email', 'ada@example.org')).toEqual(
      createVault(Buffer.from(master)).identifierHash(shopA, 'email', 'ada@example.org'),
    );
  });
});

describe('the master key', () => {
  it('has 32 bytes', () => {
    expect(() => createVault(Buffer.alloc(31))).toThrow('31 bytes');
  });

  it('gives unrelated subkeys and a check that is none of them', () => {
    const keys = Object.values(deriveSubkeys(master)).map((key) => key.export().toString('hex'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).not.toContain(masterKeyCheck(master).toString('hex'));
    expect(masterKeyCheck(master)).not.toEqual(masterKeyCheck(Buffer.alloc(32, 8)));
  });
});
