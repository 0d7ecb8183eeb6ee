import { describe, expect, test } from 'vitest';
import { at, eventId, tell } from '../../../test/support/events.ts';
import { measured, request } from '../../../test/support/measured.ts';
import { instant } from '../shared/time.ts';
import { buildHistory } from './history.ts';
import { measureAll, nextMetricChange, sparkline } from './measure.ts';
import { metricNames } from './types.ts';

describe('the window', () => {
  const now = at('2026-06-30T12:00:00Z');
  const ms = (offset: number) => instant(now + offset);
  const day = 86_400_000;

  test('is open at its beginning and closed at its end, to the millisecond', () => {
    const given = tell();
    given.wrote({ at: ms(-30 * day) });
    const first = given.wrote({ at: ms(-30 * day + 1) });
    const last = given.wrote({ at: now });
    given.wrote({ at: ms(1) });
    expect(measured(given, 'contacts', { over: '30 days', now })).toEqual({
      value: 2,
      evidence: [first.id, last.id],
      excluded: [],
    });
  });

  test('moves back by the settle delay, within which events are listed as not settled', () => {
    const given = tell();
    given.wrote({ at: ms(-37 * day) });
    const first = given.wrote({ at: ms(-37 * day + 1) });
    const last = given.wrote({ at: ms(-7 * day) });
    const fresh = given.wrote({ at: ms(-7 * day + 1) });
    const newest = given.wrote({ at: now });
    given.wrote({ at: ms(1) });
    expect(measured(given, 'contacts', { over: '30 days', settle: '7 days', now })).toEqual({
      value: 2,
      evidence: [first.id, last.id],
      excluded: [
        { event: fresh.id, because: 'not_settled' },
        { event: newest.id, because: 'not_settled' },
      ],
    });
  });

  test('settles the orders that a share is set against too, and lists them', () => {
    const given = tell();
    given.order({ total: 100_00, at: ms(-40 * day) });
    given.returned({ value: 50_00, at: ms(-35 * day) });
    const fresh = given.order({ total: 300_00, at: ms(-2 * day) });
    expect(measured(given, 'return_rate_by_value', { settle: '30 days', now })).toMatchObject({
      value: 0.5,
      excluded: [{ event: fresh.id, because: 'not_settled' }],
    });
  });

  test('without a length goes back to the first event; months go by the calendar', () => {
    const given = tell();
    given.wrote({ at: '2025-05-30T12:00:00Z' });
    given.wrote({ at: '2026-05-30T12:00:00Z' });
    given.wrote({ at: '2026-05-30T12:00:00.001Z' });
    expect(measured(given, 'contacts', { now }).value).toBe(3);
    expect(measured(given, 'contacts', { now, over: '1 month' }).value).toBe(1);
  });
});

describe('corrections', () => {
  test('the latest of an event holds, whatever the order they arrive in', () => {
    const given = tell();
    const insult = given.wrote({ labels: ['insult'] });
    const because = () => measured(given, 'abusive_messages').excluded.map((one) => one.because);
    given.corrected(insult, 'void', { at: '2026-03-01' });
    given.on('2026-04-01');
    expect(because()).toEqual(['voided']);
    given.corrected(insult, 'shop_fault', { at: '2026-02-01' });
    expect(because()).toEqual(['voided']);
    given.corrected(insult, 'counts', { at: '2026-03-02' });
    expect(because()).toEqual([]);
    expect(measured(given, 'abusive_messages').value).toBe(1);
    expect(measured(given, 'abusive_messages', { now: '2026-03-01' }).value).toBe(0);
  });

  test('“counts” does not turn the shop’s fault into the customer’s', () => {
    const given = tell();
    const returned = given.returned({ reason: 'defect' });
    given.corrected(returned, 'counts');
    expect(measured(given, 'returns').excluded).toEqual([{ event: returned.id, because: 'shop_fault' }]);
  });

  test('of one part of a fact: a voided outcome was never given, a voided delay never happened', () => {
    const given = tell();
    const order = given.order();
    const delay = given.delayed({ order });
    const claim = given.claimed({ order });
    const outcome = given.claimResolved(claim, 'unfounded');
    given.corrected(delay, 'void');
    expect(measured(given, 'unfounded_claims').value).toBe(1);
    given.corrected(outcome, 'void');
    expect(measured(given, 'unfounded_claims').excluded).toEqual([{ event: claim.id, because: 'unresolved' }]);
    given.corrected(outcome, 'shop_fault');
    expect(measured(given, 'unfounded_claims').excluded).toEqual([{ event: claim.id, because: 'shop_fault' }]);
  });

  test('a voided order takes what is about it along', () => {
    const given = tell();
    const order = given.order();
    const returned = given.returned({ order });
    given.corrected(order, 'void');
    expect(measured(given, 'return_rate_by_value')).toMatchObject({
      value: null,
      excluded: [
        { event: returned.id, because: 'voided' },
        { event: order.id, because: 'voided' },
      ],
    });
  });
});

test('all requests are measured in the order they are asked', () => {
  const given = tell();
  given.order({ total: 30_00 });
  const history = buildHistory(given.events, 'EUR', given.now);
  const values = measureAll(history, [request('order_value'), request('returns'), request('orders')], given.now);
  expect(values.map((value) => value.value)).toEqual([30_00, 0, 1]);
});

