import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, customerId, eventId, staffId } from '../../../test/support/events.ts';
import type { LedgerEvent } from './event.ts';
import {
  checkLinkTransitions,
  foldLinks,
  keyOfPair,
  type LinkEvent,
  linkStates,
  linkTransition,
  linkTransitions,
} from './link-states.ts';

const [ada, bob] = [customerId(1), customerId(2)];
let seq = 0;
function tell(kind: LinkEvent['kind'], from = ada, other = bob): LinkEvent {
  seq += 1;
  const found = { other, class: 'probably_same', millibits: 9_000 + seq, fields: [], model: 0 };
  const body = kind === 'link.found' ? found : { other, by: staffId(1) };
  return {
    id: eventId(seq),
    seq,
    customer: from,
    kind,
    body,
    occurredAt: at('2026-06-01') + seq * 1_000,
    recordedAt: at('2026-06-01'),
    source: 'evenhand',
    sourceId: String(seq),
  } as unknown as LinkEvent;
}

const stateAfter = (...kinds: LinkEvent['kind'][]) =>
  foldLinks(kinds.map((kind, place) => (place % 2 === 0 ? tell(kind) : tell(kind, bob, ada)))).get(keyOfPair(ada, bob));

describe('the table', () => {
  test('holds together, and every answer can be taken back', () => {
    expect(checkLinkTransitions).not.toThrow();
    expect(() => checkLinkTransitions([...linkTransitions, { from: 'split', on: 'found', to: 'found' }])).toThrow(
      /the word of staff binds/,
    );
  });
  test('refuses in a sentence', () => {
    expect(linkTransition('split', 'confirmed')).toEqual({
      ok: false,
      error: 'These two were found not to be the same person. Take that back first.',
    });
  });
});

test('a pair is one pair, whoever of the two is named first', () => {
  expect(stateAfter('link.found', 'link.confirmed')).toMatchObject({ state: 'confirmed', about: ada });
  expect(stateAfter('link.split')).toMatchObject({ state: 'split', finding: null });
});

test('what staff answered, no later comparison changes; taken back, it is a question again', () => {
  expect(stateAfter('link.found', 'link.split', 'link.found')?.state).toBe('split');
  const again = stateAfter('link.found', 'link.confirmed', 'link.reopened');
  expect(again).toMatchObject({ state: 'found', answeredAt: null, answeredBy: null });
  expect(again?.finding?.class).toBe('probably_same');
});

test('folding on from the middle gives what folding from the start gives', () => {
  const kinds = ['link.found', 'link.confirmed', 'link.split', 'link.reopened'] as const;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 12 }), fc.nat(12), (story, cut) => {
      const events = story.map((kind) => tell(kind));
      const whole = foldLinks(events).get(keyOfPair(ada, bob));
      const before = foldLinks(events.slice(0, cut));
      const after = foldLinks(events.slice(cut), before.values()).get(keyOfPair(ada, bob));
      expect(after ?? before.get(keyOfPair(ada, bob))).toEqual(whole);
      if (whole !== undefined) expect(linkStates).toContain(whole.state);
    }),
  );
});

test('nobody is linked to themselves or to nobody', () => {
  const stranger = { ...tell('link.found'), customer: null } as LedgerEvent as LinkEvent;
  expect(foldLinks([stranger, tell('link.confirmed', ada, ada)]).size).toBe(0);
});
