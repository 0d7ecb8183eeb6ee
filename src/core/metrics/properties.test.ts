import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyInstant, anyRequest, anyStory, shuffled } from '../../../test/support/arbitrary.ts';
import { at, type Story, tell } from '../../../test/support/events.ts';
import { SHOP_FAULT_REASONS } from '../events/values.ts';
import { months, subtractPeriod } from '../shared/period.ts';
import { type Instant, instant } from '../shared/time.ts';
import { catalogue } from './catalogue.ts';
import { buildHistory } from './history.ts';
import { measureMetric, nextMetricChange, sparkline } from './measure.ts';
import { type MetricRequest, type MetricValue, metricNames } from './types.ts';

const measure = (given: Story, request: MetricRequest, now: Instant): MetricValue =>
  measureMetric(buildHistory(given.events, 'EUR', now), request, now);

const everyMetric = (request: MetricRequest): MetricRequest[] => metricNames.map((metric) => ({ ...request, metric }));

test('the order in which events arrive does not matter', () => {
  fc.assert(
    fc.property(
      anyStory().chain((given) => fc.tuple(fc.constant(given), shuffled(given.events))),
      anyRequest,
      anyInstant,
      ([given, mixed], asked, now) => {
        const [one, other] = [buildHistory(given.events, 'EUR', now), buildHistory(mixed, 'EUR', now)];
        for (const request of everyMetric(asked))
          expect(measureMetric(other, request, now)).toEqual(measureMetric(one, request, now));
      },
    ),
    { numRuns: 150 },
  );
});

test('events after now do not exist', () => {
  fc.assert(
    fc.property(anyStory(), anyRequest, anyInstant, (given, asked, now) => {
      const happened = buildHistory(
        given.events.filter((event) => event.occurredAt <= now),
        'EUR',
        now,
      );
      for (const request of everyMetric(asked))
        expect(measure(given, request, now)).toEqual(measureMetric(happened, request, now));
    }),
    { numRuns: 60 },
  );
});

test('a value is its exact integers, with evidence and exclusions of this customer, none of them twice or both', () => {
  fc.assert(
    fc.property(anyStory(), anyRequest, anyInstant, (given, asked, now) => {
      const history = buildHistory(given.events, 'EUR', now);
      const known = new Map(given.events.map((event) => [event.id, event] as const));
      for (const request of everyMetric(asked)) {
        const measured = measureMetric(history, request, now);
        const metric = catalogue[request.metric];
        if (metric.isShare) {
          const { part, whole } = measured;
          expect(Number.isSafeInteger(part) && Number.isSafeInteger(whole)).toBe(true);
          expect(measured.value).toBe(whole === 0 ? null : (part ?? 0) / (whole ?? 0));
        } else expect(measured.value === null || Number.isSafeInteger(measured.value)).toBe(true);
        if (metric.isCount) expect(measured.value).toBeGreaterThanOrEqual(0);
        expect(new Set(measured.evidence).size).toBe(measured.evidence.length);
        for (const event of [...measured.evidence, ...measured.excluded.map((one) => one.event)])
          expect(known.get(event)?.occurredAt).toBeLessThanOrEqual(now);
        for (const event of measured.evidence)
          if (metric.windowed) expect(metric.reads, `${metric.name}`).toContain(known.get(event)?.kind);
      }
    }),
    { numRuns: 100 },
  );
});

test('windows laid end to end count everything once', () => {
  const additive = metricNames.filter((name) => ['count', 'money'].includes(catalogue[name].unit));
  fc.assert(
    fc.property(
      anyStory(),
      anyRequest,
      anyInstant,
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 200 }),
      (given, asked, now, near, far) => {
        const history = buildHistory(given.events, 'EUR', now);
        for (const metric of additive) {
          if (!catalogue[metric].windowed) continue;
          const sum = (window: number, settle: number) =>
            measureMetric(
              history,
              { ...asked, metric, window: { months: 0, days: window }, settle: { months: 0, days: settle } },
              now,
            ).value ?? Number.NaN;
          expect(sum(near, 0) + sum(far, near), metric).toBe(sum(near + far, 0));
        }
      },
    ),
    { numRuns: 80 },
  );
});

