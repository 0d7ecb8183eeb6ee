import type { LedgerEvent } from '../../core/events/event.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { Language } from '../../core/shared/words.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

/**
 * The language to write to a customer in: the one they chose, else the one their shop named, else the one they last wrote in, else
 * the shop's first.
 */
export async function customerLanguage(
  { store, languages }: Pick<Deps, 'store' | 'languages'>,
  shop: Shop,
  customer: CustomerId,
  events: readonly LedgerEvent[],
): Promise<Language> {
  const [chosen, shown] = await Promise.all([
    store.portal.language(shop.id, customer),
    store.ledger.shownOf(shop.id, [customer]),
  ]);
  const wrote = events.findLast((event) => event.kind === 'message.received' && event.body.language !== undefined);
  const tags = [
    chosen,
    shown.get(customer)?.language,
    wrote?.kind === 'message.received' ? wrote.body.language : undefined,
    ...shop.languages,
  ];
  return languages.firstOf(tags.filter((tag) => tag !== null && tag !== undefined));
}
