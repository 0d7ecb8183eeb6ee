import type { CustomerId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, notFound, type Refused } from '../desk/refused.ts';
import { customerLanguage } from './language.ts';
import { makePortalLink } from './links.ts';
import { linkMail } from './mails.ts';

/** How long a link works that staff send outside a notice. */
const LINK_LENGTH = 30 * 86_400_000;

/** Sends a customer a new link to the portal, to the address the shop has of them. Staff never see the link. */
export async function sendPortalLink(
  deps: Deps,
  shop: Shop,
  customer: CustomerId,
): Promise<Result<{ readonly message: string }, Refused>> {
  const [own] = await deps.store.ledger.eventsOf(shop.id, [customer]);
  if (own === undefined) return err(notFound('There is no such customer.'));
  const to = (await deps.store.ledger.shownOf(shop.id, [customer])).get(customer)?.email;
  if (to === undefined)
    return err(conflict('The shop has no e-mail address of this customer, so nothing can be sent to them.'));
  const language = await customerLanguage(deps, shop, customer, own.events);
  const now = deps.clock.now();
  const until = (now + LINK_LENGTH) as Instant;
  return deps.store.transaction(async (store) => {
    const href = await makePortalLink(deps, store, shop, customer, null, until);
    const message = await store.outbox.tell(shop.id, {
      cause: { kind: 'portal.link' },
      audience: 'customer',
      customer,
      envelope: linkMail(shop, language, to, { href, until }),
      at: now,
    });
    return ok({ message });
  });
}
