import type { Obligation } from '../events/measures.ts';
import { asksAt, obligations as catalogue } from '../measures/obligations.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Instant } from '../shared/time.ts';
import {
  type Decision,
  type DecisionReason,
  type DecisionRequest,
  type DecisionSubject,
  type Likeness,
  type MessageKey,
  type Outcome,
  outcomes,
  type StandingMeasure,
} from './types.ts';

/** Nothing stands in the way. */
export const ALLOWED: Decision = {
  outcome: 'allow',
  obligations: [],
  reasons: [],
  message: null,
  allowListed: false,
  byPhoneAlone: false,
};
const VOUCHED_FOR: Decision = { ...ALLOWED, allowListed: true };

/**
 * The answer at a surface. An allow-list entry wins over everything. A block on the surface denies, an obligation that acts there asks or
 * waits for a person, a warning stops nothing. An entry of the deny list answers what it says. A live rule asks or waits for a person. A
 * return that is a legal right (withdrawal, faulty goods, or one whose kind nobody named) is never denied: a person looks at it (fairness
 * rule 6); no entry of a list denies contact either. Faulty goods go back free. A measure that only a shared phone or a likeness leads to
 * makes a person look, and does nothing else.
 */
export function decide(request: DecisionRequest, subject: DecisionSubject): Decision {
  if (isNobody(subject)) return ALLOWED;
  const weighed = new Weighing(request).add(subject).decision();
  return subject.allowListed && weighed.outcome !== 'allow' ? VOUCHED_FOR : weighed;
}

const isNobody = ({ measures, byPhoneAlone, entries, live, likenesses }: DecisionSubject): boolean =>
  measures.length === 0 &&
  (byPhoneAlone === undefined || byPhoneAlone.length === 0) &&
  (entries === undefined || entries.length === 0) &&
  (live === undefined || live.length === 0) &&
  (likenesses === undefined || likenesses.length === 0);

/** What speaks for more than an allow, put together. */
class Weighing {
  readonly #request: DecisionRequest;
  readonly #reasons: DecisionReason[] = [];
  readonly #asked: Obligation[] = [];
  readonly #live: string[] = [];
  /** Titles of rules that the customer may be told; null as long as none of their own measures acts. */
  #rules: Set<string> | null = null;
  #outcome: Outcome = 'allow';
  /** When the last of what is about this customer ends, and when the last of what is perhaps about another. */
  #ownUntil: Instant | null = null;
  #until: Instant | null = null;
  #byPhoneAlone = false;
  #byPeople = false;

  constructor(request: DecisionRequest) {
    this.#request = request;
  }

