import { type EventBody, eventBodies } from '../core/events/event.ts';
import type { CustomerId, EventId, MeasureId, ProposalId, StaffId } from '../core/shared/brand.ts';
import { addPeriod, parsePeriod } from '../core/shared/period.ts';
import { unwrap } from '../core/shared/result.ts';
import { formatInstant, type Instant, instant } from '../core/shared/time.ts';
import { daysAfter, lastDay, monthsAgo, officeMoment } from './calendar.ts';
import { faultsOf, within } from './faults.ts';
import { type PastAnswer, pastAnswers } from './past-answers.ts';
import { Random } from './random.ts';
import { type SampleEvent, type SampleShop, sourceIdPrefix } from './sample-shop.ts';

/** What staff did in the sample's past: an event that names events of the ledger, so it is told once those are in it. */
export type StaffEvent = {
  readonly [K in StaffKind]: {
    readonly kind: K;
    readonly id: string;
    readonly at: Instant;
    readonly customer: CustomerId;
    readonly body: EventBody<K>;
    readonly reason: string | undefined;
  };
}[StaffKind];

type StaffKind = 'measure.started' | 'measure.lifted' | 'measure.expired' | 'proposal.declined' | 'event.corrected';

/** Where an event of the sample came to be in the ledger. */
export interface Recorded {
  readonly event: EventId;
  readonly customer: CustomerId;
}

/** What the past needs to know of the shop it is told in. */
export interface Telling {
  /** Finds an event of the sample in the ledger by its id. */
  readonly recorded: (sampleId: string) => Recorded;
  /** Who is said to have decided. */
  readonly staff: StaffId;
  readonly proposalId: (customer: CustomerId, key: string) => ProposalId;
  readonly measureId: (name: string) => MeasureId;
}

/** The measures, refusals and corrections of the sample's past, oldest first. */
export function tellPast(shop: SampleShop, telling: Telling): readonly StaffEvent[] {
  const teller = new PastTeller(shop, telling);
  for (const answer of pastAnswers) teller.answer(answer);
  teller.correctWrongLabels();
  return teller.inOrder();
}

/** What had settled when staff decided: a day more than the rules of the ladder wait. A month where nothing is said. */
const SETTLE_DAYS: Readonly<Record<string, number>> = { contact: 4, payments: 61 };

class PastTeller {
  readonly #shop: SampleShop;
  readonly #telling: Telling;
  /** How many answers each ladder of each person has had so far. */
  readonly #answers = new Map<string, number>();
  readonly #random = new Random('past');
  readonly #prefix: string;
  readonly #told: StaffEvent[] = [];

  constructor(shop: SampleShop, telling: Telling) {
    this.#shop = shop;
    this.#telling = telling;
    this.#prefix = sourceIdPrefix(lastDay(shop.calendar));
  }

  inOrder(): readonly StaffEvent[] {
    return this.#told.toSorted((a, b) => a.at - b.at);
  }

  answer(answer: PastAnswer): void {
    const own = this.#eventsOf(answer.member);
    const random = this.#random.fork(`${answer.member} ${answer.ladder} ${answer.step}`);
    const at = officeMoment(random, monthsAgo(this.#shop.calendar, answer.monthsAgo), 0, 1);
    const settled = daysAfter(at, -(SETTLE_DAYS[answer.ladder] ?? 31));
    const evidence = own.filter((event) => event.conduct && event.at < settled);
    const last = evidence.at(-1);
    if (last === undefined) throw new Error(`"${answer.member}" has done nothing that an answer could rest on`);
    const customer = this.#telling.recorded(last.id).customer;
    const common = {
      ladder: answer.ladder,
      step: answer.step,
      rules: [...answer.rules],
      evidence: evidence.map((event) => this.#telling.recorded(event.id).event),
    };
    const id = `${this.#prefix}${answer.member}/${answer.ladder}-${answer.step}`;
    const climb = `${answer.member} ${answer.ladder}`;
    const before = this.#answers.get(climb) ?? 0;
    this.#answers.set(climb, before + 1);
    const proposal = this.#telling.proposalId(customer, `${answer.ladder}:${answer.step}:${before}`);
    if (answer.said === 'no') {
      const body = { ...common, proposal, by: this.#telling.staff };
      this.#tell('proposal.declined', `${id}/declined`, at, customer, body, answer.reason);
      return;
    }
    const measure = this.#telling.measureId(id);
    const { type, obligations, surfaces, lasts } = answer.effect;
    const until = addPeriod(at, unwrap(parsePeriod(lasts)));
    this.#tell('measure.started', `${id}/started`, at, customer, {
      ...common,
      measure,
      proposal,
      type,
      obligations: [...obligations],
      surfaces: [...surfaces],
      policyVersion: 1,
      until: formatInstant(until),
      skipped: null,
      proposedBy: 'policy',
      approvedBy: [this.#telling.staff],
      softened: false,
    });
    const lifted = answer.lifted;
    if (lifted !== undefined) {
      const body = { measure, because: lifted.because, by: lifted.because === 'earned' ? null : this.#telling.staff };
      const liftedAt = officeMoment(random, monthsAgo(this.#shop.calendar, lifted.monthsAgo), 0, 1);
      this.#tell('measure.lifted', `${id}/lifted`, liftedAt, customer, body, lifted.reason);
    } else if (until < this.#shop.calendar.end) {
      this.#tell('measure.expired', `${id}/expired`, until, customer, { measure });
    }
  }

  /** The jeans with the wrong size sewn in: what customers gave as "did not fit" was corrected to be the shop's fault. */
  correctWrongLabels(): void {
    const { wrongLabels } = faultsOf(this.#shop.calendar);
    const placed = new Map<string, Instant>();
    const corrected = officeMoment(this.#random.fork('labels'), wrongLabels.to, 20, 21);
    for (const event of this.#shop.events) {
      if (event.kind === 'order.placed') placed.set(event.body.order, event.at);
      if (event.kind !== 'return.received' || event.body.reason !== 'did_not_fit') continue;
      const orderedAt = placed.get(event.body.order ?? '');
      if (orderedAt === undefined || !within(orderedAt, wrongLabels)) continue;
      if (!(event.body.lines ?? []).some((line) => line.article === wrongLabels.article.code)) continue;
      const { customer, event: returned } = this.#telling.recorded(event.id);
      const at = instant(Math.max(corrected, event.at + 3_600_000));
      if (at >= this.#shop.calendar.end) continue;
      const body = { event: returned, as: 'shop_fault' as const, by: this.#telling.staff };
      this.#tell(
        'event.corrected',
        `${event.id}/corrected`,
        at,
        customer,
        body,
        'Wrong size sewn in, batch of the straight jeans.',
      );
    }
  }

  #eventsOf(key: string): readonly SampleEvent[] {
    const player = this.#shop.played.find(({ member }) => member.key === key);
    if (player === undefined) throw new Error(`Nobody in the cast is called "${key}"`);
    return this.#shop.events.filter((event) => event.person === player.person.number);
  }

  #tell<K extends StaffKind>(
    kind: K,
    id: string,
    at: Instant,
    customer: CustomerId,
    body: EventBody<K>,
    reason?: string,
  ): void {
    this.#told.push({ kind, id, at, customer, body: eventBodies[kind].parse(body), reason } as StaffEvent);
  }
}
