import { ALLOWED, decide } from '../../core/decisions/decide.ts';
import type { Decision } from '../../core/decisions/types.ts';
import { whenUnsure } from '../../core/decisions/when-unsure.ts';
import type { DecisionId, ShopId } from '../../core/shared/brand.ts';
import { KEY_WORDS, keyBytes } from '../../core/shared/key-table.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';
import type { ChangeFeed } from '../../ports/changes.ts';
import type { DecisionJournal } from '../../ports/journal.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import type { Refused } from '../desk/refused.ts';
import { Likenesses } from '../likeness/likenesses.ts';
import type { LiveRules } from '../live/live-rules.ts';
import { explainFrom, versionsOf } from './message.ts';
import { Pulse } from './pulse.ts';
import { decisionBody, decisionEvent, remarkOn } from './record/event.ts';
import { Recorder } from './record/recorder.ts';
import { Asked } from './snapshot/asked.ts';
import { compare } from './snapshot/compare.ts';
import { Finding, type Found, NOBODY } from './snapshot/found.ts';
import { withVersions } from './snapshot/policies.ts';
import type { ReaderDeps } from './snapshot/reader.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { type Held, Snapshots } from './snapshot/snapshots.ts';
import type { DecisionWish, MadeDecision } from './types.ts';

export interface DecisionDeps extends Deps {
  readonly policies: PolicyShelf;
}

export interface DecisionsOptions {
  readonly changes?: ChangeFeed | null;
  /** Called with what went wrong in the background. */
  readonly onFault: (error: unknown) => void;
  /** Where decisions wait that the database does not take; without it, one that it does not take is not given. */
  readonly journal?: DecisionJournal | null;
  /** Finds the shop of a decision that waited. */
  readonly shopOf?: (shop: ShopId) => Promise<Shop | null>;
  /** Null: nobody is compared with measured customers. */
  readonly likenesses?: ReaderDeps['likenesses'];
  /** Judges the rules about the moment; null: there are none. */
  readonly live?: Pick<LiveRules, 'judge'> | null;
  readonly pollMs?: number;
  readonly flushMs?: number;
  readonly patienceMs?: number;
}

const POLL_MS = 500;
const FLUSH_MS = 250;
const PATIENCE_MS = 2_000;
/** More shops than that are read when they ask. */
const MOST_WARMED = 50;

/**
 * Decides at surfaces, from memory: nothing is read from the database. Where nothing stands in the way the answer is there at once, and is
 * counted behind it; everything else is durable before it is answered.
 */
export class Decisions {
  readonly #deps: DecisionDeps;
  readonly #pulse: Pulse;
  readonly #snapshots: Snapshots;
  readonly #recorder: Recorder;
  readonly #asked: Asked;
  readonly #finding = new Finding();
  readonly #plainLanguage: Language;
  readonly #patienceMs: number;
  readonly #shopOf: (shop: ShopId) => Promise<Shop | null>;
  readonly #live: Pick<LiveRules, 'judge'> | null;

  constructor(
    deps: DecisionDeps,
    {
      changes = null,
      onFault,
      journal = null,
      shopOf = async () => null,
      likenesses = new Likenesses(deps.store.links),
      live = null,
      pollMs = POLL_MS,
      flushMs = FLUSH_MS,
      patienceMs = PATIENCE_MS,
    }: DecisionsOptions,
  ) {
    this.#deps = deps;
    this.#asked = new Asked(deps.vault);
    this.#plainLanguage = deps.languages.firstOf([]);
    this.#patienceMs = patienceMs;
    this.#shopOf = shopOf;
    this.#live = live;
    this.#pulse = new Pulse(onFault);
    this.#snapshots = new Snapshots({ ...deps, likenesses }, this.#pulse, { changes, pollMs, onFault });
    this.#recorder = new Recorder(deps.store, deps.ids, this.#pulse, { flushMs, patienceMs, journal, shopOf, onFault });
  }