  add({ measures, byPhoneAlone, entries, live, likenesses }: DecisionSubject): this {
    for (const measure of measures) this.#own(measure);
    for (const measure of byPhoneAlone ?? []) this.#sharedPhone(measure);
    for (const entry of entries ?? []) {
      if (this.#request.now >= entry.until) continue;
      this.#raise(entry.answer === 'deny' && !this.#mayDeny('entry') ? 'review' : entry.answer);
      this.#ownUntil = later(this.#ownUntil, entry.until);
      this.#byPeople = true;
      this.#reasons.push({ kind: 'entry', entry: entry.id, until: entry.until });
    }
    for (const { rule, answer, obligations, observed } of live ?? []) {
      this.#raise(answer);
      for (const each of obligations) this.#ask(each);
      this.#live.push(rule);
      this.#reasons.push({ kind: 'live', rule, ...(observed === undefined ? {} : { observed }) });
    }
    for (const likeness of likenesses ?? []) this.#alike(likeness);
    return this;
  }

  decision(): Decision {
    const outcome = this.#outcome;
    if (outcome === 'allow') return ALLOWED;
    // Whoever is refused has nothing to meet, so obligations would only confuse.
    const obligations = outcome === 'deny' ? [] : this.#asked;
    return {
      outcome,
      obligations,
      reasons: this.#reasons,
      message: {
        key: messageKey(outcome, this.#request, obligations, this.#ownUntil ?? this.#until),
        values: {
          until: this.#ownUntil ?? this.#until,
          obligations,
          rules: this.#rules === null ? null : [...this.#rules],
          live: outcome === 'deny' ? [] : this.#live,
          decidedBy: this.#byPeople ? 'people' : 'rule',
        },
      },
      allowListed: false,
      byPhoneAlone: this.#byPhoneAlone,
    };
  }

  #own(measure: StandingMeasure): void {
    if (!inForce(measure, this.#request.now)) return;
    const effect = effectOf(measure, this.#request, this.#asked);
    if (effect === 'allow') return;
    this.#raise(effect);
    this.#ownUntil = later(this.#ownUntil, measure.until);
    this.#byPeople = true;
    this.#rules ??= new Set();
    for (const rule of measure.rules) this.#rules.add(rule);
    this.#reasons.push(reasonOf(measure));
  }

  #sharedPhone(measure: StandingMeasure): void {
    if (!acts(measure, this.#request)) return;
    this.#raise('review');
    this.#until = later(this.#until, measure.until);
    this.#byPhoneAlone = true;
    this.#byPeople = true;
    this.#reasons.push(reasonOf(measure));
  }

  #alike({ customer, measures }: Likeness): void {
    const acting = measures.filter((measure) => acts(measure, this.#request));
    if (acting.length === 0) return;
    this.#raise('review');
    this.#reasons.push({ kind: 'likeness', customer, measures: acting.map(({ id }) => id) });
  }

  #mayDeny(by: 'measure' | 'entry'): boolean {
    return mayDeny(this.#request, by);
  }

  #raise(to: Outcome): void {
    if (outcomes.indexOf(to) > outcomes.indexOf(this.#outcome)) this.#outcome = to;
  }

  #ask(obligation: Obligation): void {
    if (!this.#asked.includes(obligation)) this.#asked.push(obligation);
  }
}

function reasonOf({ id, rules, policyVersion, until }: StandingMeasure): DecisionReason {
  return { kind: 'measure', measure: id, rules, policyVersion, until };
}

function messageKey(
  outcome: Exclude<Outcome, 'allow'>,
  { surface }: DecisionRequest,
  obligations: readonly Obligation[],
  until: Instant | null,
): MessageKey {
  if (outcome !== 'challenge') return `decision.${outcome}.${surface}`;
  if (obligations.length === 0) return `decision.confirm.${surface}`;
  return until === null ? `decision.ask.${surface}` : `decision.challenge.${surface}`;
}

/** A right is not denied: neither a return that is one, nor, by a list, a way to be heard. */
function mayDeny({ surface, returnKind }: DecisionRequest, by: 'measure' | 'entry'): boolean {
  if (surface === 'return') return returnKind === 'goodwill';
  return surface !== 'contact' || by === 'measure';
}

/**
 * An active measure has begun, whatever this machine's clock says: it is active because the ledger says so, and a clock that was put back
 * must not let it rest.
 */
function inForce({ state, until }: StandingMeasure, now: Instant): boolean {
  return state === 'active' && now < until;
}

/** Whether a measure does anything at the surface, now. */
export const acts = (measure: StandingMeasure, request: DecisionRequest): boolean =>
  inForce(measure, request.now) && effectOf(measure, request, []) !== 'allow';

/** What one measure does at the surface; what it asks for is added to `asked`. */
function effectOf(measure: StandingMeasure, request: DecisionRequest, asked: Obligation[]): Outcome {
  switch (measure.type) {
    case 'warning':
      return 'allow';
    case 'block': {
      const demands = demand(measure, request, asked);
      if (!measure.surfaces.includes(request.surface)) return demands;
      return mayDeny(request, 'measure') ? 'deny' : 'review';
    }
    case 'restriction':
      return demand(measure, request, asked);
    default:
      return assertNever(measure.type);
  }
}

function demand(measure: StandingMeasure, { surface, returnKind }: DecisionRequest, asked: Obligation[]): Outcome {
  let outcome: Outcome = 'allow';
  for (const obligation of measure.obligations) {
    if (!asksAt(obligation, measure.surfaces, surface)) continue;
    // Bringing faulty goods back costs a consumer nothing: Directive (EU) 2019/771, art. 14(1).
    if (obligation === 'no_free_returns' && returnKind === 'faulty') continue;
    if (!asked.includes(obligation)) asked.push(obligation);
    if (catalogue[obligation].asks === 'review') outcome = 'review';
    else if (outcome === 'allow') outcome = 'challenge';
  }
  return outcome;
}

const later = (last: Instant | null, end: Instant): Instant => (last === null || end > last ? end : last);
