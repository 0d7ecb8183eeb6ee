import type { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { PlatformReading, PlatformRecord, ReadingContext, ReadingFault } from '../../../ports/platforms.ts';
import { readDispute } from './disputes.ts';
import { readOrder, utc } from './orders.ts';
import { personOfAccount } from './person.ts';
import { customerShape, disputeShape, goneShape, orderShape, type WooCustomer } from './shapes.ts';

const NOTHING: PlatformReading = { events: [], names: [], addresses: [], effects: [] };

/** People who work in the shop are in WordPress's list of users too. */
const CUSTOMERS: readonly string[] = ['customer', 'subscriber', ''];

/**
 * Reads a webhook's body or an item of the history: an order is the same in both. What is deleted stays in the ledger, which is not the shop's
 * list of orders; whoever is to be forgotten is erased in Evenhand.
 */
export function read(
  { topic, payload }: PlatformRecord,
  context: ReadingContext,
): Result<PlatformReading, ReadingFault> {
  const [resource, event] = topic.split('.');
  if (event === 'deleted') return shaped(goneShape, payload, () => ok(NOTHING));
  switch (resource) {
    case 'order':
      return shaped(orderShape, payload, (order) => readOrder(order, context));
    case 'customer':
      return shaped(customerShape, payload, (customer) => ok(readAccount(customer, context)));
    case 'dispute':
      return shaped(disputeShape, payload, (dispute) => readDispute(dispute, context));
    default:
      return ok(NOTHING);
  }
}

function readAccount(account: WooCustomer, context: ReadingContext): PlatformReading {
  const customer = CUSTOMERS.includes(account.role ?? '') ? personOfAccount(account, context) : null;
  if (customer === null) return NOTHING;
  return {
    ...NOTHING,
    events: [
      {
        kind: 'account.created',
        id: `customer:${account.id}:created`,
        occurredAt: utc(account.date_created_gmt),
        customer,
        body: {},
      },
    ],
  };
}

function shaped<T>(
  shape: z.ZodType<T>,
  payload: unknown,
  next: (read: T) => Result<PlatformReading, ReadingFault>,
): Result<PlatformReading, ReadingFault> {
  const read = shape.safeParse(payload);
  if (read.success) return next(read.data);
  const [issue] = read.error.issues;
  return err({
    kind: 'drift',
    path: issue === undefined || issue.path.length === 0 ? '(all of it)' : issue.path.join('.'),
    // Zod's own words can repeat the value, which may be personal.
    message: issue?.code === 'invalid_type' ? 'is missing or of another type' : 'is not as it should be',
  });
}
