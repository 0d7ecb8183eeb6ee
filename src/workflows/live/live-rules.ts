import { setTimeout as pause } from 'node:timers/promises';
import { LONGEST_WINDOW } from '../../core/policy/live/duration.ts';
import { evaluateLive, NO_FINDINGS } from '../../core/policy/live/evaluate.ts';
import { SlidingCounts } from '../../core/policy/live/sliding-counts.ts';
import type { LiveFinding } from '../../core/policy/live/types.ts';
import type { CompiledPolicy } from '../../core/policy/types.ts';
import type { Instant } from '../../core/shared/time.ts';
import { type Happened, isCounted, type LiveIntake, type LiveStore } from '../../ports/live.ts';
import type { Clock, Ids, Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import { Facts, type FactsDeps } from './facts.ts';
import { Sharing } from './sharing.ts';
import type { LiveRequest } from './types.ts';

export interface LiveRulesDeps extends FactsDeps {
  readonly policies: Pick<PolicyShelf, 'inForce'>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** How the processes of the installation tell one another what they counted; null: this is the only one. */
  readonly store: LiveStore | null;
}

export interface LiveRulesOptions {
  /** Called with what went wrong in the background, once until it goes right again. See also `reportTo`. */
  readonly onFault?: (error: unknown) => void;
  /** How often counts are exchanged at most. */
  readonly everyMs?: number;
  readonly mostKeys?: number;
}

const EVERY_MS = 500;
/** With so many counts waiting an exchange does not wait: a large one would hold up whoever asks at that moment. */
const MANY = 4_096;
/** So long the end waits for the last exchange. */
const LAST_MS = 2_000;

/**
 * The live rules of all shops at work in one process. Counts are kept here and shared with the other processes; nothing is read or written
 * before some shop's policy counts something.
 */
export class LiveRules implements LiveIntake {
  readonly #deps: LiveRulesDeps;
  readonly #options: LiveRulesOptions;
  #counting: Counting | null = null;
  #exchanges = false;
  /** Of the next exchange; null while one runs. */
  #timer: NodeJS.Timeout | null = null;
  #failing = false;
  #closed = false;
  #onFault: (error: unknown) => void;

  constructor(deps: LiveRulesDeps, options: LiveRulesOptions = {}) {
    this.#deps = deps;
    this.#options = options;
    this.#onFault = options.onFault ?? (() => undefined);
  }

  /** From now on tells somebody else what went wrong in the background. */
  reportTo(onFault: (error: unknown) => void): void {
    this.#onFault = onFault;
  }

  /** Tells of something that went wrong in the background. */
  fault(error: unknown): void {
    this.#onFault(error);
  }

  /** Counts what is asked now, and says which live rules of the policy in force fire on it. Synchronous; nothing is waited for. */
  judge(shop: Shop, { live }: CompiledPolicy, request: LiveRequest, now: Instant): readonly LiveFinding[] {
    const { surface } = request;
    if (live.at[surface].length === 0) return NO_FINDINGS;
    const { facts, add } = this.#begin();
    this.#looksBack(shop, live.longestMs);
    facts.of(shop, request, now);
    facts.attempt(live.attemptsPer[surface], (first, second) => add(shop.id, first, second, now, now));
    return evaluateLive(live, surface, facts);
  }

  async happened(shop: Shop, events: readonly Happened[]): Promise<void> {
    const now = this.#deps.clock.now();
    const young = events.filter(({ event }) => isCounted(event.kind) && now - event.occurredAt < LONGEST_WINDOW);
    if (young.length === 0) return;
    try {
      const { live } = (await this.#deps.policies.inForce(shop.id)).compiled;
      if (live.failedPaymentsPer.length + live.newAccountsPer.length === 0) return;
      const { facts, add } = this.#begin();
      this.#looksBack(shop, live.longestMs);
      for (const each of young) {
        facts.of(shop, requestOf(each), now);
        const take = (first: number, second: number): void =>
          add(shop.id, first, second, Math.min(each.event.occurredAt, now), now);
        if (each.event.kind === 'payment.failed') facts.happened('failed_payments', live.failedPaymentsPer, take);
        else facts.happened('new_accounts', live.newAccountsPer, take);
      }
    } catch (error) {
      // The events are in the ledger; that they were not counted makes a rule fire later.
      this.#onFault(error);
    }
  }

  /** One exchange with the other processes, now. */
  async settle(): Promise<void> {
    const { sharing } = this.#begin();
    await sharing?.exchange();
  }

  /** Tells the others what they do not know yet, and stops. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const last = this.#counting?.sharing?.exchange().catch((error: unknown) => this.#failed(error));
    // A database that does not answer must not keep the service from ending; counts are not worth waiting for.
    await Promise.race([last, pause(LAST_MS, undefined, { ref: false })]);
  }

  #begin(): Counting {
    if (this.#counting !== null) return this.#counting;
    const { mostKeys } = this.#options;
    const counts = new SlidingCounts(mostKeys === undefined ? {} : { mostKeys });
    const { store, clock, ids } = this.#deps;
    const sharing = store === null ? null : new Sharing(store, counts, clock, ids.next());
    const add: Counting['add'] = (shop, first, second, at, now) => {
      counts.add(first, second, at, now);
      sharing?.tell(shop, first, second, at);
      if (sharing?.waiting === MANY) this.#hurry();
    };
    this.#counting = { facts: new Facts(this.#deps, counts), sharing, add };
    return this.#counting;
  }

  /** The first rule that counts anything begins the exchange with the others. */
  #looksBack(shop: Shop, longestMs: number): void {
    const sharing = this.#counting?.sharing;
    if (longestMs === 0 || sharing === undefined || sharing === null) return;
    sharing.looksBack(shop.id, longestMs);
    if (this.#exchanges || this.#closed) return;
    this.#exchanges = true;
    this.#after(0);
  }

  #after(ms: number): void {
    this.#timer = setTimeout(() => this.#run(), ms).unref();
  }

  #hurry(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#after(0);
  }

  #run(): void {
    this.#timer = null;
    const sharing = this.#counting?.sharing;
    if (sharing === undefined || sharing === null || this.#closed) return;
    void sharing
      .exchange()
      .then(
        () => {
          this.#failing = false;
        },
        (error: unknown) => this.#failed(error),
      )
      .finally(() => {
        const atOnce = !this.#failing && sharing.waiting >= MANY;
        if (!this.#closed) this.#after(atOnce ? 0 : (this.#options.everyMs ?? EVERY_MS));
      });
  }

  #failed(error: unknown): void {
    if (!this.#failing) this.#onFault(error);
    this.#failing = true;
  }
}

interface Counting {
  readonly facts: Facts;
  readonly sharing: Sharing | null;
  readonly add: (shop: Shop['id'], first: number, second: number, at: number, now: Instant) => void;
}

/** Who an event is about and from where it was seen, as a request says it. */
function requestOf({ event, seen }: Happened): LiveRequest {
  const of = (type: 'email' | 'phone') => event.subject?.identifiers.find((one) => one.type === type)?.value ?? null;
  return {
    surface: 'purchase',
    email: of('email'),
    phone: of('phone'),
    ip: seen.ip ?? null,
    device: seen.device ?? null,
    card: seen.card ?? null,
    address: seen.address ?? null,
    order: null,
  };
}
