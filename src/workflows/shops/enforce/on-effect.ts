import { decide } from '../../../core/decisions/decide.ts';
import type { Decision } from '../../../core/decisions/types.ts';
import { type AfterOrder, afterOrder, declinesReturn, type OrderSeen } from '../../../core/enforcement/after-order.ts';
import type { ShopAct } from '../../../core/enforcement/types.ts';
import type { CustomerReference } from '../../../core/events/incoming.ts';
import type { Surface } from '../../../core/events/measures.ts';
import { phoneRegion } from '../../../core/identity/region.ts';
import { assertNever } from '../../../core/shared/assert-never.ts';
import type { CustomerId, DecisionId } from '../../../core/shared/brand.ts';
import { type Instant, instant } from '../../../core/shared/time.ts';
import { say, sayDate } from '../../../core/shared/words.ts';
import type { Connection, PlatformEffect } from '../../../ports/platforms.ts';
import type { Store } from '../../../ports/store.ts';
import type { Shop } from '../../../ports.ts';
import { findStored, isNobody } from '../../decide/find-stored.ts';
import { explain } from '../../decide/message.ts';
import { decisionBody, decisionEvent, remarkOn } from '../../decide/record/event.ts';
import type { Found } from '../../decide/snapshot/found.ts';
import { readSubject } from '../../intake/subject.ts';
import { customerLanguage } from '../../portal/language.ts';
import { stableId } from '../../stable-id.ts';
import type { ShopsDeps } from '../deps.ts';
import { tellTeamOfHold } from './tell-team.ts';

type OrderPlaced = Extract<PlatformEffect, { kind: 'order_placed' }>;
type ReturnAsked = Extract<PlatformEffect, { kind: 'return_asked' }>;

/**
 * What a live order or return leads to, in the transaction that records it: the answer its customer would be given now is in the ledger, and
 * with it what the shop's system is to do. The same order or return leads to it once, however often it is told. A stranger costs one query. `placedAt`: when the order was placed; null: nobody says, and it was now.
 */
export async function actOnEffect(
  deps: ShopsDeps,
  store: Store,
  shop: Shop,
  connection: Connection,
  effect: OrderPlaced | ReturnAsked,
  placedAt: Instant | null = null,
): Promise<void> {
  switch (effect.kind) {
    case 'order_placed':
      return orderPlaced({ ...deps, store }, shop, connection, effect, placedAt);
    case 'return_asked':
      return returnAsked({ ...deps, store }, shop, connection, effect);
    default:
      return assertNever(effect);
  }
}

async function orderPlaced(
  deps: ShopsDeps,
  shop: Shop,
  connection: Connection,
  effect: OrderPlaced,
  placedAt: Instant | null,
): Promise<void> {
  const about = stableId<DecisionId>('order', connection.id, effect.order);
  const asked = { id: about, surface: 'purchase', returnKind: null, placedAt } as const;
  const made = await decideOn(deps, shop, effect.customer, asked);
  if (made === null) return;
  const { decision, found, now } = made;
  const { abilities } = deps.platforms.of(connection.platform);
  const { afterOrder: setting } = connection.settings;
  const measures =
    setting === 'cancel' && decision.outcome === 'deny' ? await approvals(deps.store, shop, decision) : [];
  const follows = afterOrder({ decision, measures, setting, abilities, asked: effect.asked });
  const ask = asking(deps, shop, connection, { found, decision, about, now });
  const { order, name } = effect;
  if (follows.risk !== null) {
    const facts = await factsOf(deps, shop, decision);
    await ask({ kind: 'assess_order', order, risk: follows.risk, facts }, name, `order:${order}:assess`);
  }
  const act = await orderAct(deps, shop, follows, effect, decision);
  if (act === null) return;
  const byHand = follows.by === 'by_hand';
  const { id, added } = await ask(act, name, `order:${order}:${act.kind}`, byHand);
  if (added && byHand) await tellTeamOfHold(deps.store, shop, { id, customer: found.customer }, now);
}

async function returnAsked(deps: ShopsDeps, shop: Shop, connection: Connection, effect: ReturnAsked): Promise<void> {
  const { returnKind } = effect;
  const about = stableId<DecisionId>('return', connection.id, effect.return);
  const made = await decideOn(deps, shop, effect.customer, {
    id: about,
    surface: 'return',
    returnKind,
    placedAt: null,
  });
  if (made === null) return;
  const { decision, found, now } = made;
  const { declineReturns } = connection.settings;
  const { abilities } = deps.platforms.of(connection.platform);
  if (!declinesReturn({ decision, returnKind, declineReturns, abilities })) return;
  const words = await wordsFor(deps, shop, decision, found.customer, null);
  if (words === null) throw new Error('A denied return has no words for its customer');
  const ask = asking(deps, shop, connection, { found, decision, about, now });
  await ask({ kind: 'decline_return', return: effect.return, words }, null, `return:${effect.return}:decline`);
}

interface Made {
  readonly decision: Decision;
  readonly found: Found;
  readonly now: Instant;
}

/**
 * The answer at a surface, recorded; null: nothing stands in the way, or it was answered before. A plain allow is not recorded here: nobody
 * asked.
 */
