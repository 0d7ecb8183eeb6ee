import type { EventBody, EventKind, LedgerEvent } from '../events/event.ts';
import { disputeReason } from '../events/payments.ts';
import { type Line, type ReturnReason, returnReason } from '../events/values.ts';
import type { GivenDocument } from '../policy/document.ts';
import { readThreshold } from '../policy/thresholds.ts';
import type { Ladder } from '../policy/types.ts';
import { assertNever } from '../shared/assert-never.ts';
import { type CustomerId, type EventId, id, type MeasureId } from '../shared/brand.ts';
import type { Money } from '../shared/money.ts';
import { addPeriod, days, parsePeriod } from '../shared/period.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { formatInstant, type Instant, parseInstant } from '../shared/time.ts';

export interface Slip {
  /** Which line of `given`, and which word of it. */
  readonly index: number;
  readonly key: keyof GivenDocument;
  readonly message: string;
}

const isReturnReason = (reason: string): reason is ReturnReason => returnReason.safeParse(reason).success;
const isDisputeReason = (reason: string): reason is DisputeReason => disputeReason.safeParse(reason).success;
type DisputeReason = EventBody<'payment.disputed'>['reason'];

const NOON = 12 * 3_600_000;
const uuid = (number: number, family: number): string =>
  `00000000-0000-4000-8${family.toString(16)}00-${number.toString(16).padStart(12, '0')}`;
const CUSTOMER = id<CustomerId>(uuid(1, 1));
const STAFF = uuid(1, 2);

/**
 * The events that the short lines of a policy's test stand for. A line stands for all that goes with it: an unfounded
 * claim is opened and resolved, a disputed payment is disputed and decided. Days begin at noon UTC, and what belongs to
 * one line follows within the day it names or a few days after.
 */
export function tellGiven(
  given: readonly GivenDocument[],
  ladder: Ladder,
  currency: string,
): Result<readonly LedgerEvent[], Slip> {
  const teller = new Teller(ladder);
  for (const [index, line] of given.entries()) {
    const day = parseInstant(line.on);
    if (day === null)
      return err({ index, key: 'on', message: `"${line.on}" is not a day; write for example 2026-03-01` });
    const every = line.every === undefined ? ok(days(1)) : parsePeriod(line.every);
    if (!every.ok) return err({ index, key: 'every', message: every.error });
    const value = line.value === undefined ? ok(50_00) : readThreshold(line.value, 'money', currency);
    if (!value.ok) return err({ index, key: 'value', message: value.error });
    let at = (day + NOON) as Instant;
    for (let time = 1; time <= (line.times ?? 1); time++) {
      const order =
        line.order === undefined ? undefined : line.times === undefined ? line.order : `${line.order}-${time}`;
      const slip = teller.tell(line, { at, order, money: { amount: value.value, currency } });
      if (slip !== null) return err({ index, ...slip });
      at = addPeriod(at, every.value);
    }
  }
  return ok(teller.events);
}

interface Moment {
  readonly at: Instant;
  readonly order: string | undefined;
  readonly money: Money;
}

class Teller {
  readonly events: LedgerEvent[] = [];
  readonly #ladder: Ladder;
  readonly #lines = new Map<string, readonly Line[]>();

  constructor(ladder: Ladder) {
    this.#ladder = ladder;
  }

