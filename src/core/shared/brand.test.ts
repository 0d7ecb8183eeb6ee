import { expect, test } from 'vitest';
import { assertNever } from './assert-never.ts';
import { type EventId, id, isUuid } from './brand.ts';
import { err, ok, unwrap } from './result.ts';

test('an id is a lower-case UUID, and the complaint about another does not repeat it', () => {
  const text = '018f4e3a-0000-7000-8000-00000000000a';
  expect(id<EventId>(text)).toBe(text);
  for (const wrong of ['', text.toUpperCase(), `${text} `, text.replace('8', 'g'), 'jane@example.org'])
    expect(isUuid(wrong), wrong).toBe(false);
  expect(() => id<EventId>('jane@example.org')).toThrow(/^Not a UUID \(16 characters\)$/);
});

test('unwrapping a refusal throws what it says', () => {
  expect(unwrap(ok(3))).toBe(3);
  expect(() => unwrap(err('no such thing'))).toThrow('no such thing');
  expect(() => unwrap(err({ field: 'total' }))).toThrow('{"field":"total"}');
});

test('a forgotten case says which', () => {
  expect(() => assertNever('sideways' as never)).toThrow('A case is missing: "sideways"');
});
