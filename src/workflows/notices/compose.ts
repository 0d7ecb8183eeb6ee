import { isOverdue } from '../../core/appeals/fold.ts';
import { type Appeal, isOpen } from '../../core/appeals/types.ts';
import type { EventOf } from '../../core/events/event.ts';
import {
  appealAcknowledged,
  appealDecided,
  appealOverdue,
  informationAsked,
} from '../../core/notices/appeal-notices.ts';
import { measureExpired, measureLifted, measureVoided } from '../../core/notices/ended.ts';
import type { AppealDecided, AppealFacts, Setting } from '../../core/notices/facts.ts';
import { measureChanged, measureStarted } from '../../core/notices/started.ts';
import { teamAppealFiled, teamBlocked, teamOrderHeld } from '../../core/notices/team.ts';
import type { Cause, NoticeDocument } from '../../core/notices/types.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import type { AppealId, MeasureId } from '../../core/shared/brand.ts';
import type { ActRecord } from '../../ports/enforcing.ts';
import type { ShownPart } from '../../ports/ledger.ts';
import type { Shop } from '../../ports.ts';
import { endedFacts, type KnownCustomer, measureFacts, type NoticeDeps } from './known.ts';
import { aboutBinding, aboutObjection } from './linked.ts';
import { othersCanHear } from './people.ts';
import { mayHaveHeard } from './tell.ts';

export interface Composing {
  readonly deps: NoticeDeps;
  readonly shop: Shop;
  readonly known: KnownCustomer;
  readonly setting: Setting;
  readonly shown: ShownPart;
}

/**
 * What is to be told about a cause, from what is true now; null when it is no longer true and so must not be told: a measure
 * that was taken back before its notice left, a question that was answered meanwhile.
 */
export async function compose(composing: Composing, cause: Cause): Promise<NoticeDocument | null> {
  switch (cause.kind) {
    case 'measure.started':
    case 'measure.changed':
    case 'measure.lifted':
    case 'measure.expired':
    case 'measure.voided':
    case 'team.blocked':
      return aboutMeasure(composing, cause);
    case 'appeal.acknowledged':
    case 'appeal.information_asked':
    case 'appeal.decided':
    case 'appeal.overdue':
    case 'team.appeal_filed':
      return aboutAppeal(composing, cause);
    case 'link.bound':
    case 'link.freed':
      return aboutBinding(composing, cause);
    case 'objection.acknowledged':
    case 'objection.decided':
    case 'team.objection_filed':
      return aboutObjection(composing, cause);
    case 'team.order_held':
      return aboutHold(composing, cause.act);
    case 'portal.code':
    case 'portal.link':
    case 'team.webhook_off':
    case 'mail.test':
      throw new Error(`A message about ${cause.kind} comes with its words`);
    default:
      return assertNever(cause);
  }
}

async function aboutMeasure(
  { deps, shop, known, setting, shown }: Composing,
  cause: Extract<Cause, { measure: MeasureId }>,
): Promise<NoticeDocument | null> {
  const found = await measureFacts(deps, shop, known, cause.measure);
  if (found === null) return null;
  const { measure, facts } = found;
  const takenBack = measure.state === 'voided' || measure.endedBecause === 'undo';
  switch (cause.kind) {
    case 'measure.started':
      return takenBack ? null : measureStarted(setting, asBegun(facts, found.startedBy));
    case 'measure.changed':
      return measure.state === 'active' ? measureChanged(setting, facts) : null;
    case 'measure.lifted':
      if (measure.state !== 'lifted') return null;
      if (cause.because === 'undo' && !(await mayHaveHeard(deps.store, shop, measure.id))) return null;
      return measureLifted(setting, endedFacts(facts), cause.because);
    case 'measure.expired':
      return measure.state === 'expired' ? measureExpired(setting, endedFacts(facts)) : null;
    case 'measure.voided':
      return measure.state === 'voided' ? measureVoided(setting, endedFacts(facts)) : null;
    case 'team.blocked':
      return measure.state === 'active' && measure.type === 'block'
        ? teamBlocked(setting, facts, shown.name ?? shown.externalId ?? null)
        : null;
    default:
      return assertNever(cause);
  }
}

/** What began is told as it began, also when it was changed before the words were made: the change is told by itself. */
function asBegun(
  facts: Parameters<typeof measureStarted>[1],
  { body }: EventOf<'measure.started'>,
): Parameters<typeof measureStarted>[1] {
  const { type, obligations, surfaces } = body;
  const until = Date.parse(body.until) as typeof facts.measure.until;
  return { ...facts, measure: { ...facts.measure, type, obligations, surfaces, until } };
}