  tell(line: GivenDocument, { at, order, money }: Moment): Omit<Slip, 'index'> | null {
    const name = `${line.what}-${this.events.length + 1}`;
    const about = order === undefined ? {} : { order };
    const later = (count: number) => addPeriod(at, days(count));
    switch (line.what) {
      case 'order':
        return this.#order(line, at, order ?? name, money);
      case 'delay':
        if (order === undefined) return { key: 'order', message: 'A delay needs the order it was about: add "order:"' };
        this.#add('order.delayed', { order }, at);
        return null;
      case 'return':
        return this.#return(line, at, name, order, money);
      case 'refund':
        this.#add(
          'refund.issued',
          { refund: name, ...about, amount: money, goodsBack: false, reason: 'unspecified' },
          at,
        );
        return null;
      case 'claim':
        if (line.type === undefined) return { key: 'type', message: 'A claim needs "type:", for example not_received' };
        this.#add('claim.opened', { claim: name, type: line.type, ...about, value: money }, at);
        if (line.found !== undefined) this.#add('claim.resolved', { claim: name, outcome: line.found }, later(5));
        return null;
      case 'complaint':
        this.#add('complaint.opened', { complaint: name, about: 'product', ...about }, at);
        if (line.found !== undefined)
          this.#add('complaint.resolved', { complaint: name, outcome: line.found }, later(5));
        return null;
      case 'message':
        this.#add(
          'message.received',
          { message: name, channel: 'email', ...about, labels: line.labels ?? [], labelledBy: 'staff' },
          at,
        );
        return null;
      case 'review':
        this.#add('review.posted', { review: name, ...about, rating: line.rating ?? 1 }, at);
        if (line.assessed !== undefined)
          this.#add('review.assessed', { review: name, outcome: line.assessed }, later(2));
        return null;
      case 'cancellation':
        if (order === undefined) return { key: 'order', message: 'A cancellation needs its order: add "order:"' };
        this.#add('order.cancelled', { order, by: 'customer', stage: line.stage ?? 'after_dispatch' }, at);
        return null;
      case 'address_change':
        if (order === undefined) return { key: 'order', message: 'An address change needs its order: add "order:"' };
        this.#add('order.address_changed', { order, stage: line.stage ?? 'after_dispatch' }, at);
        return null;
      case 'chargeback':
        return this.#chargeback(line, at, name, about, money);
      case 'failed_payment':
        this.#add('payment.failed', { ...about, reason: 'declined' }, at);
        return null;
      case 'measure':
        return this.#measure(line, at);
      default:
        return assertNever(line.what);
    }
  }

  #order(line: GivenDocument, at: Instant, order: string, money: Money): null {
    const unitPrice = '1.00';
    const lines: readonly Line[] =
      line.variants !== undefined
        ? Array.from({ length: line.variants }, (_, n) => ({
            article: `${order}-a`,
            variant: `v${n + 1}`,
            quantity: 1,
            unitPrice,
          }))
        : line.items !== undefined
          ? Array.from({ length: line.items }, (_, n) => ({ article: `${order}-a${n + 1}`, quantity: 1, unitPrice }))
          : [];
    this.#lines.set(order, lines);
    this.#add('order.placed', { order, total: money, lines: [...lines] }, at);
    return null;
  }

  #return(
    line: GivenDocument,
    at: Instant,
    name: string,
    order: string | undefined,
    money: Money,
  ): Omit<Slip, 'index'> | null {
    const reason = line.reason ?? 'changed_mind';
    if (!isReturnReason(reason))
      return { key: 'reason', message: `"${reason}" is a reason for a dispute, not for a return` };
    const lines =
      line.items === undefined || order === undefined ? [] : (this.#lines.get(order) ?? []).slice(0, line.items);
    this.#add(
      'return.received',
      {
        return: name,
        ...(order === undefined ? {} : { order }),
        value: money,
        reason,
        lines: [...lines],
        by: 'parcel',
      },
      at,
    );
    if (line.grade !== undefined)
      this.#add('return.inspected', { return: name, grade: line.grade }, addPeriod(at, days(1)));
    return null;
  }

  #chargeback(
    line: GivenDocument,
    at: Instant,
    name: string,
    about: { order?: string },
    amount: Money,
  ): Omit<Slip, 'index'> | null {
    const reason = line.reason ?? 'fraudulent';
    if (!isDisputeReason(reason))
      return { key: 'reason', message: `"${reason}" is a reason for a return, not for a dispute` };
    this.#add('payment.disputed', { dispute: name, ...about, amount, reason }, at);
    if (line.ends !== undefined) this.#add(`payment.dispute_${line.ends}`, { dispute: name }, addPeriod(at, days(20)));
    return null;
  }

  #measure(line: GivenDocument, at: Instant): Omit<Slip, 'index'> | null {
    const number = line.step ?? 1;
    const step = this.#ladder.steps[number - 1];
    if (step === undefined) return { key: 'step', message: `The ladder "${this.#ladder.id}" has no step ${number}` };
    if (step.do === 'watch') return { key: 'step', message: 'Watching is no measure; leave the line out' };
    this.#add(
      'measure.started',
      {
        measure: id<MeasureId>(uuid(this.events.length + 1, 5)),
        proposal: null,
        type: step.do,
        obligations: [...step.obligations],
        surfaces: [...step.surfaces],
        ladder: this.#ladder.id,
        step: number,
        rules: [],
        policyVersion: null,
        evidence: [],
        until: formatInstant(addPeriod(at, step.for)),
        skipped: null,
        proposedBy: 'policy',
        approvedBy: [STAFF],
        softened: false,
      },
      at,
    );
    return null;
  }

  #add<K extends EventKind>(kind: K, body: EventBody<K>, occurredAt: Instant): void {
    const seq = this.events.length + 1;
    const event = {
      id: id<EventId>(uuid(seq, 0)),
      seq,
      customer: CUSTOMER,
      kind,
      body,
      occurredAt,
      recordedAt: occurredAt,
      source: 'policy-test',
      sourceId: String(seq),
    };
    // The kind and its body were matched by the signature; the union cannot see that.
    this.events.push(event as unknown as LedgerEvent);
  }
}