  /** The same as `decideNow`, always as a promise. */
  async decide(shop: Shop, wish: DecisionWish): Promise<Result<MadeDecision, Refused>> {
    return this.decideNow(shop, wish);
  }

  /**
   * The answer at a surface; refuses a request that names nobody or is not readable. At once unless something must be waited for: the
   * shop's first snapshot, or that a decision is written down. Rejects when a decision that must be durable can be written nowhere.
   */
  decideNow(shop: Shop, wish: DecisionWish): Result<MadeDecision, Refused> | Promise<Result<MadeDecision, Refused>> {
    const refused = this.#asked.read(shop, wish.customer);
    if (refused !== null) return err(refused);
    const held = this.#snapshots.of(shop);
    return held instanceof Promise ? this.#afterReading(held, shop, wish) : this.#answer(held, shop, wish);
  }

  /** For how long it has not been known, at worst, whether something changed; in whole seconds. Null: nothing is held yet. */
  staleSeconds(): number | null {
    const oldest = this.#snapshots.oldestMs();
    return oldest === null ? null : Math.floor(oldest / 1_000);
  }

  /** Reads a shop before anybody asks. Never fails: what cannot be read now is read with the first request. */
  async warm(shop: Shop): Promise<void> {
    await Promise.resolve(this.#snapshots.of(shop)).catch((error: unknown) => this.#pulse.failed(error));
  }

  /** The same for shops in which something may stand in somebody's way, one after the other. Never fails. */
  async warmAll(): Promise<void> {
    try {
      for (const id of await this.#deps.store.enforcement.shopsInForce(MOST_WARMED)) {
        const shop = await this.#shopOf(id);
        if (shop !== null) await this.warm(shop);
      }
    } catch (error) {
      this.#pulse.failed(error);
    }
  }

  /** Looks for changes that were not told, and writes what waits to be recorded. */
  async settle(): Promise<void> {
    await this.#snapshots.poll();
    await this.#recorder.flush();
    await this.#recorder.deliver();
  }

  /** Stops listening and writes everything that waits. */
  async close(): Promise<void> {
    await this.#snapshots.close();
    await this.#recorder.close();
  }

  /** The first request of a shop waits for its snapshot, as long as that can be hoped for; then nothing is known. */
  async #afterReading(reading: Promise<Held>, shop: Shop, wish: DecisionWish) {
    let timer: NodeJS.Timeout | undefined;
    const held = await Promise.race([
      reading.catch((error: unknown) => {
        this.#pulse.failed(error);
        return null;
      }),
      ...(this.#pulse.isAway
        ? [
            new Promise<null>((resolve) => {
              timer = setTimeout(() => resolve(null), this.#patienceMs);
            }),
          ]
        : []),
    ]);
    clearTimeout(timer);
    const refused = this.#asked.read(shop, wish.customer);
    return refused === null ? this.#answer(held, shop, wish) : err(refused);
  }

  #answer(
    held: Held | null,
    shop: Shop,
    wish: DecisionWish,
  ): Result<MadeDecision, Refused> | Promise<Result<MadeDecision, Refused>> {
    const now = this.#deps.clock.now();
    const found = held === null ? NOBODY : this.#find(held, shop, wish, now);
    const { surface } = wish;
    let decision = found === NOBODY ? ALLOWED : decide({ surface, returnKind: wish.returnKind ?? null, now }, found);
    const { mode, staleAfterSeconds } = shop.settings.surfaces[surface];
    const stale = held === null || held.ageMs() > staleAfterSeconds * 1_000;
    if (stale) decision = whenUnsure(decision, surface, mode, found.allowListed);
    if (found !== NOBODY) this.#countHits(shop.id, found, now);
    if (decision.outcome !== 'allow' || decision.allowListed)
      return this.#writeDown(held, shop, wish, { decision, found, now, stale });
    return ok({
      decision: this.#recorder.allow(shop, surface, now),
      outcome: 'allow',
      obligations: ALLOWED.obligations,
      reasons: NO_REASONS,
      message: null,
      language: this.#plainLanguage,
      allowListed: false,
      stale,
    });
  }

