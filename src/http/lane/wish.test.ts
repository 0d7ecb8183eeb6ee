import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionRequest } from '../../contracts/v1.ts';
import { readWish } from './wish.ts';

/** Without the fields that are not there. */
const said = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const words = (least: number, most: number) =>
  fc
    .string({ unit: 'grapheme', minLength: least, maxLength: most })
    .filter((text) => text.trim().length >= least && text.length <= most && !/[\ud800-\udfff]/.test(text));
const country = fc.constantFrom('NL', 'PL', 'IL', 'CN');

/** What shops send. */
const ordinary = fc.record({
  surface: fc.constantFrom('purchase', 'return', 'contact', 'review', 'login'),
  customer: fc.record({
    externalId: sometimes(words(1, 120)),
    email: sometimes(fc.emailAddress()),
    phone: sometimes(words(3, 40)),
    name: sometimes(words(1, 200)),
    address: sometimes(
      fc.record({
        street: words(1, 200),
        postcode: sometimes(words(1, 20)),
        city: sometimes(words(1, 120)),
        country: sometimes(country),
      }),
    ),
    device: sometimes(words(4, 120)),
    card: sometimes(words(4, 120)),
  }),
  order: sometimes(
    fc.record({
      reference: sometimes(fc.string({ maxLength: 120 })),
      total: sometimes(fc.nat()),
      currency: sometimes(fc.constantFrom('EUR', 'PLN', 'ILS')),
      items: sometimes(fc.nat(100_000)),
      first: sometimes(fc.boolean()),
      billingCountry: sometimes(country),
      deliveryCountry: sometimes(country),
    }),
  ),
  returnKind: sometimes(fc.constantFrom('withdrawal', 'faulty', 'goodwill')),
  ip: sometimes(fc.oneof(fc.ipV4(), fc.ipV6())),
  language: sometimes(fc.constantFrom('nl', 'en-GB')),
});

/** Anything that may stand where a value stands. */
const oddity = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    ' ',
    '  a  ',
    'x'.repeat(300),
    'EUR ',
    'nl',
    'NLD',
    -1,
    -0,
    0.5,
    1e300,
    100_001,
    2 ** 53,
    true,
    [],
    {},
    null,
  ),
  fc.constantFrom(
    '1.2.3',
    '::',
    '::ffff:1.2.3.4',
    'fe80::1%eth0',
    '1.2.3.4/32',
    '01.2.3.4',
    '2001:DB8::1',
    '1::2::3',
    '\u00a01.2.3.4',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 130 }),
);
const place = fc.constantFrom(
  ...['surface', 'customer', 'order', 'returnKind', 'ip', 'language', '__proto__', 'toString', 'more'].map((name) => [
    name,
  ]),
  ...['externalId', 'email', 'phone', 'name', 'address', 'device', 'card', 'x'].map((name) => ['customer', name]),
  ...['street', 'postcode', 'city', 'country', 'x'].map((name) => ['customer', 'address', name]),
  ...['reference', 'total', 'currency', 'items', 'first', 'billingCountry', 'x'].map((name) => ['order', name]),
);

/** The request with something else at one place, or nothing. */
function changed(body: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const fields = new Map(Object.entries(body));
  const inner = rest.length === 0 ? value : changed(fields.get(name), rest, value);
  if (inner === undefined) fields.delete(name);
  else fields.set(name, inner);
  return JSON.parse(
    `{${[...fields].map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(each)}`).join(',')}}`,
  );
}

describe('a request to decide, read by hand', () => {
  it('takes no network address that the contract refuses, however it is written', () => {
    const group = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), maxLength: 5 });
    const number = fc.oneof(fc.nat(300).map(String), fc.constantFrom('00', '01', '', '1e1'));
    const groups = fc.array(group, { maxLength: 9 }).map((all) => all.join(':'));
    const dotted = fc.array(number, { minLength: 3, maxLength: 5 }).map((all) => all.join('.'));
    const written = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      groups,
      dotted,
      fc.tuple(groups, fc.constantFrom(':', '::', '%', ' '), fc.oneof(groups, dotted)).map((parts) => parts.join('')),
    );
    let read = 0;
    fc.assert(
      fc.property(written, (ip) => {
        const asked = { surface: 'purchase', customer: { email: 'a@shop.example' }, ip };
        const wish = readWish(asked);
        if (wish === null) return;
        read += 1;
        expect(decisionRequest.safeParse(asked).data?.ip).toBe(wish.ip);
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(500);
  });

  it('is what the contract reads, whenever it is read at all', () => {
    const change = fc.tuple(place, fc.option(oddity, { nil: undefined, freq: 8 }));
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: ordinary }, { weight: 1, arbitrary: oddity }),
        fc.array(change, { maxLength: 2 }),
        (body, changes) => {
          let asked: unknown = said(body ?? null);
          for (const [where, value] of changes) asked = changed(asked, where, value);
          const wish = readWish(structuredClone(asked));
          if (wish === null) return;
          read += 1;
          const checked = decisionRequest.safeParse(asked);
          expect(checked.error?.issues ?? []).toEqual([]);
          expect(said(wish)).toEqual(said(checked.data));
        },
      ),
      { numRuns: 5_000 },
    );
    expect(read).toBeGreaterThan(1_000);
  });

  it('is read whenever it is as shops send it', () => {
    fc.assert(
      fc.property(ordinary, (body) => {
        expect(readWish(said(body))).not.toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});
