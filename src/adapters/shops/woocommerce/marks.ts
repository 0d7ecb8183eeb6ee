import type { CustomerMarks } from '../../../core/enforcement/types.ts';
import type { Result } from '../../../core/shared/result.ts';
import { ok } from '../../../core/shared/result.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { Json, MarkedCustomer, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { clientOf } from './client.ts';

/**
 * Writes beside a customer's account what is in force: for the shop's staff and its other extensions. Nobody is refused by it, since our
 * extension asks each time. Guests have no account to write it to.
 */
export async function mark(
  reach: Reach,
  customer: MarkedCustomer,
  marks: CustomerMarks,
): Promise<Result<null, PlatformFault>> {
  if (customer.externalId === null || !/^\d{1,19}$/.test(customer.externalId)) return ok(null);
  const answer = await clientOf(reach).send('PUT', `wc/v3/customers/${customer.externalId}`, {
    meta_data: metaOf(marks),
  });
  if (answer.ok) return ok(null);
  // An account that is gone has no marks either.
  if (marks.as === null && answer.error.kind === 'gone') return ok(null);
  return answer;
}

/** Null takes a field away. Names with an underscore in front cannot be written over REST. */
function metaOf({ as, refused, obligations, until }: CustomerMarks): readonly { key: string; value: Json }[] {
  return [
    { key: 'evenhand_standing', value: as },
    { key: 'evenhand_refused', value: refused.length === 0 ? null : refused.join(', ') },
    { key: 'evenhand_conditions', value: obligations.length === 0 ? null : obligations.join(', ') },
    { key: 'evenhand_until', value: as === null || until === null ? null : formatInstant(until) },
  ];
}