const HOUR_MS = 3_600_000;

/** Null: somebody has released or cancelled the order meanwhile. */
async function aboutHold({ deps, shop, known, setting }: Composing, id: string): Promise<NoticeDocument | null> {
  const act = await deps.store.acts.one(shop.id, id);
  if (act === null) return null;
  const hold = act.kind === 'release_order' ? await holdNotReleased(deps, shop, act) : act;
  if (hold === null || hold.state === 'cancelled' || hold.state === 'waiting') return null;
  if (hold === act && act.overAt !== null) return null;
  const hours = Math.floor((known.now - (hold.doneAt ?? hold.askedAt)) / HOUR_MS);
  return teamOrderHeld(setting, { order: hold.name ?? hold.about ?? '', held: hold.state === 'done', hours });
}

/** The hold that a release was to end and did not; null: it did, or is tried again. */
async function holdNotReleased(
  { store }: Composing['deps'],
  shop: Shop,
  { state, customer, about }: ActRecord,
): Promise<ActRecord | null> {
  if (state !== 'failed' || customer === null) return null;
  const acts = await store.acts.ofCustomer(shop.id, customer, MOST_ACTS);
  return acts.find((act) => act.kind === 'hold_order' && act.state === 'done' && act.about === about) ?? null;
}

const MOST_ACTS = 50;

async function aboutAppeal(
  composing: Composing,
  cause: Extract<Cause, { appeal: AppealId }>,
): Promise<NoticeDocument | null> {
  const { deps, shop, known, setting } = composing;
  const appeal = known.appeals.find(({ id }) => id === cause.appeal);
  if (appeal === undefined) return null;
  const facts = appealFacts(known, appeal);
  switch (cause.kind) {
    case 'appeal.acknowledged': {
      const mayRest = shop.settings.suspendWhileOverdue && appeal.type === 'appeal';
      return isOpen(appeal.state) ? appealAcknowledged(setting, { ...facts, mayRest }) : null;
    }
    case 'appeal.information_asked': {
      const asked = known.events.findLast(
        (event) => event.kind === 'appeal.information_asked' && event.body.appeal === appeal.id,
      );
      if (appeal.state !== 'information_asked' || asked === undefined || appeal.informationUntil === null) return null;
      const question = (await deps.store.ledger.wordsOf(shop.id, known.customer, [asked.id])).get(asked.id) ?? null;
      return question === null ? null : informationAsked(setting, { question, until: appeal.informationUntil });
    }
    case 'appeal.decided': {
      const decided = await decidedFacts(composing, appeal, facts);
      return decided === null ? null : appealDecided(setting, decided);
    }
    case 'appeal.overdue':
      return isOverdue(appeal, known.now) ? appealOverdue(setting, { ...facts, rests: restsNow(known, appeal) }) : null;
    case 'team.appeal_filed':
      return isOpen(appeal.state) ? teamAppealFiled(setting, facts) : null;
    default:
      return assertNever(cause);
  }
}

function appealFacts({ measures, colleagues }: KnownCustomer, appeal: Appeal): AppealFacts {
  const measure = measures.find(({ id }) => id === appeal.measure);
  return {
    type: appeal.type,
    filedAt: appeal.filedAt,
    dueAt: appeal.dueAt,
    measureStartedAt: measure?.startedAt ?? appeal.filedAt,
    othersCanHear: othersCanHear(colleagues, measure?.approvedBy ?? []),
  };
}

async function decidedFacts(
  { deps, shop, known }: Composing,
  appeal: Appeal,
  facts: AppealFacts,
): Promise<AppealDecided | null> {
  const decided = known.events.find((event) => event.kind === 'appeal.decided' && event.body.appeal === appeal.id);
  if (decided?.kind !== 'appeal.decided') return null;
  const { outcome, alone, corrections, measures } = decided.body;
  const reason = (await deps.store.ledger.wordsOf(shop.id, known.customer, [decided.id])).get(decided.id) ?? null;
  return {
    ...facts,
    outcome,
    reason,
    alone,
    corrections,
    measures: measures.flatMap(({ measure: id, result }) => {
      const measure = known.measures.find((each) => each.id === id);
      if (measure === undefined) return [];
      return [{ startedAt: measure.startedAt, until: measure.until, over: measure.state !== 'active', result }];
    }),
    events: known.events,
  };
}

/** Whether the measure demands nothing until the appeal is decided. */
function restsNow({ measures }: KnownCustomer, appeal: Appeal): boolean {
  return measures.some(({ id, suspendedAt }) => id === appeal.measure && suspendedAt !== null);
}