async function decideOn(
  { store, vault, clock }: ShopsDeps,
  shop: Shop,
  customer: CustomerReference,
  asked: {
    readonly id: DecisionId;
    readonly surface: Surface;
    readonly returnKind: 'withdrawal' | 'faulty' | 'goodwill' | null;
    readonly placedAt: Instant | null;
  },
): Promise<Made | null> {
  const subject = readSubject(customer, phoneRegion(shop.jurisdictions, shop.timeZone));
  if (!subject.ok) return null;
  const asking = { customer, identifiers: subject.value.identifiers };
  if (isNobody(await findStored({ store, vault }, shop, asking, clock.now()))) return null;
  // From here on no measure can end or begin until this is written, so that whoever ends one sees what rests on it.
  await store.ledger.lock(shop.id);
  const now = clock.now();
  const since = asked.placedAt === null ? null : instant(asked.placedAt + SKEW_MS);
  const found = asOf(await findStored({ store, vault }, shop, asking, now, since), since);
  const decision = decide({ surface: asked.surface, returnKind: asked.returnKind, now }, found);
  if (decision.outcome === 'allow' && !decision.allowListed) return null;
  const body = decisionBody(asked.id, asked.surface, decision);
  const [outcome] = await store.ledger.append(shop, [decisionEvent(body, found.customer, now, remarkOn(decision))]);
  return outcome?.status === 'added' ? { decision, found, now } : null;
}

/** Clocks of platforms differ from ours, and some count in whole seconds. */
const SKEW_MS = 60_000;

/** What stood in the way when an order was placed: a measure that began later does not reach back to what the shop had accepted. */
function asOf(found: Found, placedAt: Instant | null): Found {
  if (placedAt === null) return found;
  const stood = ({ startedAt }: Found['measures'][number]): boolean => startedAt <= placedAt;
  return { ...found, measures: found.measures.filter(stood), byPhoneAlone: found.byPhoneAlone.filter(stood) };
}

const measuresBehind = ({ reasons }: Decision) =>
  reasons.flatMap((reason) => (reason.kind === 'measure' ? reason.measure : []));

/** The measures behind a decision with who approved each, as their first events say. */
async function approvals(store: Store, shop: Shop, decision: Decision): Promise<OrderSeen['measures']> {
  const records = await store.standing.measures(shop.id, measuresBehind(decision));
  const ledgers = await store.ledger.eventsOf(shop.id, [...new Set(records.map(({ customer }) => customer))]);
  const approvedBy = new Map(
    ledgers.flatMap(({ events }) =>
      events.flatMap((event) =>
        event.kind === 'measure.started' ? [[event.body.measure, event.body.approvedBy] as const] : [],
      ),
    ),
  );
  return records.map(({ id, type, surfaces }) => ({ type, surfaces, approvedBy: approvedBy.get(id) ?? [] }));
}

async function orderAct(
  deps: ShopsDeps,
  shop: Shop,
  { act }: AfterOrder,
  { order, customer, language }: OrderPlaced,
  decision: Decision,
): Promise<ShopAct | null> {
  switch (act) {
    case null:
      return null;
    case 'hold_order':
      return { kind: act, order };
    case 'cancel_order': {
      const words = await wordsFor(deps, shop, decision, null, language ?? customer.language ?? null);
      return { kind: act, order, refund: true, restock: true, words };
    }
    default:
      return assertNever(act);
  }
}

/** What the customer reads, in their language. */
async function wordsFor(
  deps: ShopsDeps,
  shop: Shop,
  decision: Decision,
  customer: CustomerId | null,
  tag: string | null,
): Promise<string | null> {
  const language = customer === null ? (tag ?? undefined) : (await customerLanguage(deps, shop, customer, [])).code;
  return (await explain(deps, shop, decision, language)).message?.text ?? null;
}

/** What the platform's own fraud review is told: for staff, in the shop's first language. Of a shared telephone nobody's reasons. */
async function factsOf(deps: ShopsDeps, shop: Shop, decision: Decision): Promise<readonly string[]> {
  const language = deps.languages.firstOf(shop.languages);
  if (decision.byPhoneAlone) return [say(language, 'shops.facts.phone')];
  const { reasons } = await explain(deps, shop, decision, language.code);
  const facts = reasons.map(({ title, until }) =>
    until === null
      ? title
      : say(language, 'shops.facts.measure', { title, until: sayDate(language, until, shop.timeZone) }),
  );
  return [...new Set(facts)].slice(0, MOST_FACTS);
}

const MOST_FACTS = 5;

function asking(
  { store, ids }: ShopsDeps,
  shop: Shop,
  connection: Connection,
  { found, decision, about, now }: Made & { readonly about: DecisionId },
) {
  return (act: ShopAct, name: string | null, key: string, impossible = false) =>
    store.acts.ask(shop.id, {
      id: ids.next<string>(),
      connection: connection.id,
      customer: found.customer,
      act,
      name,
      key,
      because: 'decision',
      decision: about,
      measures: measuresBehind(decision),
      askedBy: null,
      at: now,
      impossible,
    });
}