  /** All that is known in memory of whoever asks. */
  #find({ snapshot, likenesses }: Held, shop: Shop, wish: DecisionWish, now: Instant): Found {
    if (snapshot === null) return NOBODY;
    const finding = this.#finding;
    finding.reset();
    snapshot.find(this.#asked, shop, wish, now, finding);
    this.#judge(snapshot, shop, wish, now);
    const request = { surface: wish.surface, returnKind: wish.returnKind ?? null, now };
    compare(likenesses, snapshot, { told: wish.customer, hashes: this.#hashes, request }, finding);
    return finding.found();
  }

  /** What the rules about the moment say; they count as well, whoever asks. */
  #judge(
    { policies, trusted }: Snapshot,
    shop: Shop,
    { surface, customer, ip, order }: DecisionWish,
    now: Instant,
  ): void {
    if (this.#live === null || policies === null || policies.current.live.at[surface].length === 0) return;
    const { email, phoneNumber } = this.#asked;
    const findings = this.#live.judge(
      shop,
      policies.current,
      {
        surface,
        email,
        phone: phoneNumber,
        ip: ip ?? null,
        device: trusted.device ? null : (customer.device ?? null),
        card: customer.card ?? null,
        address: customer.address ?? null,
        order: order ?? null,
        known: this.#asked,
        trustedDomain: trusted.domain,
        trustedNetwork: trusted.network,
      },
      now,
    );
    this.#finding.live(findings);
  }

  /** The identifiers asked by, as type and keyed hash. */
  readonly #hashes = (): readonly string[] => {
    const { keys, count, types } = this.#asked;
    const hashes: string[] = [];
    for (let index = 0; index < count; index += 1)
      hashes.push(`${types[index]}:${Buffer.from(keyBytes(keys, index * KEY_WORDS)).toString('hex')}`);
    return hashes;
  };

  #countHits(shop: ShopId, { entries, vouching }: Found, now: Instant): void {
    for (const { id } of entries) this.#recorder.hit(shop, id, now);
    for (const id of vouching) this.#recorder.hit(shop, id, now);
  }

  async #writeDown(
    held: Held | null,
    shop: Shop,
    wish: DecisionWish,
    made: { readonly decision: Decision; readonly found: Found; readonly now: Instant; readonly stale: boolean },
  ): Promise<Result<MadeDecision, Refused>> {
    const { decision, found, now, stale } = made;
    const id = this.#deps.ids.next<DecisionId>();
    const event = (unsure: boolean) =>
      decisionEvent(decisionBody(id, wish.surface, decision, unsure), found.customer, now, remarkOn(decision));
    // The record says the same as the answer: what the database did not take in time was made without knowing what it would have said.
    const where = await this.#recorder.write(shop, event(stale), event(true));
    return ok({
      decision: id,
      outcome: decision.outcome,
      obligations: decision.obligations,
      allowListed: decision.allowListed,
      stale: stale || where === 'journal',
      ...(await this.#explain(held, shop, decision, wish.language)),
    });
  }

  /** From the policies in memory; one that is missing there is read, if it can be. */
  async #explain(held: Held | null, shop: Shop, decision: Decision, language: string | undefined) {
    let policies = held?.snapshot?.policies ?? null;
    const lacks =
      policies !== null && versionsOf(decision).some((version) => policies?.versions.has(version) === false);
    if (policies !== null && lacks && !this.#pulse.isAway)
      policies = await withVersions(this.#deps.policies, shop.id, versionsOf(decision), policies).catch(() => policies);
    return explainFrom(policies, this.#deps.languages, shop, decision, language);
  }
}

const NO_REASONS: MadeDecision['reasons'] = Object.freeze([]);
