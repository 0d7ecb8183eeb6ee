import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePhone } from '../../identity/identifier.ts';
import { houseNumber, streetLine } from './address.ts';
import { birthOf, orderShown } from './birth.ts';
import { mailboxOf } from './mailbox.ts';
import { fullName, namePart } from './name.ts';
import { PhoneReader } from './phone.ts';
import { plainCode, plainWords } from './plain.ts';

describe('mailboxes', () => {
  it.each([
    ['J.an.Jansen+shop@GoogleMail.com', 'janjansen@gmail.com'],
    ['jan.jansen+a@outlook.com', 'jan.jansen@outlook.com'],
    ['jan+b@hotmail.co.uk', 'jan@hotmail.co.uk'],
    ['jan-shoes@yahoo.com', 'jan@yahoo.com'],
    ['jan@me.com', 'jan@icloud.com'],
    ['jan+x@pm.me', 'jan@proton.me'],
    ['jan+x@fastmail.fm', 'jan@fastmail.fm'],
    ['jan.jansen@shop.example', 'jan.jansen@shop.example'],
    ['jan+tag@shop.example', 'jan+tag@shop.example'],
    ['jan-piet@shop.example', 'jan-piet@shop.example'],
    ['j\u0430n.jansen@shop.example', 'jan.jansen@shop.example'],
    ['jan\u200b@shop.example', 'jan@shop.example'],
  ])('%j leads to %j', (written, address) => {
    expect(mailboxOf(written)?.address).toBe(address);
  });

  it('have a name only when it is long enough to tell anybody', () => {
    expect(mailboxOf('blue.fish77+x@shop.example')?.name).toBe('bluefish77');
    expect(mailboxOf('ab@shop.example')?.name).toBeNull();
    expect(mailboxOf('no address')).toBeNull();
  });

  it('stay as they are when read again', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (written) => {
        const once = mailboxOf(written)?.address;
        expect(once).toBeDefined();
        expect(mailboxOf(once ?? '')?.address).toBe(once);
      }),
    );
  });
});

describe('names', () => {
  it.each([
    ['Małgorzata Wójcik', 'malgorzata wojcik'],
    ['Ma\u0142gorzata Wo\u0301jcik', 'malgorzata wojcik'],
    ['O’Brien', 'obrien'],
    ["O'Brien", 'obrien'],
    ['Anne-Marie', 'anne marie'],
    ['Strauß', 'strauss'],
    ['Søren Ærø', 'soren aero'],
    ['Ольга', 'olga'],
    ['J\u0430n Jans\u0435n', 'jan jansen'],
    ['\u202eJan\u202c \u200bJansen', 'jan jansen'],
    ['ＪＡＮ', 'jan'],
    ['---', ''],
  ])('%j is %j in plain words', (written, plain) => {
    expect(plainWords(written)).toBe(plain);
  });

  it('are the same in Hebrew with and without points, composed and decomposed', () => {
    const plain = plainWords('דנה כהן');
    expect(plain).not.toBe('');
    expect(plainWords('דָּנָה כֹּהֵן')).toBe(plain);
    expect(plainWords('דָּנָה כֹּהֵן'.normalize('NFD'))).toBe(plain);
  });

  it('are plain letters, digits and single spaces, whatever was written, and stay so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (written) => {
        const plain = plainWords(written);
        expect(plain).toMatch(/^([a-z0-9]+( [a-z0-9]+)*)?$/);
        expect(plainWords(plain)).toBe(plain);
      }),
    );
  });

  it.each([
    ['Jan van den Berg', 'jan', 'van den berg'],
    ['Berg, Jan van den', 'jan van den', 'berg'],
    ['Dhr. Jan Bakker', 'jan', 'bakker'],
    ['Anna Maria Nowak', 'anna maria', 'nowak'],
    ['王小明', 'xiaoming', 'wang'],
    ['欧阳娜娜', 'nana', 'ouyang'],
    ['Cher', null, 'cher'],
  ])('%j is taken apart', (written, given, surname) => {
    expect(fullName(written)).toEqual({ given, surname });
  });

  it('that are nothing are missing', () => {
    expect(namePart(' \u200b- ')).toBeNull();
  });
});

describe('addresses', () => {
  it.each([
    ['12 High Street', 'high st', '12'],
    ['Hauptstraße 12 a', 'hauptst', '12a'],
    ['Hauptstr. 12A', 'hauptst', '12a'],
    ['Kerkstraat 7-2', 'kerkst', '7 2'],
    ['ul. Długa 7 m. 4', 'dluga', '7 4'],
    ['Długa 7/4', 'dluga', '7 4'],
    ['Flat 4, 7 Long Rd', 'long rd', '7 4'],
    ['Postbus', 'postbus', null],
  ])('%j is taken apart', (written, street, number) => {
    expect(streetLine(written)).toEqual({ street, number });
  });

  it('write house numbers one way', () => {
    expect(houseNumber('12 A')).toBe('12a');
    expect(houseNumber('nr. 12')).toBe('12');
    expect(houseNumber('-')).toBeNull();
  });
});

describe('birth dates', () => {
  it.each([
    ['1990-04-03', 'day-first', '19900403'],
    ['1990-04-03T00:00:00Z', 'day-first', '19900403'],
    ['19900403', 'month-first', '19900403'],
    ['03/04/1990', 'day-first', '19900403'],
    ['03/04/1990', 'month-first', '19900304'],
    ['3.4.1990', 'month-first', '19900403'],
    ['31/12/1990', 'month-first', '19901231'],
    ['12/31/1990', 'day-first', '19901231'],
    ['3 April 1990', 'day-first', '19900403'],
    ['April 3rd, 1990', 'day-first', '19900403'],
    ['3 kwietnia 1990', 'day-first', '19900403'],
    ['3 maart 1990', 'day-first', '19900303'],
    ['1990', 'day-first', '1990'],
    ['03041990', 'day-first', '19900403'],
    ['03/04/90', 'day-first', null],
    ['unknown', 'day-first', null],
  ] as const)('%j, %s, is %s', (written, order, birth) => {
    expect(birthOf(written, order)).toBe(birth);
  });

  it('show the order they are written in, or not', () => {
    expect(orderShown('31/12/1990')).toBe('day-first');
    expect(orderShown('12/31/1990')).toBe('month-first');
    expect(orderShown('03/04/1990')).toBeNull();
  });
});

it('phone numbers are read as one at a time, whatever was read before', () => {
  const number = fc
    .tuple(
      fc.constantFrom('+31', '+48', '06', '020', '+1', '0', '+972', '00'),
      fc.integer({ min: 1, max: 99_999_999_999 }),
    )
    .map(([start, rest]) => `${start}${rest}`);
  const readers = { NL: new PhoneReader('NL'), none: new PhoneReader(null) };
  fc.assert(
    fc.property(number, (written) => {
      expect(readers.NL.read(written)).toBe(normalisePhone(written, 'NL'));
      expect(readers.none.read(written)).toBe(normalisePhone(written, null));
    }),
    { numRuns: 3000 },
  );
});

describe('plain text', () => {
  const written = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 10 }),
  );

  it('of ASCII is read the short way to what the long way gives', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        // A letter that only the long way reads, and a space before it.
        expect(`${plainWords(text)} o`.trim()).toBe(plainWords(`${text} ò`));
      }),
      { numRuns: 2000 },
    );
  });

  it('as a code is its words without the spaces between them', () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(plainCode(text)).toBe(plainWords(text).replaceAll(' ', ''));
      }),
      { numRuns: 2000 },
    );
  });
});
