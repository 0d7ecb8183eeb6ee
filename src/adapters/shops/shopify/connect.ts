import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Json, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { API_VERSION, ask, objection, userErrors } from './api.ts';
import { shopShape } from './check.ts';
import { definitions, MARKS_OWNED } from './definitions.ts';
import { DEFINITION_CREATE, DEFINITION_DELETE, HOOK_CREATE, HOOK_DELETE, HOOKS, SHOP } from './queries.ts';
import { hookTopics } from './topics.ts';

type Done = Result<null, PlatformFault>;

const hooksShape = z.looseObject({
  webhookSubscriptions: z.looseObject({
    pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    nodes: z.array(z.looseObject({ id: z.string(), topic: z.string(), uri: z.string() })),
  }),
});
type Hook = z.infer<typeof hooksShape>['webhookSubscriptions']['nodes'][number];

/** Subscribes to every topic once, and says what our metafields are. Done again it changes nothing. */
export async function connect(reach: Reach): Promise<Result<Readonly<Record<string, Json>>, PlatformFault>> {
  const shop = await ask(reach, SHOP, {}, shopShape);
  if (!shop.ok) return shop;
  const known = await hooks(reach);
  if (!known.ok) return known;
  // Those of an address we no longer have, and doubles, would ring twice or nowhere.
  const stale = known.value.filter(({ uri }) => uri !== reach.hookUrl && sameConnection(uri, reach.hookUrl));
  const removed = await removeHooks(reach, stale);
  if (!removed.ok) return removed;
  const there = new Set(known.value.filter(({ uri }) => uri === reach.hookUrl).map(({ topic }) => topic));
  const denied: string[] = [];
  for (const topic of hookTopics) {
    if (there.has(topic)) continue;
    const made = await subscribe(reach, topic);
    if (!made.ok) return made;
    if (!made.value) denied.push(topic);
  }
  for (const definition of definitions) {
    const made = await define(reach, definition);
    if (!made.ok) return made;
  }
  const { id, currencyCode, ianaTimezone, plan } = shop.value.data.shop;
  return ok({
    shop: id,
    currency: currencyCode,
    timeZone: ianaTimezone,
    plan: plan.publicDisplayName,
    plus: plan.shopifyPlus || plan.partnerDevelopment,
    apiVersion: API_VERSION,
    // Topics that the missing scopes keep from us: the nightly comparison finds what they would have told.
    topicsDenied: denied,
  });
}

/** Takes the webhooks and everything in our metafields away. */
export async function disconnect(reach: Reach): Promise<Done> {
  const known = await hooks(reach);
  if (!known.ok) return known;
  const removed = await removeHooks(
    reach,
    known.value.filter(({ uri }) => sameConnection(uri, reach.hookUrl)),
  );
  if (!removed.ok) return removed;
  for (const identifier of MARKS_OWNED) {
    const gone = await mutate(reach, DEFINITION_DELETE, { identifier }, 'metafieldDefinitionDelete', ['NOT_FOUND']);
    if (!gone.ok && gone.error.kind !== 'gone') return gone;
  }
  return ok(null);
}

/** Two addresses of one connection: the installation has moved. */
const sameConnection = (uri: string, hookUrl: string): boolean => uri.split('/').at(-1) === hookUrl.split('/').at(-1);

async function hooks(reach: Reach): Promise<Result<readonly Hook[], PlatformFault>> {
  const all: Hook[] = [];
  let after: string | null = null;
  for (;;) {
    const asked: Awaited<ReturnType<typeof ask<z.infer<typeof hooksShape>>>> = await ask(
      reach,
      HOOKS,
      { after },
      hooksShape,
    );
    if (!asked.ok) return asked;
    const { nodes, pageInfo }: z.infer<typeof hooksShape>['webhookSubscriptions'] =
      asked.value.data.webhookSubscriptions;
    all.push(...nodes);
    if (!pageInfo.hasNextPage || typeof pageInfo.endCursor !== 'string') return ok(all);
    after = pageInfo.endCursor;
  }
}

/** False: a scope is missing for it. */
async function subscribe(reach: Reach, topic: string): Promise<Result<boolean, PlatformFault>> {
  const made = await mutate(
    reach,
    HOOK_CREATE,
    { topic, hook: { uri: reach.hookUrl, format: 'JSON' } },
    'webhookSubscriptionCreate',
  );
  if (made.ok) return ok(true);
  if (made.error.kind === 'forbidden') return ok(false);
  if (made.error.kind !== 'refused') return made;
  // Shopify says in words only that a topic is taken, or that the app may not have it.
  if (/already been taken/i.test(made.error.detail)) return ok(true);
  return /cannot create a webhook subscription|not (?:be )?(?:approved|permitted|allowed)|access/i.test(
    made.error.detail,
  )
    ? ok(false)
    : made;
}

async function removeHooks(reach: Reach, which: readonly Hook[]): Promise<Done> {
  for (const { id } of which) {
    const gone = await mutate(reach, HOOK_DELETE, { id }, 'webhookSubscriptionDelete');
    if (!gone.ok && gone.error.kind !== 'gone' && gone.error.kind !== 'refused') return gone;
  }
  return ok(null);
}

const define = (reach: Reach, definition: (typeof definitions)[number]): Promise<Done> =>
  mutate(reach, DEFINITION_CREATE, { definition }, 'metafieldDefinitionCreate', ['TAKEN']);

/** Runs a mutation of which nothing but its objections matters. Codes in `fine` say that it was done before. */
export async function mutate(
  reach: Reach,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  field: string,
  fine: readonly string[] = [],
): Promise<Done> {
  const asked = await ask(reach, query, variables, z.record(z.string(), z.looseObject({ userErrors }).nullable()));
  if (!asked.ok) return asked;
  const objected = objection(asked.value.data[field]?.userErrors ?? [], fine);
  return objected === null ? ok(null) : err(objected);
}
