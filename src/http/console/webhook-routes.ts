import type { z } from 'zod';
import type * as contract from '../../contracts/webhooks.ts';
import type { Result } from '../../core/shared/result.ts';
import { formatInstant, instant } from '../../core/shared/time.ts';
import { type Language, say } from '../../core/shared/words.ts';
import type { HookEndpointListing, HookSent } from '../../ports/announcing.ts';
import type { AnnounceDeps } from '../../workflows/announce/deps.ts';
import {
  addEndpoint,
  changeEndpoint,
  messageSent,
  removeEndpoint,
  rotateSecret,
  sendAgain,
  sendTest,
} from '../../workflows/announce/endpoints.ts';
import { notFound, type Refused } from '../../workflows/desk/refused.ts';
import { pageOf, readCursor, UUID_ID } from '../cursor.ts';
import { ProblemAnswer, refused } from '../problem.ts';
import type { RegisterRoute } from './route.ts';
import { atOrNull } from './views.ts';

/** Webhooks to other systems. */
export function webhookRoutes(route: RegisterRoute, deps: AnnounceDeps): void {
  const { announcing } = deps.store;

  route('GET /api/shops/:shop/webhooks', async ({ shop }) => ({
    items: (await announcing.list(shop.id)).map(endpointView),
  }));

  route('POST /api/shops/:shop/webhooks', async ({ shop, session, body }) => {
    const added = await addEndpoint(deps, shop, session.staff, body);
    return added.ok
      ? { endpoint: endpointView(added.value.endpoint), secret: added.value.secret }
      : refused(added.error);
  });

  route('PATCH /api/shops/:shop/webhooks/:id', async ({ shop, params, body }) => {
    const changed = await changeEndpoint(deps, shop, params.id, body);
    return changed.ok ? endpointView(changed.value) : refused(changed.error);
  });

  route('DELETE /api/shops/:shop/webhooks/:id', async ({ shop, params }) =>
    done(await removeEndpoint(deps, shop, params.id)),
  );

  route('POST /api/shops/:shop/webhooks/:id/secret', async ({ shop, params }) => {
    const rotated = await rotateSecret(deps, shop, params.id);
    return rotated.ok
      ? { secret: rotated.value.secret, oldUntil: formatInstant(rotated.value.oldUntil) }
      : refused(rotated.error);
  });

  route('POST /api/shops/:shop/webhooks/:id/test', async ({ shop, params, language }) => {
    const sent = await sendTest(deps, shop, params.id);
    return sent.ok ? sentView(sent.value, language) : refused(sent.error);
  });

  route('GET /api/shops/:shop/webhooks/:id/sent', async ({ shop, params, query, language }) => {
    const after = readCursor(query.cursor, UUID_ID);
    if (after instanceof ProblemAnswer) return after;
    if ((await announcing.one(shop.id, params.id)) === null) return refused(notFound('The shop has no such webhook.'));
    const rows = await announcing.listSent(shop.id, params.id, {
      state: query.state ?? null,
      after: after === null ? null : { at: instant(after.value), id: after.id },
      limit: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (last) => ({ value: last.createdAt, id: last.id }));
    return { items: page.items.map((sent) => sentView(sent, language)), next: page.next };
  });

  route('GET /api/shops/:shop/webhooks/:id/sent/:other', async ({ shop, params, language }) => {
    const found = await messageSent(deps, shop, params.id, params.other);
    return found === null
      ? refused(notFound('There is no such message.'))
      : { ...sentView(found.sent, language), body: found.body };
  });

  route('POST /api/shops/:shop/webhooks/:id/sent/:other/retry', async ({ shop, params }) =>
    done(await sendAgain(deps, shop, params.id, params.other)),
  );
}

const endpointView = (endpoint: HookEndpointListing): z.input<typeof contract.hookEndpoint> => ({
  id: endpoint.id,
  url: endpoint.url,
  note: endpoint.note,
  topics: [...endpoint.topics],
  state: endpoint.state,
  disabledBecause: endpoint.disabledBecause,
  failingSince: atOrNull(endpoint.failingSince),
  createdAt: formatInstant(endpoint.createdAt),
  lastSentAt: atOrNull(endpoint.lastSentAt),
  waiting: endpoint.waiting,
  failed: endpoint.failed,
});

const sentView = (sent: HookSent, language: Language): z.input<typeof contract.hookSent> => ({
  id: sent.id,
  topic: sent.topic,
  state: sent.state,
  attempts: sent.attempts,
  createdAt: formatInstant(sent.createdAt),
  sentAt: atOrNull(sent.sentAt),
  nextAt: sent.state === 'waiting' ? formatInstant(sent.nextAt) : null,
  status: sent.status,
  ms: sent.ms,
  problem:
    sent.fault === null ? null : say(language, `webhooks.problem.${sent.fault}`, { status: String(sent.status ?? '') }),
});

const done = (result: Result<true, Refused>) => (result.ok ? { ok: true as const } : refused(result.error));
