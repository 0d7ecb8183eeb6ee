import { expect, test } from 'vitest';
import { at, customerId, eventId, staffId, uuid } from '../../../test/support/events.ts';
import type { LedgerEvent } from '../events/event.ts';
import { days } from '../shared/period.ts';
import { buildHistory } from './history.ts';
import { measureMetric } from './measure.ts';

const [of, measure] = [customerId(2), uuid(1, 3)];
const event = (number: number, kind: string, body: object): LedgerEvent =>
  ({
    id: eventId(number),
    seq: number,
    customer: customerId(1),
    kind,
    body,
    occurredAt: at(`2026-05-0${number}T10:00:00Z`),
    recordedAt: at('2026-05-20'),
    source: 'evenhand',
    sourceId: String(number),
  }) as unknown as LedgerEvent;
const found = (number: number) => event(number, 'evasion.found', { of, measure, by: staffId(1), fields: [] });
const correct = (number: number, what: number) =>
  event(number, 'event.corrected', { event: eventId(what), as: 'void', by: staffId(1) });

const evasions = (...events: readonly LedgerEvent[]) => {
  const now = at('2026-06-01');
  const request = { metric: 'evasions', window: null, settle: days(0), exclude: [] } as const;
  const { value, evidence, excluded } = measureMetric(buildHistory(events, 'EUR', now), request, now);
  return { value, evidence, excluded: excluded.map(({ because }) => because) };
};

test('an evasion counts once a measure, however often it was confirmed', () => {
  expect(evasions(found(1), found(2))).toEqual({ value: 1, evidence: [eventId(1)], excluded: [] });
});

test('one whose confirmation was taken back counts no more, and again when it is confirmed anew', () => {
  expect(evasions(found(1), correct(2, 1))).toEqual({ value: 0, evidence: [], excluded: ['voided'] });
  expect(evasions(found(1), correct(2, 1), found(3))).toMatchObject({ value: 1, evidence: [eventId(3)] });
});
