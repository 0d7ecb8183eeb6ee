import { expect, it } from 'vitest';
import { at } from '../../../../test/support/events.ts';
import { randomIds } from '../../../adapters/ids.ts';
import { decisionEvents } from '../../../core/events/measures.ts';
import { isUuid } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import { AllowedBatch } from './allowed.ts';

it('gives consecutive ids, each of them a UUID, and one event that says how many there were', () => {
  const from = at('2026-06-01T12:00:00Z');
  const to = at('2026-06-01T12:00:01Z');
  const batch = new AllowedBatch(randomIds, from);
  const given = Array.from({ length: 1_000 }, (_, index) => batch.add(index % 4 === 0 ? 'login' : 'purchase', to));
  expect(given.every(isUuid)).toBe(true);
  expect(new Set(given).size).toBe(1_000);
  expect(given).toEqual([...given].sort());
  const event = batch.event();
  expect(decisionEvents['decisions.allowed'].parse(event.body)).toEqual({
    first: given[0],
    last: given.at(-1),
    from: formatInstant(from),
    to: formatInstant(to),
    surfaces: { purchase: 750, login: 250 },
  });
  expect([event.subject, batch.count]).toEqual([null, 1_000]);
});

it('bears a clock that is put back', () => {
  const now = at('2026-06-01T12:00:00Z');
  const batch = new AllowedBatch(randomIds, now);
  batch.add('purchase', at('2026-06-01T13:00:00Z'));
  batch.add('purchase', at('2026-06-01T11:00:00Z'));
  expect(batch.event().body).toMatchObject({ from: '2026-06-01T11:00:00.000Z', to: '2026-06-01T13:00:00.000Z' });
});
