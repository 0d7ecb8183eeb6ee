import { describe, expect, test } from 'vitest';
import { tell } from '../../../test/support/events.ts';
import { measured } from '../../../test/support/measured.ts';

describe('labelled messages', () => {
  test.each([
    ['insult', 'abusive_messages'],
    ['harassment', 'abusive_messages'],
    ['hate', 'abusive_messages'],
    ['threat_of_violence', 'threats_of_violence'],
    ['extortion', 'extortion_attempts'],
    ['threat_of_publicity', 'legal_or_publicity_threats'],
    ['threat_of_legal_action', 'legal_or_publicity_threats'],
    ['impossible_demand', 'impossible_demands'],
  ] as const)('with %s count as %s and as nothing else', (label, metric) => {
    const given = tell();
    const message = given.wrote({ labels: [label] });
    given.wrote({ labels: ['polite'] });
    for (const other of [
      'abusive_messages',
      'threats_of_violence',
      'extortion_attempts',
      'legal_or_publicity_threats',
      'impossible_demands',
    ] as const)
      expect(measured(given, other), other).toEqual(
        other === metric
          ? { value: 1, evidence: [message.id], excluded: [] }
          : { value: 0, evidence: [], excluded: [] },
      );
  });

  test('by a machine only are listed, until staff confirm or clear them', () => {
    const given = tell();
    const message = given.wrote({ labels: ['insult'], labelledBy: 'machine' });
    const notConfirmed = {
      value: 0,
      evidence: [],
      excluded: [{ event: message.id, because: 'not_confirmed_by_staff' }],
    };
    expect(measured(given, 'abusive_messages')).toEqual(notConfirmed);
    given.labelled(message, { labels: ['insult'] });
    expect(measured(given, 'abusive_messages').value).toBe(1);
    given.labelled(message, { labels: ['hate'], labelledBy: 'machine' });
    expect(measured(given, 'abusive_messages').value).toBe(1);
    const cleared = given.labelled(message, { labels: [] });
    expect(measured(given, 'abusive_messages')).toEqual({ value: 0, evidence: [], excluded: [] });
    given.corrected(cleared, 'void');
    expect(measured(given, 'abusive_messages').value).toBe(1);
  });

  test('that came without labels are not thereby cleared by staff', () => {
    const given = tell();
    const message = given.wrote({});
    given.labelled(message, { labels: ['insult'], labelledBy: 'machine' });
    expect(measured(given, 'abusive_messages').excluded).toEqual([
      { event: message.id, because: 'not_confirmed_by_staff' },
    ]);
  });

  test('about an order in which the shop failed: anger about rights is excused, abuse is not', () => {
    const given = tell();
    const order = given.order();
    given.delayed({ order });
    const message = given.wrote({ order, labels: ['insult', 'threat_of_legal_action', 'impossible_demand'] });
    expect(measured(given, 'abusive_messages').value).toBe(1);
    for (const metric of ['legal_or_publicity_threats', 'impossible_demands', 'contacts'] as const)
      expect(measured(given, metric), metric).toEqual({
        value: 0,
        evidence: [],
        excluded: [{ event: message.id, because: 'shop_fault' }],
      });
  });

  test('are set against the customer’s own messages', () => {
    const given = tell();
    for (const label of ['insult', 'threat_of_publicity', 'impossible_demand', 'polite'] as const)
      given.wrote({ labels: [label] });
    expect(measured(given, 'abusive_message_rate')).toMatchObject({ value: 0.25, part: 1, whole: 4 });
    expect(measured(given, 'legal_or_publicity_threat_rate').value).toBe(0.25);
    expect(measured(given, 'impossible_demand_rate').value).toBe(0.25);
    expect(measured(tell(), 'abusive_message_rate').value).toBeNull();
  });
});

test('contacts are set against orders', () => {
  const given = tell();
  given.order();
  given.order();
  const messages = [given.wrote(), given.wrote(), given.wrote()];
  expect(measured(given, 'contacts').evidence).toEqual(messages.map((message) => message.id));
  expect(measured(given, 'contacts_per_order')).toMatchObject({ value: 1.5, part: 3, whole: 2 });
});

test('complaints count only when found unfounded', () => {
  const given = tell();
  given.order();
  const open = given.complained();
  const founded = given.complained();
  given.complaintResolved(founded, 'founded');
  const unfounded = given.complained();
  given.complaintResolved(unfounded, 'unfounded');
  expect(measured(given, 'unfounded_complaints')).toEqual({
    value: 1,
    evidence: [unfounded.id],
    excluded: [
      { event: open.id, because: 'unresolved' },
      { event: founded.id, because: 'found_justified' },
    ],
  });
  expect(measured(given, 'unfounded_complaint_rate').value).toBe(1);
});

test('a bad review is no conduct; one assessed as unfair is', () => {
  const given = tell();
  given.reviewed({ rating: 1 });
  const fair = given.reviewed({ rating: 1 });
  given.reviewAssessed(fair, 'fair');
  const unfair = given.reviewed({ rating: 1 });
  given.reviewAssessed(unfair, 'unfair');
  given.reviewed({ rating: 5 });
  expect(measured(given, 'unfair_reviews')).toEqual({
    value: 1,
    evidence: [unfair.id],
    excluded: [{ event: fair.id, because: 'found_justified' }],
  });
  expect(measured(given, 'unfair_review_rate')).toMatchObject({ value: 0.25, part: 1, whole: 4 });
});

test('days since the last incident look at what counts and has settled', () => {
  const given = tell();
  expect(measured(given, 'days_since_last_incident')).toEqual({ value: null, evidence: [], excluded: [] });
  given.order();
  given.returned({ order: 'O1' });
  const insult = given.wrote({ labels: ['insult'] });
  given.later('10 days');
  const unfounded = given.claimed({});
  given.claimResolved(unfounded, 'unfounded');
  const open = given.claimed({});
  given.later('2 days');
  expect(measured(given, 'days_since_last_incident')).toEqual({
    value: 2,
    evidence: [unfounded.id],
    excluded: [{ event: open.id, because: 'unresolved' }],
  });
  expect(measured(given, 'days_since_last_incident', { settle: '5 days' })).toEqual({
    value: 12,
    evidence: [insult.id],
    excluded: [
      { event: unfounded.id, because: 'not_settled' },
      { event: open.id, because: 'unresolved' },
    ],
  });
});
