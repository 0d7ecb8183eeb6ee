import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../events/event.ts';
import {
  foldObjections,
  MOST_OBJECTIONS,
  objectionRefusal,
  objectionStates,
  objectionTransitions,
} from './objections.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
let seq = 0;
const event = (kind: LedgerEvent['kind'], body: object, at = 1_000): LedgerEvent => {
  seq += 1;
  return {
    id: uuid(900 + seq),
    seq,
    customer: uuid(1),
    occurredAt: at,
    recordedAt: at,
    source: 'test',
    sourceId: String(seq),
    kind,
    body,
  } as unknown as LedgerEvent;
};
const filed = (n = 7) =>
  event('objection.filed', {
    objection: uuid(n),
    other: uuid(2),
    round: 1,
    language: 'en',
    dueAt: '2026-06-15T00:00:00.000Z',
  });
const decided = (outcome: 'upheld' | 'rejected', at = 2_000) =>
  event('objection.decided', { objection: uuid(7), outcome, by: uuid(3), alone: false }, at);

describe('objections', () => {
  it('are filed and answered once: whoever decides second changes nothing', () => {
    const events = [filed(), decided('rejected'), decided('upheld', 3_000)];
    expect(foldObjections(events)).toMatchObject([
      { id: uuid(7), other: uuid(2), state: 'rejected', decidedAt: 2_000, decidedBy: uuid(3) },
    ]);
    expect(foldObjections(events.toReversed())).toEqual(foldObjections(events));
  });

  it('can be taken back while they wait, and not afterwards', () => {
    const back = () => event('objection.withdrawn', { objection: uuid(7) }, 4_000);
    expect(foldObjections([filed(), back()])).toMatchObject([{ state: 'withdrawn', decidedBy: null }]);
    expect(foldObjections([filed(), decided('upheld'), back()])).toMatchObject([{ state: 'upheld' }]);
    expect(foldObjections([decided('upheld')])).toEqual([]);
  });

  it('stand in a table that reaches every state and leaves no end', () => {
    expect(new Set(objectionTransitions.map(({ to }) => to))).toEqual(new Set(objectionStates));
    expect(objectionTransitions.every(({ from }) => from === 'none' || from === 'filed')).toBe(true);
  });

  it('wait for the answer to the one before, and come to an end', () => {
    expect(objectionRefusal([])).toBeNull();
    expect(objectionRefusal([{ state: 'rejected' }, { state: 'filed' }])).toBe('open');
    expect(objectionRefusal([{ state: 'rejected' }])).toBeNull();
    expect(objectionRefusal(Array.from({ length: MOST_OBJECTIONS }, () => ({ state: 'rejected' }) as const))).toBe(
      'no-rounds-left',
    );
  });

  it('are heard again however often they were right', () => {
    const upheld = Array.from({ length: MOST_OBJECTIONS }, () => ({ state: 'upheld' }) as const);
    expect(objectionRefusal(upheld)).toBeNull();
    expect(objectionRefusal([...upheld, { state: 'rejected' }, { state: 'withdrawn' }])).toBeNull();
    expect(objectionRefusal([...upheld, { state: 'rejected' }, { state: 'withdrawn' }, { state: 'rejected' }])).toBe(
      'no-rounds-left',
    );
  });
});
