import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { ConnectionCheck, Json, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { type Client, clientOf, shapedAs } from './client.ts';
import { indexShape, type WooWebhook, webhookShape } from './shapes.ts';

/** What the shop tells of by itself. Refunds come with `order.updated`. */
const TOPICS = [
  'order.created',
  'order.updated',
  'order.deleted',
  'order.restored',
  'customer.created',
  'customer.updated',
  'customer.deleted',
] as const;

const ORDERS = ['history', 'live_events'];
const WRITES = ['customer_marks', 'hold_order', 'release_order', 'cancel_order', 'assess_order', 'give_discount'];

/** Looks at the address, the keys and what they may do. Changes nothing: what is written is an empty batch. */
export async function check(reach: Reach): Promise<ConnectionCheck> {
  const client = clientOf(reach);
  const nothing = { shopName: null, currency: null, timeZone: null, version: null, scopes: [], notes: [] };
  const index = shapedAs(indexShape, 'wp-json', await client.get(''));
  if (!index.ok) return { ...nothing, fault: index.error, notes: isNoRest(index.error) ? ['noRest'] : [] };
  const { name, timezone_string, gmt_offset, namespaces, routes } = index.value;
  const seen = { shopName: name || null, timeZone: zoneOf(timezone_string, gmt_offset) };
  if (!namespaces.includes('wc/v3')) return { ...nothing, ...seen, fault: { kind: 'gone' }, notes: ['noWooCommerce'] };

  const read = await client.get('wc/v3/orders', { per_page: '1', _fields: 'id' });
  if (!read.ok && read.error.kind !== 'forbidden') return { ...nothing, ...seen, fault: read.error };
  const [written, hooks, currency, extension] = [
    await client.send('POST', 'wc/v3/orders/batch', {}),
    await ourWebhooks(client, reach.hookUrl),
    await client.get('wc/v3/data/currencies/current'),
    namespaces.includes('wc-evenhand/v1') ? await client.get('wc-evenhand/v1/status') : null,
  ];
  const scopes = [
    { name: 'read', granted: read.ok, for: ORDERS },
    // With keys that read, 401 means that they may do no more.
    { name: 'write', granted: written.ok, for: WRITES },
    { name: 'webhooks', granted: hooks.ok, for: ['live_events'] },
  ];
  const missing = scopes.find(({ granted }) => !granted);
  const outage = [written, hooks].find((one) => !one.ok && isOutage(one.error));
  return {
    ...seen,
    fault:
      outage !== undefined && !outage.ok
        ? outage.error
        : missing === undefined
          ? null
          : { kind: 'forbidden', scope: missing.name },
    currency: currency.ok ? textAt(currency.value.value, 'code') : null,
    version: extension?.ok ? textAt(extension.value.value, 'woocommerce') : null,
    scopes,
    notes: [
      ...(extension === null ? ['extensionMissing'] : isAsking(extension) ? [] : ['extensionSilent']),
      ...(hooks.ok && hooks.value.some(({ status }) => status !== 'active') ? ['webhooksOff'] : []),
      ...(Object.hasOwn(routes, '/wc/v3/payments/disputes') ? [] : ['noDisputes']),
    ],
  };
}

/** Makes one webhook a topic, or puts right those there are: switched on, and signed with the newest secret. */
export async function connect(reach: Reach): Promise<Result<Readonly<Record<string, Json>>, PlatformFault>> {
  const client = clientOf(reach);
  const index = shapedAs(indexShape, 'wp-json', await client.get(''));
  if (!index.ok) return index;
  const hooks = await ourWebhooks(client, reach.hookUrl);
  if (!hooks.ok) return hooks;
  const left = [...hooks.value];
  const ids: number[] = [];
  for (const topic of TOPICS) {
    const at = left.findIndex((hook) => hook.topic === topic);
    const [known] = at === -1 ? [] : left.splice(at, 1);
    const wish = { status: 'active', secret: reach.hookSecret };
    const made = shapedAs(
      webhookShape,
      'webhook',
      known === undefined
        ? await client.send('POST', 'wc/v3/webhooks', {
            name: `Evenhand: ${topic}`,
            topic,
            delivery_url: reach.hookUrl,
            ...wish,
          })
        : await client.send('PUT', `wc/v3/webhooks/${known.id}`, wish),
    );
    if (!made.ok) return made;
    ids.push(made.value.id);
  }
  for (const extra of left) {
    const gone = await client.send('DELETE', `wc/v3/webhooks/${extra.id}?force=true`, {});
    if (!gone.ok && gone.error.kind !== 'gone') return gone;
  }
  return ok({ webhooks: ids, ...(index.value.home ? { home: index.value.home } : {}) });
}

/** Takes our webhooks away again. */
export async function disconnect(reach: Reach): Promise<Result<null, PlatformFault>> {
  const client = clientOf(reach);
  const hooks = await ourWebhooks(client, reach.hookUrl);
  if (!hooks.ok) return hooks;
  for (const { id } of hooks.value) {
    const gone = await client.send('DELETE', `wc/v3/webhooks/${id}?force=true`, {});
    if (!gone.ok && gone.error.kind !== 'gone') return gone;
  }
  return ok(null);
}

const MOST_PAGES = 20;
const PAGE = 100;

/** Webhooks that come to this connection, among whatever others the shop has. */
async function ourWebhooks(client: Client, hookUrl: string): Promise<Result<readonly WooWebhook[], PlatformFault>> {
  const ours: WooWebhook[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = { per_page: String(PAGE), page: String(page), status: 'all' };
    const read = shapedAs(z.array(webhookShape), 'webhooks', await client.get('wc/v3/webhooks', query));
    if (!read.ok) return read;
    ours.push(...read.value.filter(({ delivery_url }) => delivery_url === hookUrl));
    if (read.value.length < PAGE) return ok(ours);
  }
  return err({ kind: 'refused', detail: 'none: There are more than 2,000 webhooks.' });
}

function zoneOf(name: string | null | undefined, offset: number | string | null | undefined): string | null {
  if (name) return name;
  const hours = Number(offset ?? Number.NaN);
  if (hours === 0) return 'Etc/UTC';
  // "Etc/GMT-2" is two hours *ahead* of Greenwich. Half hours have no such name.
  return Number.isInteger(hours) && Math.abs(hours) <= 14 ? `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}` : null;
}

const isOutage = (fault: PlatformFault): boolean => fault.kind === 'unavailable' || fault.kind === 'limited';
const isNoRest = (fault: PlatformFault): boolean =>
  fault.kind === 'gone' || fault.kind === 'refused' || fault.kind === 'drift';

function textAt(value: unknown, key: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null;
  return typeof found === 'string' && found !== '' ? found.slice(0, 60) : null;
}

const isAsking = (status: Awaited<ReturnType<Client['get']>>): boolean =>
  status.ok && typeof status.value.value === 'object' && Reflect.get(status.value.value ?? {}, 'asking') === true;
