import { decide } from '../../core/decisions/decide.ts';
import type { Decision } from '../../core/decisions/types.ts';
import type { EventBody } from '../../core/events/event.ts';
import type { Surface } from '../../core/events/measures.ts';
import { phoneRegion } from '../../core/identity/region.ts';
import type { DecisionId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { ChangeFeed } from '../../ports/changes.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import { invalid, type Refused } from '../desk/refused.ts';
import { readSubject } from '../intake/subject.ts';
import { explain } from './message.ts';
import { decisionEvent, Recorder } from './recorder.ts';
import type { Found } from './snapshot.ts';
import { Snapshots } from './snapshots.ts';
import type { DecisionWish, MadeDecision } from './types.ts';

export interface DecisionDeps extends Deps {
  readonly policies: PolicyShelf;
}

export interface DecisionsOptions {
  readonly changes?: ChangeFeed | null;
  /** Called with what went wrong in the background. */
  readonly onFault: (error: unknown) => void;
  readonly pollMs?: number;
  readonly flushMs?: number;
  /** So many plain allows may wait to be recorded while the database does not answer. */
  readonly mostWaiting?: number;
}

const POLL_MS = 5_000;
const FLUSH_MS = 250;
const BATCH = 500;
const MOST_WAITING = 20_000;

/**
 * Decides at surfaces, from memory. For a customer without measures nothing is read from the database and the record is
 * written later; everything but a plain allow is in the ledger before it is answered.
 */
export class Decisions {
  readonly #deps: DecisionDeps;
  readonly #snapshots: Snapshots;
  readonly #recorder: Recorder;

  constructor(
    deps: DecisionDeps,
    { changes = null, onFault, pollMs = POLL_MS, flushMs = FLUSH_MS, mostWaiting = MOST_WAITING }: DecisionsOptions,
  ) {
    this.#deps = deps;
    this.#snapshots = new Snapshots(deps.store.enforcement, { changes, pollMs, onFault });
    this.#recorder = new Recorder(deps.store, { everyMs: flushMs, batch: BATCH, most: mostWaiting, onFault });
  }

  /** The answer at a surface; refuses a request that names nobody or is not readable. */
  async decide(shop: Shop, wish: DecisionWish): Promise<Result<MadeDecision, Refused>> {
    const subject = readSubject(wish.customer, phoneRegion(shop.jurisdictions, shop.timeZone));
    if (!subject.ok) return err(invalid(subject.error.field, subject.error.message));
    if (subject.value.identifiers.length === 0)
      return err(invalid('customer', 'names nobody: send externalId, email or phone'));
    const { vault, clock, ids } = this.#deps;
    const hashes = subject.value.identifiers.map(
      ({ type, value }) => `${type}:${vault.identifierHash(shop.id, type, value).toString('hex')}`,
    );
    const held = this.#snapshots.of(shop.id);
    const snapshot = held instanceof Promise ? await held : held;
    const now = clock.now();
    const found = snapshot.find(hashes, now);
    const decision = decide({ surface: wish.surface, returnKind: wish.returnKind ?? null, now }, found);
    const id = ids.next<DecisionId>();
    const body = decisionBody(id, wish.surface, decision);
    if (isPlain(decision, found)) this.#recorder.add({ shop, body, hashes, at: now });
    else
      await this.#deps.store.transaction((store) =>
        store.ledger.append(shop, [decisionEvent(body, found.customer, now, remarkOn(decision))]),
      );
    return ok({
      decision: id,
      outcome: decision.outcome,
      obligations: decision.obligations,
      allowListed: decision.allowListed,
      ...(await explain(this.#deps, shop, decision, wish.language)),
    });
  }

  /** Looks for changes that were not told, and writes what waits to be recorded. */
  async settle(): Promise<void> {
    await this.#snapshots.poll();
    await this.#recorder.flush();
  }

  /** Stops listening and writes everything that waits. */
  async close(): Promise<void> {
    await this.#snapshots.close();
    await this.#recorder.close();
  }
}

/** Nothing stood in the way: neither a measure that bit nor one that only the allow-list lifted. */
export function isPlain(decision: Decision, found: Found): boolean {
  return (
    decision.outcome === 'allow' && !(decision.allowListed && found.measures.length + found.byPhoneAlone.length > 0)
  );
}

const PHONE_ALONE =
  'Another customer may have asked: only the phone number led here, and the customer number or e-mail address was not this customer’s. What is in force on that phone number counts for no more than a look by a person.';

/** What whoever reads the record must know besides; none with most decisions. */
export function remarkOn(decision: Decision): string | undefined {
  return decision.byPhoneAlone ? PHONE_ALONE : undefined;
}

const MOST_MEASURES = 50;

/** What the ledger is told of a decision. */
export function decisionBody(id: DecisionId, surface: Surface, decision: Decision): EventBody<'decision.made'> {
  const versions = decision.reasons.flatMap((reason) => reason.policyVersion ?? []);
  return {
    decision: id,
    surface,
    outcome: decision.outcome,
    obligations: [...decision.obligations],
    measures: decision.reasons.slice(0, MOST_MEASURES).map((reason) => reason.measure),
    policyVersion: versions.length === 0 ? null : Math.max(...versions),
    allowListed: decision.allowListed,
  };
}
