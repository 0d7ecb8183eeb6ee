import { z } from 'zod';
import { honours, platforms, shopActKinds, shopActStates } from '../core/enforcement/types.ts';
import { isCurrency } from '../core/shared/money.ts';
import { at, pageOf, pageQuery, person, staffName, uuid } from './common.ts';

export const platformName = z.enum(platforms);
export const connectionState = z.enum(['connecting', 'active', 'reconnect', 'disconnected']);

/** One line of what a platform can and cannot do, in the reader's language. */
export const abilityRow = z.object({
  name: z.string(),
  group: z.enum(['points', 'obligations', 'acts']),
  title: z.string(),
  how: z.enum(honours),
  note: z.string().nullable(),
});

/** A platform as the page offers it. The words of fields and steps are the console's own. */
export const platform = z.object({
  name: platformName,
  fields: z.array(z.object({ name: z.string(), kind: z.enum(['text', 'secret']), required: z.boolean() })),
  /** The merchant signs in there instead of typing a token. */
  signsIn: z.boolean(),
  abilities: z.array(abilityRow),
});

/** What a test of the connection found, in the reader's language where it speaks. */
export const connectionCheck = z.object({
  ok: z.boolean(),
  /** What is wrong and what to do; null: nothing. */
  problem: z.object({ what: z.string(), todo: z.string() }).nullable(),
  shopName: z.string().nullable(),
  currency: z.string().nullable(),
  timeZone: z.string().nullable(),
  version: z.string().nullable(),
  scopes: z.array(z.object({ name: z.string(), granted: z.boolean(), for: z.array(z.string()) })),
  notes: z.array(z.string()),
  at,
});

export const connectionSettings = z.object({
  afterOrder: z.enum(['nothing', 'hold', 'cancel']),
  marks: z.boolean(),
  declineReturns: z.boolean(),
  /** After how many hours the team is told of an order that is still held. */
  holdHours: z.int().min(1).max(336),
});

export const connectionHealth = z.object({
  lastReceivedAt: at.nullable(),
  /** In milliseconds, over the last 24 hours: from the platform's doing to our hearing of it, and from there to the ledger. Null: none came. */
  heardAfterMs: z.int().nullable(),
  readAfterMs: z.int().nullable(),
  received24h: z.int(),
  waiting: z.int(),
  refused: z.int(),
  /** Not believed in the last 24 hours, by reason. */
  rejected24h: z.array(z.object({ reason: z.string(), words: z.string(), count: z.int(), lastAt: at })),
  /** What the last nightly comparison found that webhooks had missed. */
  missedLastNight: z.int().nullable(),
  reconciledTo: at.nullable(),
});

export const platformRun = z.object({
  id: uuid,
  kind: z.enum(['history', 'reconcile']),
  state: z.enum(['running', 'done', 'stopped', 'failed']),
  since: at.nullable(),
  total: z.int().nullable(),
  read: z.int(),
  added: z.int(),
  known: z.int(),
  refused: z.int(),
  faults: z.array(z.object({ words: z.string(), count: z.int(), examples: z.array(z.string()) })),
  error: z.string().nullable(),
  startedAt: at,
  startedBy: staffName.nullable(),
  updatedAt: at,
  finishedAt: at.nullable(),
  /** Waits for the platform's limits or another try until then. */
  nextAt: at.nullable(),
});

export const connectionRow = z.object({
  id: uuid,
  platform: platformName,
  state: connectionState,
  address: z.string(),
  createdAt: at,
  lastReceivedAt: at.nullable(),
  waiting: z.int(),
  refused: z.int(),
  actsFailed: z.int(),
  run: platformRun.nullable(),
});

export const connectionDetail = connectionRow.extend({
  settings: connectionSettings,
  hookUrl: z.string(),
  check: connectionCheck.nullable(),
  health: connectionHealth,
  runs: z.array(platformRun),
  marks: z.object({ told: z.int(), waiting: z.int(), failed: z.int() }),
  /** Null: the platform takes no list of guests. */
  guestList: z.object({ listed: z.int(), fitted: z.int(), appliedAt: at.nullable() }).nullable(),
  abilities: z.array(abilityRow),
});

const typedCredentials = z.record(z.string().max(60), z.string().max(4_000));
export const tryConnection = z.object({
  platform: platformName,
  address: z.string().trim().min(1).max(300),
  credentials: typedCredentials,
});
export const newConnection = tryConnection;

