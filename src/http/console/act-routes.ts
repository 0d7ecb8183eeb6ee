import type { z } from 'zod';
import type { actRow, askedAct } from '../../contracts/connections.ts';
import { sayAct, sayShopFault } from '../../core/enforcement/say.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import { type CustomerId, id, type StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { formatInstant, type Instant, instant, parseInstant, whyNoInstant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';
import type { ConsoleReads, Face } from '../../ports/console.ts';
import type { ActRecord } from '../../ports/enforcing.ts';
import type { Shop } from '../../ports.ts';
import { invalid, type Refused } from '../../workflows/desk/refused.ts';
import type { ShopsDeps } from '../../workflows/shops/deps.ts';
import { customerInShop } from '../../workflows/shops/enforce/customer-in-shop.ts';
import {
  type AskedAct,
  askAct,
  cancelAct,
  retryAct,
  undoAct,
  undoneBy,
} from '../../workflows/shops/enforce/staff-acts.ts';
import { pageOf, readCursor, UUID_ID } from '../cursor.ts';
import { ProblemAnswer, problem, refused } from '../problem.ts';
import type { RegisterRoute } from './route.ts';
import { atOrNull } from './views.ts';

export interface ActDeps extends ShopsDeps {
  readonly reads: Pick<ConsoleReads, 'faces'>;
}

type ActRow = z.output<typeof actRow>;

/** What was done in the shop's own system, and a customer there. */
export function actRoutes(route: RegisterRoute, deps: ActDeps): void {
  route('GET /api/shops/:shop/acts', async ({ shop, query, language }) => {
    const after = readCursor(query.cursor, UUID_ID);
    if (after instanceof ProblemAnswer) return after;
    const rows = await deps.store.acts.list(shop.id, {
      state: query.state ?? null,
      after: after === null ? null : { at: instant(after.value), id: after.id },
      limit: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (last) => ({ value: last.askedAt, id: last.id }));
    return { items: await actViews(deps, shop, page.items, language), next: page.next };
  });

  route('POST /api/shops/:shop/acts/:id/retry', async ({ shop, session, role, params }) =>
    done(await retryAct(deps, shop, { id: session.staff.id, role }, params.id)),
  );
  route('POST /api/shops/:shop/acts/:id/cancel', async ({ shop, session, role, params }) =>
    done(await cancelAct(deps, shop, { id: session.staff.id, role }, params.id)),
  );
  route('POST /api/shops/:shop/acts/:id/undo', async ({ shop, session, role, params }) =>
    asked(await undoAct(deps, shop, { id: session.staff.id, role }, params.id)),
  );

  route('GET /api/shops/:shop/customers/:id/shop', async ({ shop, role, params, language }) => {
    const found = await customerInShop(deps, shop, role, id<CustomerId>(params.id));
    if (found === null) return problem(404, 'The shop knows no such customer.');
    const { connection, marks, acts, may, orders, openReturns } = found;
    return {
      connection:
        connection === null ? null : { id: connection.id, platform: connection.platform, state: connection.state },
      marks:
        marks === null
          ? null
          : {
              as: marks.as,
              appliedAt: atOrNull(marks.appliedAt),
              waiting: marks.waiting,
              problem: marks.fault === null ? null : sayShopFault(language, marks.fault),
            },
      acts: await actViews(deps, shop, acts, language),
      may: [...may],
      orders: orders.map((each) => ({ ...each, placedAt: formatInstant(each.placedAt) })),
      openReturns: openReturns.map((each) => ({ ...each, askedAt: formatInstant(each.askedAt) })),
    };
  });

  route('POST /api/shops/:shop/customers/:id/acts', async ({ shop, session, role, params, body }) => {
    const act = readAct(body);
    if (!act.ok) return refused(act.error);
    return asked(await askAct(deps, shop, { id: session.staff.id, role }, id<CustomerId>(params.id), act.value));
  });
}

const done = (outcome: Result<true, Refused>) => (outcome.ok ? { ok: true as const } : refused(outcome.error));
const asked = (outcome: Result<string, Refused>) => (outcome.ok ? { act: outcome.value } : refused(outcome.error));

/** Acts as the console shows them: names of people and of held orders in a query each, however many acts there are. */
async function actViews(
  { store, reads }: ActDeps,
  shop: Shop,
  acts: readonly ActRecord[],
  language: Language,
): Promise<ActRow[]> {
  if (acts.length === 0) return [];
  const [faces, colleagues, held] = await Promise.all([
    reads.faces(
      shop.id,
      acts.flatMap(({ customer }) => customer ?? []),
    ),
    store.team.colleagues(shop.id),
    heldAmong({ store }, shop, acts),
  ]);
  const names = new Map(colleagues.map((each) => [each.id, each.name]));
  return acts.map((act) => viewOf(act, shop, language, { faces, names, held }));
}

async function heldAmong(
  { store }: Pick<ActDeps, 'store'>,
  shop: Shop,
  acts: readonly ActRecord[],
): Promise<ReadonlyMap<string, string>> {
  const held = new Map<string, string>();
  for (const [connection, own] of Map.groupBy(acts, (act) => act.connection)) {
    const orders = own.flatMap(({ about }) => about ?? []);
    for (const [order, holder] of await store.acts.heldOrders(shop.id, connection, orders)) held.set(order, holder);
  }
  return held;
}

function viewOf(
  record: ActRecord,
  shop: Shop,
  language: Language,
  known: {
    readonly faces: ReadonlyMap<CustomerId, Face>;
    readonly names: ReadonlyMap<StaffId, string>;
    readonly held: ReadonlyMap<string, string>;
  },
): ActRow {
  const { act, customer, askedBy, fault, said, state } = record;
  const face = customer === null ? undefined : known.faces.get(customer);
  return {
    id: record.id,
    kind: record.kind,
    about: record.about,
    state,
    sentence: sayAct(language, record, shop.timeZone),
    words: act !== null && 'words' in act ? act.words : null,
    because: record.because,
    askedBy: askedBy === null ? null : { id: askedBy, name: known.names.get(askedBy) ?? '' },
    askedAt: formatInstant(record.askedAt),
    doneAt: atOrNull(record.doneAt),
    nextAt: state === 'waiting' ? formatInstant(record.nextAt) : null,
    attempts: record.attempts,
    reference: record.reference,
    problem: fault === null ? null : sayShopFault(language, fault, said),
    customer:
      customer === null ? null : { id: customer, name: face?.name ?? null, externalId: face?.externalId ?? null },
    undoneBy: undoneBy(record, known.held),
  };
}

/** What somebody asked for, with its instants. The schema has seen that they are ISO 8601; whether the day exists in our years is seen here. */
function readAct(body: z.output<typeof askedAct>): Result<AskedAct, Refused> {
  switch (body.kind) {
    case 'give_store_credit':
    case 'give_discount': {
      const until = readUntil(body.until);
      return until.ok ? ok({ ...body, until: until.value }) : until;
    }
    case 'hold_order':
    case 'release_order':
    case 'cancel_order':
    case 'approve_return':
    case 'decline_return':
    case 'give_gift_card':
      return ok(body);
    default:
      return assertNever(body);
  }
}

function readUntil(text: string | null): Result<Instant | null, Refused> {
  if (text === null) return ok(null);
  const until = parseInstant(text);
  return until === null ? err(invalid('until', whyNoInstant(text))) : ok(until);
}
