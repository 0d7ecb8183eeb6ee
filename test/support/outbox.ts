import { createMailer } from '../../src/adapters/mail/mailer.ts';
import type { Cause } from '../../src/core/notices/types.ts';
import { type CustomerId, id, type MeasureId } from '../../src/core/shared/brand.ts';
import type { MailServer, OutboxRow } from '../../src/ports/hearing.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import type { DeliveryDeps } from '../../src/workflows/notices/deliver.ts';
import { messageIdOf } from '../../src/workflows/notices/message-id.ts';
import { uuid } from './events.ts';
import { added, append, known, order } from './offers.ts';

/** Messages of one shop, put into words by the test itself. */
export interface TestOutbox {
  readonly customer: CustomerId;
  /** Writes that a customer is to be told; each call about another measure. */
  readonly tell: (more?: Partial<Parameters<Deps['store']['outbox']['tell']>[1]>) => Promise<string>;
  readonly row: (message: string) => Promise<OutboxRow>;
}

/** What sending takes, with a mailer that really sends and words that say which message it is. */
export function deliveryDeps(
  deps: Deps,
  mailServer: MailServer | null,
  over: Partial<DeliveryDeps> = {},
): DeliveryDeps & { readonly faults: unknown[] } {
  const faults: unknown[] = [];
  return {
    ...deps,
    mailer: createMailer(),
    mailServer,
    onFault: (error) => faults.push(error),
    word: (store, shop, row) =>
      store.outbox.worded(shop.id, row.id, {
        envelope: { to: ['ada@example.org'], subject: row.id, text: 'Dear Ada', html: '<p>Dear Ada</p>' },
        messageId: messageIdOf(deps, shop, row.id),
        notice: null,
        at: deps.clock.now(),
      }),
    faults,
    ...over,
  };
}

export async function testOutbox(deps: Deps, shop: Shop): Promise<TestOutbox> {
  const [outcome] = await append(deps, shop, [order(1, known({ externalId: 'A', email: 'ada@example.org' }))]);
  const customer = added(outcome).customer as CustomerId;
  let told = 0;
  return {
    customer,
    tell(more = {}) {
      const cause: Cause = { kind: 'measure.started', measure: id<MeasureId>(uuid(++told, 3)) };
      const message = { cause, audience: 'customer' as const, customer, at: deps.clock.now(), ...more };
      return deps.store.transaction((store) => store.outbox.tell(shop.id, message));
    },
    async row(message) {
      const found = await deps.store.outbox.one(shop.id, message);
      if (found === null) throw new Error('There is no such message');
      return found;
    },
  };
}
