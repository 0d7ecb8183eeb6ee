import { aboutOf, moveAct, undoes } from '../../../core/enforcement/acts.ts';
import { canAct } from '../../../core/enforcement/after-order.ts';
import { rightOf } from '../../../core/enforcement/return-rights.ts';
import type { ShopAct } from '../../../core/enforcement/types.ts';
import { withdrawal } from '../../../core/law/answers.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { ActRecord } from '../../../ports/enforcing.ts';
import type { Connection } from '../../../ports/platforms.ts';
import type { Store } from '../../../ports/store.ts';
import type { Shop } from '../../../ports.ts';
import { conflict, invalid, notAllowed, notFound, type Refused } from '../../desk/refused.ts';
import type { Actor } from '../../measures/types.ts';
import { wordingFault } from '../../notices/may-say.ts';
import type { ShopsDeps } from '../deps.ts';
import { isInFlight } from './acts-in-flight.ts';
import { ownEventsIn, returnsIn } from './known-orders.ts';

/** An act as somebody wishes it; `assess_order` is for automation alone. */
export type AskedAct = Exclude<ShopAct, { kind: 'assess_order' }>;

/** Asks for something in the shop's own system about a customer. Gives the act's id. */
export async function askAct(
  deps: ShopsDeps,
  shop: Shop,
  by: Actor,
  customer: CustomerId,
  act: AskedAct,
): Promise<Result<string, Refused>> {
  if (!mayAsk(by)) return err(ONLY_MANAGERS);
  const said = wordingFault(deps, 'reason', 'words' in act ? (act.words ?? undefined) : undefined);
  if (said !== null) return err(said.kind === 'invalid' ? invalid('words', said.message) : said);
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    const now = deps.clock.now();
    const connection = await connectionFor(deps, store, shop, act);
    if (!connection.ok) return connection;
    const fault = await faultIn({ ...deps, store }, shop, connection.value, customer, act, now);
    if (fault !== null) return err(fault);
    return ok(await ask({ ...deps, store }, shop, connection.value, by, customer, act, now));
  });
}

/** Has a failed act tried again, or one that waits tried at once. */
export function retryAct(deps: ShopsDeps, shop: Shop, by: Actor, id: string): Promise<Result<true, Refused>> {
  return onAct(deps, shop, by, id, async (store, act, now) => {
    if (act.act === null)
      return err(conflict('Its customer was erased, and what was to be done is not known any more.'));
    if (isInFlight(act, now)) return err(IN_FLIGHT);
    const next = moveAct(act.state, 'retry');
    if (!next.ok) return err(conflict(next.error));
    const moved = { on: 'retry', at: now, attempts: 0, fault: null, said: null } as const;
    return done(await store.acts.move(shop.id, id, moved));
  });
}

/** Calls an act off that was not done yet. */
export function cancelAct(deps: ShopsDeps, shop: Shop, by: Actor, id: string): Promise<Result<true, Refused>> {
  return onAct(deps, shop, by, id, async (store, act, now) => {
    if (isInFlight(act, now)) return err(IN_FLIGHT);
    const next = moveAct(act.state, 'cancel');
    if (!next.ok) return err(conflict(next.error));
    // Whoever calls a release off has the order held.
    if (act.kind === 'release_order' && !mayAsk(by)) return err(ONLY_MANAGERS);
    return done(await store.acts.move(shop.id, id, { on: 'cancel', at: now }));
  });
}

/** Asks for what undoes an act that is done. Gives the new act's id. */
export async function undoAct(deps: ShopsDeps, shop: Shop, by: Actor, id: string): Promise<Result<string, Refused>> {
  if (!mayAsk(by)) return err(ONLY_MANAGERS);
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    const now = deps.clock.now();
    const act = await store.acts.lock(shop.id, id);
    if (act === null) return err(NO_ACT);
    const held = await store.acts.heldOrders(shop.id, act.connection, act.about === null ? [] : [act.about]);
    const kind = undoneBy(act, held);
    if (kind === null || act.about === null) return err(conflict('There is nothing that would undo this.'));
    const wish: AskedAct = { kind, order: act.about };
    const connection = await connectionFor(deps, store, shop, wish);
    if (!connection.ok) return connection;
    if (connection.value.id !== act.connection)
      return err(conflict('This was done in a shop system that is no longer connected.'));
    return ok(await ask({ ...deps, store }, shop, connection.value, by, act.customer, wish, now));
  });
}

/** What would undo an act now; null: nothing, or it is undone. `held`: orders that are held, with the act that holds each. */
export function undoneBy(
  act: Pick<ActRecord, 'id' | 'kind' | 'state' | 'about'>,
  held: ReadonlyMap<string, string>,
): 'hold_order' | 'release_order' | null {
  const kind = undoes(act.kind);
  if (kind === null || act.state !== 'done' || act.about === null) return null;
  const holder = held.get(act.about);
  return kind === 'release_order' ? (holder === act.id ? kind : null) : holder === undefined ? kind : null;
}

