import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { buildClientSchema, coerceInputValue, type GraphQLInputObjectType, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGuestList, LARGEST_METAFIELD, MOST_GUESTS } from '../../src/adapters/shops/shopify/guest-list.ts';
import { checkoutMarks, guestWords } from '../../src/adapters/shops/shopify/metafields.ts';
import type { CustomerMarks } from '../../src/core/enforcement/types.ts';
import { instant } from '../../src/core/shared/time.ts';
import {
  type CheckoutFunction,
  compileCheckoutFunction,
  EXTENSION,
  whyNotCompiled,
} from './support/checkout-function.ts';

const ZONE = 'Europe/Amsterdam';
const UNTIL = instant(Date.parse('2026-05-02T14:00:00Z'));
const blocked: CustomerMarks = {
  as: 'blocked',
  refused: ['purchase'],
  obligations: [],
  until: UNTIL,
  sentences: [
    { surface: 'purchase', language: 'en', text: 'You cannot order until 2 May "2026".\nHere you can object.' },
    { surface: 'purchase', language: 'he', text: 'אי אפשר להזמין כרגע.' },
    { surface: 'contact', language: 'en', text: 'Not this one.' },
  ],
};
const SALT = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const list = (emails: readonly string[], today = '2026-04-01') =>
  encodeGuestList(
    emails.map((email) => ({ email, phone: null, marks: blocked })),
    { salt: SALT, timeZone: ZONE, today },
  );
const allowed = { operations: [] };
const refusal = (message: string) => ({
  operations: [{ validationAdd: { errors: [{ message, target: '$.cart' }] } }],
});

interface Told {
  readonly step?: string | null;
  readonly date?: string;
  readonly language?: string;
  readonly email?: string | null;
  readonly customer?: string | null | false;
  readonly guests?: string | null;
  readonly words?: string | null;
}
const wrapped = (value: string | null | undefined) => (value == null ? null : { value });
const input = ({ step = 'CHECKOUT_INTERACTION', date = '2026-04-20', language = 'EN', ...told }: Told) => ({
  buyerJourney: { step },
  localization: { language: { isoCode: language } },
  shop: { localTime: { date }, guests: wrapped(told.guests), guestWords: wrapped(told.words) },
  cart: {
    buyerIdentity: {
      email: told.email ?? null,
      customer:
        told.customer === false || told.customer === undefined
          ? null
          : { id: 'gid://shopify/Customer/1', checkout: wrapped(told.customer) },
    },
  },
});

