import { stateAt } from '../../core/appeals/fold.ts';
import { type Correction, consequencesOf, suggestedOutcome, type Verdict, whatIf } from '../../core/appeals/outcome.ts';
import type { Appeal } from '../../core/appeals/types.ts';
import type { AppealOutcome } from '../../core/events/appeals.ts';
import type { EventBody, EventKind } from '../../core/events/event.ts';
import type { AppealId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { Shop } from '../../ports.ts';
import { conflict, invalid } from '../desk/refused.ts';
import { evasionsUndone } from '../likeness/evasion.ts';
import { staffEvent } from '../measures/staff-event.ts';
import { wordingFault } from '../notices/may-say.ts';
import { type Hearing, hearing } from './hearing.ts';
import { notCorrectable, type Ruling, whatIfOf } from './outcome.ts';
import { hearingRefusal } from './refusal.ts';
import { seenOf } from './seen.ts';
import type { AppealDeps, Hearer, HearingRefused } from './types.ts';

export interface DecisionWish extends Ruling {
  readonly outcome: AppealOutcome;
  /** Goes to the customer. */
  readonly reason: string;
  /** What the reviewer saw (`seenOf`). */
  readonly seen: string;
}

/** What a decision did. */
export interface Decided {
  /** What became of the measure, and of every other that no longer stands. */
  readonly measures: EventBody<'appeal.decided'>['measures'];
}

/**
 * Decides an appeal, all in one transaction: how events count from now on, what becomes of every measure that no longer stands
 * without them, the customer's standing, the decision itself, and the letter about all of it. Of two who decide at once the second
 * is told who was faster; who decides on what has changed since they looked is told to look again.
 */
export async function decideAppeal(
  deps: AppealDeps,
  shop: Shop,
  by: Hearer,
  id: AppealId,
  wish: DecisionWish,
): Promise<Result<Decided, HearingRefused>> {
  const wording = wordingFault(deps, 'reason', wish.reason);
  if (wording !== null) return err(hearingRefusal('wording', wording));
  return hearing(deps, shop, by, id, async (held) => {
    const refused = notNow(held, wish);
    if (refused !== null) return err(refused);
    const { store, appeal, customer, measure, now } = held;
    const corrections = onceEach(wish.corrections);
    // An application that is granted ends the measure: that is what was asked for.
    const lift = wish.lift || (appeal.type === 'application' && wish.outcome === 'upheld');
    const input = await whatIfOf(deps, store, shop, held, { corrections, lift }, by.id, now);
    const { verdicts, standingThen } = whatIf(input);
    const unfit = outcomeFault(wish.outcome, appeal, verdicts, corrections);
    if (unfit !== null) return err(unfit);
    const measures = verdicts
      .filter((verdict) => verdict.result !== 'stands' || verdict.measure.id === measure.id)
      .map((verdict) => ({ measure: verdict.measure.id, result: verdict.result }));
    const event = <K extends EventKind>(kind: K, act: string, body: EventBody<K>, reason?: string): OfferedEvent =>
      staffEvent({
        kind,
        customer,
        by: by.id,
        at: now,
        act,
        body,
        private: reason === undefined ? undefined : { reason },
      });
    const news = [
      ...corrections.map((each) =>
        event('event.corrected', `${id}:${each.event}`, { ...each, by: by.id }, wish.reason),
      ),
      ...consequencesOf(verdicts, input).map(({ kind, body }) => event(kind, `${id}:${body.measure}`, body)),
      event(
        'appeal.decided',
        id,
        {
          appeal: id,
          outcome: wish.outcome,
          by: by.id,
          alone: held.may.alone,
          corrections: corrections.map((each) => ({ ...each })),
          measures,
        },
        wish.reason,
      ),
      ...(await evasionsUndone(store, shop, by.id, {
        customer,
        voided: measures.flatMap((each) => (each.result === 'voided' ? [each.measure] : [])),
        now,
      })),
    ];
    const outcomes = await store.ledger.append(shop, news);
    if (outcomes.some((each) => each.status !== 'added')) throw new Error('A decision was in the ledger already');
    const { standing, since, until, because } = standingThen;
    // Shown at once; the customer is due all the same, because what the policy proposes may have changed with it.
    await store.standing.save(shop.id, [{ customer, standing, since, until, because, nextAt: now }], now);
    // One letter about all of it, rather than one for each measure.
    await store.outbox.tell(shop.id, {
      cause: { kind: 'appeal.decided', appeal: id },
      audience: 'customer',
      customer,
      at: now,
    });
    return ok({ measures });
  });
}

function notNow(held: Hearing, { outcome, corrections, seen }: DecisionWish): HearingRefused | null {
  const { appeal, may, now } = held;
  const state = stateAt(appeal, now);
  if (state === 'filed') return hearingRefusal('not-under-review', conflict('Begin to review the appeal first.'));
  if (may.why === 'alone')
    return hearingRefusal(
      'too-soon-alone',
      conflict(
        'You approved this measure, and nobody else here may decide. You can decide once a day has passed since the appeal was filed.',
      ),
    );
  if (state === 'information_asked' && outcome !== 'upheld')
    return hearingRefusal(
      'answer-awaited',
      conflict(
        'You asked the customer something. You can reject the appeal or uphold part of it once they have answered, or their time is over.',
      ),
    );
  if (seenOf(held, now) !== seen)
    return hearingRefusal(
      'changed-meanwhile',
      conflict('Something about this appeal has changed since you opened it. Look at it again, then decide.'),
    );
  return notCorrectable(held, corrections)
    ? hearingRefusal(
        'unknown-event',
        invalid('corrections', 'names something that is not a reported event of this customer'),
      )
    : null;
}

/** The last word on each event. */
function onceEach(corrections: readonly Correction[]): readonly Correction[] {
  return [...new Map(corrections.map((each) => [each.event, each])).values()];
}

/** An outcome says what happens: it must not say that the customer was right and change nothing, or wrong and undo the measure. */
function outcomeFault(
  outcome: AppealOutcome,
  appeal: Appeal,
  verdicts: readonly Verdict[],
  corrections: readonly Correction[],
): HearingRefused | null {
  const amounts = suggestedOutcome(verdicts, appeal.measure);
  const refuse = (message: string) => hearingRefusal('outcome-does-not-fit', conflict(message));
  switch (outcome) {
    case 'upheld':
      return amounts === 'upheld'
        ? null
        : refuse(
            'With this the measure would stand. Mark what is wrong with its evidence, or end the measure all the same.',
          );
    case 'partly_upheld':
      // Of an application that ends nothing, marks alone are no part of what was asked for.
      return amounts === 'rejected' && (corrections.length === 0 || appeal.type === 'application')
        ? refuse('With this nothing would change. Mark what is wrong, end the measure, or reject the appeal.')
        : null;
    case 'rejected':
      return amounts === 'rejected'
        ? null
        : refuse(
            'With this the measure, or one that built on it, would not stand. Uphold the appeal, or take the marks back.',
          );
  }
}
