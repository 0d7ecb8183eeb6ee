import { z } from 'zod';
import type { CustomerMarks, MarkedAs } from '../../../core/enforcement/types.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { Json, MarkedCustomer, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { type Api, apiOf, idOf } from './api.ts';

/** Customer groups of ours, as staff see them in Medusa. Prices, promotions and storefronts can be made to heed them. */
export const GROUPS: Readonly<Record<MarkedAs, string>> = {
  warned: 'Evenhand: warned',
  restricted: 'Evenhand: restricted',
  blocked: 'Evenhand: blocked',
};

const groupsShape = z.object({ customer_groups: z.array(z.looseObject({ id: z.string(), name: z.string() })) });

/** Ids of our groups that are there. */
export async function groupIds(api: Api): Promise<Result<Readonly<Partial<Record<MarkedAs, string>>>, PlatformFault>> {
  const read = await api.get(
    'customer-groups',
    { fields: 'id,name', name: Object.values(GROUPS), limit: 10 },
    groupsShape,
  );
  if (!read.ok) return read;
  const found = (as: MarkedAs) => read.value.customer_groups.find(({ name }) => name === GROUPS[as])?.id;
  const ids = { warned: found('warned'), restricted: found('restricted'), blocked: found('blocked') };
  return ok(Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined)));
}

const customerShape = z.object({
  customer: z.looseObject({ groups: z.array(z.looseObject({ id: z.string() })).nullish() }),
});

/** Puts a customer in the group of what is in force, out of our other ones, and writes it in their metadata. Guests have no account. */
export async function mark(
  reach: Reach,
  { externalId }: MarkedCustomer,
  marks: CustomerMarks,
): Promise<Result<null, PlatformFault>> {
  const id = externalId === null ? null : idOf(externalId);
  if (id === null) return ok(null);
  const api = apiOf(reach);
  const ours = await groupIds(api);
  if (!ours.ok) return ours;
  const customer = await api.get(`customers/${id}`, { fields: 'id,*groups' }, customerShape);
  if (!customer.ok) return customer.error.kind === 'gone' && marks.as === null ? ok(null) : customer;
  const wanted = marks.as === null ? null : ours.value[marks.as];
  // Groups are made when the connection is; somebody took one away since.
  if (wanted === undefined) return err({ kind: 'refused', detail: 'none: A customer group of Evenhand is missing.' });
  const isIn = (customer.value.customer.groups ?? []).map((group) => group.id);
  const remove = Object.values(ours.value).filter((group) => group !== wanted && isIn.includes(group));
  const add = wanted === null || isIn.includes(wanted) ? [] : [wanted];
  if (add.length + remove.length > 0) {
    const moved = await api.post(`customers/${id}/customer-groups`, { add, remove }, z.looseObject({}));
    if (!moved.ok) return moved;
  }
  const written = await api.post(`customers/${id}`, { metadata: metadataOf(marks) }, z.looseObject({}));
  return written.ok ? ok(null) : written;
}

/** Medusa joins metadata key by key, and takes away what is set to "". */
function metadataOf({ as, refused, obligations, until }: CustomerMarks): Json {
  return {
    evenhand: as === null ? '' : { as, refused, obligations, until: until === null ? null : formatInstant(until) },
  };
}