test('until the next change a value stays as it is', () => {
  fc.assert(
    fc.property(
      anyStory(),
      anyRequest,
      anyInstant,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (given, asked, now, share) => {
        const history = buildHistory(given.events, 'EUR', now);
        for (const request of everyMetric(asked)) {
          const next = nextMetricChange(history, request, now);
          if (next !== null) expect(next).toBeGreaterThan(now);
          const end = next ?? instant(now + 900 * 86_400_000);
          const before = measureMetric(history, request, now).value;
          for (const later of [now + 1, Math.floor(now + (end - now) * share), end - 1])
            if (later > now && later < end)
              expect(measure(given, request, instant(later)).value, request.metric).toBe(before);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a change that has no exact date in the calendar is still found to the millisecond', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01'), max: at('2029-01-01') }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 40 }),
      (when, windowMonths, settleMonths, settleDays) => {
        const given = tell({ from: instant(when) });
        given.wrote();
        const request: MetricRequest = {
          metric: 'contacts',
          window: windowMonths === 0 ? null : months(windowMonths),
          settle: { months: settleMonths, days: settleDays },
          exclude: [],
        };
        let now = instant(when);
        for (let changes = 0; changes < 3; changes += 1) {
          const next = nextMetricChange(buildHistory(given.events, 'EUR', now), request, now);
          if (next === null) return;
          const [before, after] = [measure(given, request, instant(next - 1)), measure(given, request, next)];
          expect(after.value).not.toBe(before.value);
          now = next;
        }
      },
    ),
  );
});

test('a sparkline is the metric at each of its instants, seen with what is known now', () => {
  fc.assert(
    fc.property(anyStory(), anyRequest, anyInstant, (given, asked, now) => {
      const history = buildHistory(given.events, 'EUR', now);
      for (const request of everyMetric(asked)) {
        const points = sparkline(history, request, now, 7);
        expect(points[0]?.at).toBe(subtractPeriod(now, months(12)));
        expect(points.at(-1)?.at).toBe(now);
        for (const point of points)
          expect(point.value, request.metric).toBe(measureMetric(history, request, point.at).value);
      }
    }),
    { numRuns: 60 },
  );
});

/** Whole stories of the shop's own fault, about things that nothing else is about. */
const shopFaults = fc.array(
  fc.constantFrom<(given: Story) => void>(
    ...[...SHOP_FAULT_REASONS].flatMap((reason) => [
      (given: Story) =>
        void given.returned({
          return: `own ${given.events.length}`,
          reason,
          lines: [{ article: 'dress', quantity: 1 }],
        }),
      (given: Story) => void given.refunded({ refund: `own ${given.events.length}`, reason, amount: 9_00 }),
    ]),
    (given) => given.claimResolved(given.claimed({ claim: `own ${given.events.length}`, value: 5_00 }), 'founded'),
    (given) => given.complaintResolved(given.complained({ complaint: `own ${given.events.length}` }), 'founded'),
    (given) =>
      given.disputeLost(given.disputed({ dispute: `own ${given.events.length}`, reason: 'product_not_received' })),
    (given) => {
      const order = given.order({ order: `own ${given.events.length}`, total: 77_00 });
      given.cancelled({ order, by: 'shop' });
      given.returned({ return: `own ${given.events.length}`, order });
      given.claimResolved(given.claimed({ claim: `own ${given.events.length}`, order }), 'unfounded');
    },
    (given) =>
      void given.corrected(given.wrote({ message: `own ${given.events.length}`, labels: ['insult'] }), 'shop_fault'),
  ),
  { minLength: 1, maxLength: 5 },
);

test('the shop’s own faults never change what is measured of conduct', () => {
  fc.assert(
    fc.property(anyStory(), shopFaults, anyRequest, anyInstant, (given, faults, asked, now) => {
      const requests = everyMetric(asked).filter(({ metric }) => catalogue[metric].conduct);
      const before = requests.map((request) => measure(given, request, now));
      given.on(instant(now - 3_600_000));
      for (const fault of faults) fault(given);
      requests.forEach((request, index) => {
        const { value, part, whole, evidence } = measure(given, request, now);
        const { value: v, part: p, whole: w, evidence: e } = before[index] ?? {};
        expect({ value, part, whole, evidence }, request.metric).toEqual({ value: v, part: p, whole: w, evidence: e });
      });
    }),
    { numRuns: 100 },
  );
});

test('what turns out to be the shop’s fault never raises a count, nor a share of orders', () => {
  const own = new Set([
    'unfair_review_rate',
    'abusive_message_rate',
    'legal_or_publicity_threat_rate',
    'impossible_demand_rate',
  ]);
  fc.assert(
    fc.property(anyStory(), fc.nat(), anyRequest, anyInstant, (given, which, asked, now) => {
      const conduct = given.events.filter(
        (event) =>
          event.occurredAt <= now &&
          event.kind !== 'order.placed' &&
          event.kind !== 'order.cancelled' &&
          event.kind !== 'event.corrected',
      );
      const event = conduct[which % Math.max(1, conduct.length)];
      if (event === undefined) return;
      const requests = everyMetric(asked).filter(
        ({ metric }) => catalogue[metric].conduct && catalogue[metric].unit !== 'days' && !own.has(metric),
      );
      const before = requests.map((request) => measure(given, request, now).value);
      given.corrected(event, 'shop_fault', { at: now });
      requests.forEach((request, index) => {
        const { value } = measure(given, request, now);
        const was = before[index] ?? null;
        if (was === null || value === null) expect(value, request.metric).toBe(was);
        else expect(value, request.metric).toBeLessThanOrEqual(was);
      });
    }),
    { numRuns: 200 },
  );
});
