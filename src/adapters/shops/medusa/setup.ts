import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { ConnectionCheck, Json, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { type Api, apiOf } from './api.ts';
import { GROUPS, groupIds } from './groups.ts';

const storesShape = z.object({
  stores: z.array(
    z.looseObject({
      name: z.string().nullish(),
      supported_currencies: z
        .array(z.looseObject({ currency_code: z.string(), is_default: z.boolean().nullish() }))
        .nullish(),
    }),
  ),
});

const stateShape = z.looseObject({
  version: z.string(),
  configured: z.boolean(),
  hook_url: z.string().nullable(),
  waiting: z.int(),
});

/** A secret key of Medusa may do everything; where roles are switched on, these are tried one by one. */
const RIGHTS = [
  { name: 'orders', path: 'orders', for: ['history', 'hold_order', 'release_order', 'cancel_order', 'assess_order'] },
  { name: 'customers', path: 'customers', for: ['history', 'customer_marks'] },
  { name: 'returns', path: 'returns', for: ['history', 'approve_return', 'decline_return'] },
  { name: 'payments', path: 'payments', for: ['history'] },
  { name: 'promotions', path: 'promotions', for: ['give_discount'] },
] as const;

/** Looks at the address, the key, what it may do, and at our plug-in there. Changes nothing. */
export async function check(reach: Reach): Promise<ConnectionCheck> {
  const api = apiOf(reach);
  const nothing = { shopName: null, currency: null, timeZone: null, version: null, scopes: [], notes: [] };
  const stores = await api.get('stores', { fields: 'name,*supported_currencies', limit: 1 }, storesShape);
  if (!stores.ok) return { ...nothing, fault: stores.error };
  const store = stores.value.stores[0];
  const currency = store?.supported_currencies?.find(({ is_default }) => is_default === true)?.currency_code;
  const seen = { shopName: store?.name ?? null, currency: currency?.toUpperCase() ?? null };
  const scopes: ConnectionCheck['scopes'][number][] = [];
  for (const right of RIGHTS) {
    const tried = await api.get(right.path, { fields: 'id', limit: 1 }, z.looseObject({}));
    if (!tried.ok && tried.error.kind !== 'forbidden') return { ...nothing, ...seen, fault: tried.error };
    scopes.push({ name: right.name, granted: tried.ok, for: right.for });
  }
  const missing = scopes.find(({ granted }) => !granted);
  const { version, notes } = await pluginThere(api, reach);
  const fault: PlatformFault | null = missing === undefined ? null : { kind: 'forbidden', scope: missing.name };
  return { ...nothing, ...seen, scopes, fault, version, notes };
}

async function pluginThere(api: Api, { hookUrl }: Reach): Promise<Pick<ConnectionCheck, 'version' | 'notes'>> {
  const state = await api.get('evenhand/state', {}, stateShape);
  if (!state.ok) return { version: null, notes: ['extension_missing'] };
  const { version, configured, hook_url, waiting } = state.value;
  return {
    version,
    notes: [
      ...(configured ? [] : ['extension_not_set_up']),
      ...(configured && hook_url !== hookUrl ? ['extension_elsewhere'] : []),
      ...(waiting > 0 ? ['extension_waiting'] : []),
    ],
  };
}

/** Makes the customer groups in which measured customers are put. Webhooks need nothing here: the plug-in has their address and secret. */
export async function connect(reach: Reach): Promise<Result<Readonly<Record<string, Json>>, PlatformFault>> {
  const api = apiOf(reach);
  const known = await groupIds(api);
  if (!known.ok) return known;
  const groups: Record<string, string> = { ...known.value };
  for (const [as, name] of Object.entries(GROUPS)) {
    if (groups[as] !== undefined) continue;
    const made = await api.post(
      'customer-groups',
      { name },
      z.object({ customer_group: z.looseObject({ id: z.string() }) }),
    );
    if (!made.ok) return made;
    groups[as] = made.value.customer_group.id;
  }
  return ok({ groups });
}

/** The groups stay: they are empty once every mark is taken away, and the shop may have made rules with them. */
export async function disconnect(reach: Reach): Promise<Result<null, PlatformFault>> {
  const stores = await apiOf(reach).get('stores', { fields: 'id', limit: 1 }, z.looseObject({}));
  return stores.ok || stores.error.kind === 'unauthorised' ? ok(null) : err(stores.error);
}