const mayAsk = ({ role }: Actor): boolean => role === 'owner' || role === 'manager';
const ONLY_MANAGERS = notAllowed('Only an owner or a manager may ask the shop system for something.');
const NO_ACT = notFound('There is no such act.');
const IN_FLIGHT = conflict('It is being done at this moment. Look again in a minute.');

function onAct(
  deps: ShopsDeps,
  shop: Shop,
  { role }: Actor,
  id: string,
  work: (store: Store, act: ActRecord, now: Instant) => Promise<Result<true, Refused>>,
): Promise<Result<true, Refused>> {
  if (role === 'auditor') return Promise.resolve(err(notAllowed('Auditors read, and change nothing.')));
  return deps.store.transaction(async (store) => {
    const act = await store.acts.lock(shop.id, id);
    return act === null ? err(NO_ACT) : work(store, act, deps.clock.now());
  });
}

/** The act is locked and its state was looked at, so a move that does not happen is a hole in the table. */
function done(happened: boolean): Result<true, Refused> {
  if (!happened) throw new Error('An act could not move where its state allows it');
  return ok(true);
}

async function connectionFor(
  { platforms }: ShopsDeps,
  store: Store,
  shop: Shop,
  { kind }: AskedAct,
): Promise<Result<Connection, Refused>> {
  const connection = await store.connections.live(shop.id);
  if (connection === null || connection.state === 'connecting')
    return err(conflict('No shop system is connected. Connect it first.'));
  const { abilities } = platforms.of(connection.platform);
  return canAct(abilities[kind])
    ? ok(connection)
    : err(conflict('The shop system cannot do this when Evenhand asks. Do it there by hand.'));
}

/** What is wrong with a wish; null: nothing. */
async function faultIn(
  deps: ShopsDeps,
  shop: Shop,
  connection: Connection,
  customer: CustomerId,
  act: AskedAct,
  now: Instant,
): Promise<Refused | null> {
  const events = (await deps.store.ledger.eventsOf(shop.id, [customer]))[0]?.events;
  if (events === undefined) return notFound('The shop knows no such customer.');
  const own = ownEventsIn(events, connection);
  switch (act.kind) {
    case 'hold_order':
    case 'release_order':
    case 'cancel_order': {
      const known = await orderNameOf(deps, shop, connection, act.order);
      if (known === null || !own.some((event) => event.kind === 'order.placed' && event.body.order === known))
        return invalid('order', 'is not an order of this customer');
      const held = (await deps.store.acts.heldOrders(shop.id, connection.id, [act.order])).has(act.order);
      if (act.kind === 'hold_order' && held) return conflict('This order is held already.');
      return null;
    }
    case 'approve_return':
    case 'decline_return': {
      const asked = returnsIn(own).find((each) => each.reference === act.return);
      if (asked === undefined) return invalid('return', 'is not a return that this customer asked for');
      if (act.kind === 'approve_return') return null;
      const right = rightOf(asked, withdrawal(deps.laws.of(shop), now)?.value.days ?? null);
      if (right === 'faulty')
        return conflict('Faulty or wrong goods may always come back. Nobody may decline this return.');
      if (right === 'withdrawal')
        return conflict('This is a withdrawal, which is the customer’s right. Nobody may decline it.');
      return null;
    }
    case 'give_store_credit':
    case 'give_gift_card':
      if (act.amount.currency !== shop.currency) return invalid('amount', `must be in ${shop.currency}`);
      return 'until' in act ? untilFault(act.until, now) : null;
    case 'give_discount':
      if ('amount' in act.off && act.off.amount.currency !== shop.currency)
        return invalid('off', `must be in ${shop.currency}`);
      return untilFault(act.until, now);
  }
}

const untilFault = (until: Instant | null, now: Instant): Refused | null =>
  until !== null && until <= now ? invalid('until', 'must be in the future') : null;

async function orderNameOf(
  { store }: ShopsDeps,
  shop: Shop,
  connection: Connection,
  order: string,
): Promise<string | null> {
  return (await store.platformOrders.names(shop.id, connection.id, [order])).get(order) ?? null;
}

async function ask(
  deps: ShopsDeps,
  shop: Shop,
  connection: Connection,
  by: Actor,
  customer: CustomerId | null,
  act: AskedAct,
  at: Instant,
): Promise<string> {
  const id = deps.ids.next<string>();
  const about = aboutOf(act);
  const name = 'order' in act && about !== null ? await orderNameOf(deps, shop, connection, about) : null;
  await deps.store.acts.ask(shop.id, {
    id,
    connection: connection.id,
    customer,
    act,
    name,
    key: `staff:${id}`,
    because: 'staff',
    decision: null,
    measures: [],
    askedBy: by.id,
    at,
  });
  return id;
}
