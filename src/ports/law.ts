import type { Law, LawBook } from '../core/law/types.ts';
import type { Shop } from '../ports.ts';

/** The law this installation knows, read and checked at start. */
export interface Laws {
  readonly book: LawBook;
  /** What binds a shop, by its jurisdictions and by what it said about itself. */
  of(shop: Pick<Shop, 'jurisdictions' | 'settings'>): Law;
}
