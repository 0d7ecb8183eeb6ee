import type { Correction } from '../../src/core/appeals/outcome.ts';
import { whatIf } from '../../src/core/appeals/outcome.ts';
import { id, type StaffId } from '../../src/core/shared/brand.ts';
import { tell } from '../../test/support/events.ts';
import { begin, propose } from '../../test/support/judged-life.ts';
import { compiled } from '../../test/support/policy.ts';
import { type Figure, median } from '../harness.ts';

const EVENTS = 10_000;
const RUNS = 15;

/** How long it takes to see what is left of a customer with 10,000 events and three measures once an appeal is upheld. */
export async function benchAppeals(): Promise<readonly Figure[]> {
  const policy = compiled();
  const given = tell({ from: '2024-01-01T10:00:00Z' });
  const perDay = Math.ceil(EVENTS / 2 / 900);
  let measures = 0;
  const returns: string[] = [];
  while (given.events.length < EVENTS) {
    for (let count = 0; count < perDay; count += 1) {
      const order = given.order({ total: 100_00 });
      const returned = given.returned({ order, value: 80_00, reason: 'changed_mind' });
      returns.push(returned.id);
    }
    given.later('1 day');
    if (given.events.length > EVENTS * 0.9 && measures < 3 && given.events.length % 60 < perDay * 2) {
      const [draft] = propose(given, policy);
      if (draft !== undefined) {
        measures += 1;
        begin(given, measures, draft);
      }
    }
  }
  if (measures < 2) throw new Error('The bench was to have measures to judge again');
  const corrections = returns.map(
    (event, index): Correction => ({
      event: event as Correction['event'],
      as: index % 2 === 0 ? 'void' : 'shop_fault',
    }),
  );
  const input = {
    events: given.events,
    currency: 'EUR',
    policy,
    version: () => null,
    corrections: corrections.slice(-500),
    lift: null,
    decides: null,
    by: id<StaffId>('00000000-0000-4000-8000-000000000009'),
    now: given.now,
  };
  const took: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const began = performance.now();
    const { verdicts } = whatIf(input);
    took.push(performance.now() - began);
    if (verdicts.length !== measures) throw new Error('A measure was not judged');
  }
  return [
    {
      group: 'Appeals',
      name: `what is left, ${EVENTS.toLocaleString('en')} events, ${measures} measures`,
      value: median(took),
      unit: 'ms',
      goal: { atMost: 200 },
    },
  ];
}