/** Secrets are shown this one time. */
export const madeConnection = z.object({
  connection: uuid,
  hookUrl: z.string(),
  /** To be pasted in the platform or its extension; null where we set webhooks up there ourselves. */
  hookSecret: z.string().nullable(),
  /** An API key for the platform's extension; null where there is none. */
  apiKey: z.string().nullable(),
  /** Where to go to sign in; null: it is connected. */
  signInAt: z.string().nullable(),
  check: connectionCheck.nullable(),
});
export const rotatedSecret = z.object({ hookSecret: z.string(), oldUntil: at });

export const changeConnection = z.object({
  settings: connectionSettings.partial().optional(),
  /** To connect again with others. */
  credentials: typedCredentials.optional(),
});

export const beginHistory = z.object({ since: at.optional() });

export const receivedQuery = z.object({ ...pageQuery, state: z.enum(['waiting', 'done', 'refused']).optional() });
export const receivedRow = z.object({
  id: uuid,
  topic: z.string(),
  state: z.enum(['waiting', 'done', 'refused']),
  receivedAt: at,
  triggeredAt: at.nullable(),
  doneAt: at.nullable(),
  attempts: z.int(),
  added: z.int(),
  /** Why it waits or was refused, in the reader's language. */
  problem: z.string().nullable(),
  customers: z.array(person),
});
export const receivedPage = pageOf(receivedRow);

const money = z.object({
  amount: z.int().min(1),
  currency: z.string().refine(isCurrency, 'is not an ISO 4217 currency code'),
});
const reference = z.string().trim().min(1).max(200);
const words = z.string().trim().min(3).max(500);
/** What staff may ask for by themselves. */
export const askedAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hold_order'), order: reference }),
  z.object({ kind: z.literal('release_order'), order: reference }),
  z.object({
    kind: z.literal('cancel_order'),
    order: reference,
    refund: z.boolean(),
    restock: z.boolean(),
    words: words.nullable(),
  }),
  z.object({ kind: z.literal('approve_return'), return: reference }),
  z.object({ kind: z.literal('decline_return'), return: reference, words }),
  z.object({ kind: z.literal('give_store_credit'), amount: money, until: at.nullable() }),
  z.object({ kind: z.literal('give_gift_card'), amount: money, words: words.nullable() }),
  z.object({
    kind: z.literal('give_discount'),
    off: z.union([z.object({ percent: z.int().min(1).max(100) }), z.object({ amount: money })]),
    until: at.nullable(),
  }),
]);

export const actRow = z.object({
  id: uuid,
  kind: z.enum(shopActKinds),
  state: z.enum(shopActStates),
  /** In one sentence, in the reader's language: "Order 1001 is held". */
  sentence: z.string(),
  /** What the customer reads of it. */
  words: z.string().nullable(),
  because: z.enum(['staff', 'decision']),
  askedBy: staffName.nullable(),
  askedAt: at,
  doneAt: at.nullable(),
  nextAt: at.nullable(),
  attempts: z.int(),
  reference: z.string().nullable(),
  problem: z.string().nullable(),
  customer: person.nullable(),
  /** What undoes it, where something does and it still can. */
  undoneBy: z.enum(shopActKinds).nullable(),
  /** The platform's own reference of the order or return it is about; null: nothing but its customer. */
  about: z.string().nullable(),
});
export const actsQuery = z.object({ ...pageQuery, state: z.enum(shopActStates).optional() });
export const actsPage = pageOf(actRow);

/** What the shop's system was told of a customer, and what can be done there. */
export const customerInShop = z.object({
  connection: z.object({ id: uuid, platform: platformName, state: connectionState }).nullable(),
  marks: z
    .object({
      as: z.enum(['warned', 'restricted', 'blocked']).nullable(),
      appliedAt: at.nullable(),
      waiting: z.boolean(),
      problem: z.string().nullable(),
    })
    .nullable(),
  acts: z.array(actRow),
  /** Acts the platform can do and the reader may ask for. */
  may: z.array(z.enum(shopActKinds)),
  orders: z.array(z.object({ order: z.string(), name: z.string(), placedAt: at })),
  openReturns: z.array(z.object({ return: z.string(), order: z.string().nullable(), askedAt: at })),
});