test('one history answers requests that leave out different reasons', () => {
  const given = tell();
  given.returned({ reason: 'goodwill' });
  const history = buildHistory(given.events, 'EUR', given.now);
  const values = measureAll(
    history,
    [request('returns'), request('returns', { leaveOut: ['goodwill'] }), request('returns')],
    given.now,
  );
  expect(values.map((value) => value.value)).toEqual([1, 0, 1]);
});

describe('the next change', () => {
  test('is when something settles, leaves the window, or has happened at last', () => {
    const given = tell();
    given.wrote({ at: '2026-01-10' });
    given.wrote({ at: '2026-03-01' });
    const asked = request('contacts', { over: '30 days', settle: '7 days' });
    const next = (now: string) => nextMetricChange(buildHistory(given.events, 'EUR', at(now)), asked, at(now));
    expect(next('2026-01-05')).toBe(at('2026-01-10'));
    expect(next('2026-01-10')).toBe(at('2026-01-17'));
    expect(next('2026-01-17')).toBe(at('2026-02-16'));
    expect(next('2026-02-16')).toBe(at('2026-03-01'));
    expect(next('2026-03-01')).toBe(at('2026-03-08'));
    expect(next('2026-03-08')).toBe(at('2026-04-07'));
    expect(next('2026-04-07')).toBeNull();
  });

  test('by calendar months is the first instant at which the window has moved past the event', () => {
    const given = tell();
    given.wrote({ at: '2026-02-28T12:00:00Z' });
    const now = at('2026-03-01');
    const next = nextMetricChange(
      buildHistory(given.events, 'EUR', now),
      request('contacts', { over: '1 month' }),
      now,
    );
    expect(next).toBe(at('2026-03-28T12:00:00Z'));
  });

  test('ignores what does not count, and is daily for days', () => {
    const given = tell();
    given.returned({ reason: 'defect', at: '2026-01-10T10:00:00Z' });
    const now = at('2026-01-20');
    const history = buildHistory(given.events, 'EUR', now);
    expect(nextMetricChange(history, request('returns', { over: '30 days' }), now)).toBeNull();
    expect(nextMetricChange(history, request('tenure'), now)).toBe(at('2026-01-20T10:00:00Z'));
    expect(nextMetricChange(history, request('days_since_last_incident'), now)).toBeNull();
    given.wrote({ labels: ['insult'], at: '2026-01-19T15:00:00Z' });
    const insulted = buildHistory(given.events, 'EUR', now);
    const since = (settle: string) => nextMetricChange(insulted, request('days_since_last_incident', { settle }), now);
    expect(since('0 days')).toBe(at('2026-01-20T15:00:00Z'));
    expect(since('7 days')).toBe(at('2026-01-26T15:00:00Z'));
  });
});

describe('a sparkline', () => {
  test('has evenly spaced instants over the past 12 months, with what is known now', () => {
    const given = tell({ from: '2025-01-01' });
    given.wrote({ labels: ['insult'], at: '2025-06-01' });
    const voided = given.wrote({ labels: ['insult'], at: '2025-07-01' });
    given.corrected(voided, 'void', { at: '2025-12-01' });
    const now = at('2025-12-31');
    const points = sparkline(buildHistory(given.events, 'EUR', now), request('abusive_messages'), now, 3);
    expect(points).toEqual([
      { at: at('2024-12-31'), value: 0 },
      { at: at('2025-07-01T12:00:00Z'), value: 1 },
      { at: now, value: 1 },
    ]);
  });

  test('of one point is a slip of the pen', () => {
    const history = buildHistory([], 'EUR', at('2026-01-01'));
    expect(() => sparkline(history, request('orders'), at('2026-01-01'), 1)).toThrow(/two points/);
  });
});

test('nobody has done anything: counts and sums are zero, everything else is unknown', () => {
  for (const metric of metricNames) {
    const value = measured(tell(), metric);
    expect(value.evidence, metric).toEqual([]);
    expect(value.value, metric).toBe(/rate|per_order|tenure|days/.test(metric) ? null : 0);
  }
});

test('an amount in another currency without a rate is a bug of intake, not a zero', () => {
  const given = tell();
  given.order({ total: { amount: 1, currency: 'USD' } });
  expect(() => measured(given, 'orders')).toThrow(/no rate/);
  expect(given.events[0]?.id).toBe(eventId(1));
});

test('ten thousand events of one customer are measured in the blink of an eye', () => {
  const given = tell({ from: '2024-01-01' });
  const lines = ['S', 'M'].map((variant) => ({ article: 'dress', variant, quantity: 1 }));
  while (given.events.length < 10_000) {
    const order = given.order({ lines });
    given.inspected(given.returned({ order, lines }), { grade: 'worn' });
    given.wrote({ order, labels: ['insult'] });
    given.claimResolved(given.claimed({ order, value: 20_00 }), 'unfounded');
  }
  const requests = metricNames.slice(0, 20).map((metric) => request(metric, { over: '12 months', settle: '30 days' }));
  const times = Array.from({ length: 12 }, () => {
    const start = performance.now();
    measureAll(buildHistory(given.events, 'EUR', given.now), requests, given.now);
    return performance.now() - start;
  });
  // About 15 ms on an idle laptop; the bound only has to notice work that grows with the square of the events.
  expect(Math.min(...times)).toBeLessThan(150);
});