describe.skipIf(whyNotCompiled !== null)(
  `the checkout function${whyNotCompiled === null ? '' : ` (${whyNotCompiled})`}`,
  () => {
    let compiled: CheckoutFunction;
    beforeAll(async () => {
      compiled = await compileCheckoutFunction();
    });
    afterAll(() => compiled?.close());
    const answer = (told: Told) => compiled.run(input(told)).output;
    const marks = checkoutMarks(blocked, ZONE);

    it('is small, and asks of its surroundings only to read and write', () => {
      expect(compiled.bytes).toBeLessThan(40_000);
      expect(compiled.imports.toSorted()).toEqual([
        'wasi_snapshot_preview1.fd_read',
        'wasi_snapshot_preview1.fd_write',
      ]);
      expect(compiled.exports).toContain('run');
    });

    it('lets customers through who are not marked, and refuses who is, in the language of the checkout', () => {
      expect(answer({ customer: null })).toEqual(allowed);
      expect(answer({ customer: marks })).toEqual(
        refusal('You cannot order until 2 May "2026".\nHere you can object.'),
      );
      expect(answer({ customer: marks, language: 'HE' })).toEqual(refusal('אי אפשר להזמין כרגע.'));
      expect(answer({ customer: marks, language: 'PT_BR' })).toEqual(answer({ customer: marks }));
      expect(answer({ customer: marks, step: 'CHECKOUT_COMPLETION' })).toEqual(answer({ customer: marks }));
    });

    it('leaves the cart alone, and what is no shopping', () => {
      for (const step of ['CART_INTERACTION', null]) expect(answer({ customer: marks, step })).toEqual(allowed);
    });

    it('refuses until the last whole day, and not an hour longer than was decided', () => {
      expect(answer({ customer: marks, date: '2026-05-01' })).not.toEqual(allowed);
      expect(answer({ customer: marks, date: '2026-05-02' })).toEqual(allowed);
      const guests = list(['a@x.example']).value;
      expect(answer({ email: 'a@x.example', guests, date: '2026-05-01' })).not.toEqual(allowed);
      expect(answer({ email: 'a@x.example', guests, date: '2026-05-02' })).toEqual(allowed);
    });

    it('finds a guest on a full list however they write their address, and nobody else', () => {
      const emails = Array.from({ length: MOST_GUESTS }, (_, index) => `guest${index}@mail.example`);
      const { value, fitted } = list([...emails, 'one.too.many@mail.example']);
      expect(fitted).toBe(MOST_GUESTS);
      expect(value.length).toBeLessThanOrEqual(LARGEST_METAFIELD);
      const words = guestWords([{ surface: 'purchase', language: 'en', text: 'Please write to us.' }]);
      for (const email of ['guest0@mail.example', ' GUEST933@Mail.Example '])
        expect(answer({ email, guests: value, words })).toEqual(refusal('Please write to us.'));
      for (const email of ['one.too.many@mail.example', 'stranger@mail.example', '', null])
        expect(answer({ email, guests: value, words })).toEqual(allowed);
    });

    it('agrees with the list on any addresses', () => {
      fc.assert(
        fc.property(fc.uniqueArray(fc.emailAddress(), { maxLength: 20 }), fc.emailAddress(), (listed, asked) => {
          const isOn = listed.some((each) => each.toLowerCase() === asked.toLowerCase());
          const guests = list(listed).value;
          expect(JSON.stringify(answer({ email: asked, guests })) !== JSON.stringify(allowed)).toBe(isOn);
          for (const email of listed) expect(answer({ email, guests })).not.toEqual(allowed);
        }),
        { numRuns: 60 },
      );
    });

    it('does not use the list against a customer who is signed in', () => {
      expect(answer({ customer: null, email: 'a@x.example', guests: list(['a@x.example']).value })).toEqual(allowed);
    });

    it.each([
      '',
      '{',
      'null',
      '[]',
      '{"buyerJourney":{"step":"CHECKOUT_INTERACTION"}}',
      `${'['.repeat(500)}${']'.repeat(500)}`,
      '{"a":"\\u12"}',
    ])('allows what it does not understand: %j', (text) => {
      expect(compiled.runText(text).output).toEqual(allowed);
    });

    it('allows when what it is told is of another version or damaged', () => {
      for (const guests of ['', '2.a.b', '1.AAAA', '1.AAAA.AAA', '1.*.*', list(['a@x.example']).value.slice(0, -1)])
        expect(answer({ email: 'a@x.example', guests })).toEqual(allowed);
      for (const customer of ['', '{}', '{"until":7}', 'nonsense']) expect(answer({ customer })).toEqual(allowed);
    });

    it('has words where none came, and takes any language before none', () => {
      expect(JSON.stringify(answer({ email: 'a@x.example', guests: list(['a@x.example']).value }))).toMatch(
        /cannot be placed/,
      );
      const only = JSON.stringify({ v: 1, until: '2026-06-01', messages: { pl: 'Nie teraz.' } });
      expect(answer({ customer: only, language: 'NL' })).toEqual(refusal('Nie teraz.'));
    });

    it('takes a few milliseconds with the longest list', () => {
      const told = input({
        email: 'nobody@mail.example',
        guests: list(Array.from({ length: MOST_GUESTS }, (_, index) => `g${index}@m.example`)).value,
      });
      const times = Array.from({ length: 30 }, () => compiled.run(told).ms).sort((a, b) => a - b);
      console.log(
        `The checkout function: ${compiled.bytes} bytes, ${times[15]?.toFixed(2)} ms with ${MOST_GUESTS} guests`,
      );
      expect(times.length).toBe(30);
    });
  },
);

const SCHEMA = resolve(
  import.meta.dirname,
  '../../../shared/data/shopify-schema/functions_cart_checkout_validation_2026-10.json.gz',
);

describe.skipIf(!existsSync(SCHEMA))(
  `the published schema${existsSync(SCHEMA) ? '' : ' (not here: ../shared/data/shopify-schema)'}`,
  () => {
    const schema = existsSync(SCHEMA)
      ? buildClientSchema(JSON.parse(gunzipSync(readFileSync(SCHEMA)).toString()).data)
      : null;

    it('knows everything the function asks for', () => {
      if (schema === null) throw new Error('No schema');
      const query = parse(readFileSync(join(EXTENSION, 'src', 'run.graphql'), 'utf8'));
      expect(validate(schema, query)).toEqual([]);
    });

    it('takes what the function answers', () => {
      if (schema === null) throw new Error('No schema');
      const result = schema.getType('CartValidationsGenerateRunResult') as GraphQLInputObjectType;
      for (const output of [allowed, refusal('No.')]) expect(coerceInputValue(output, result)).toEqual(output);
      expect(coerceInputValue({ operations: [{ refuse: true }] }, result)).toBeUndefined();
    });
  },
);
