import type { ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { ListStore } from '../../../ports/lists.ts';

interface Hit {
  count: number;
  lastAt: Instant;
}

/** How often decisions found each entry of the lists since it was last written down. A crash may lose some of it: they are figures to tidy lists by. */
export class Hits {
  readonly #lists: Pick<ListStore, 'hit'>;
  #counted = new Map<ShopId, Map<string, Hit>>();

  constructor(lists: Pick<ListStore, 'hit'>) {
    this.#lists = lists;
  }

  get waits(): boolean {
    return this.#counted.size > 0;
  }

  add(shop: ShopId, entry: string, at: Instant, count = 1): void {
    const own = this.#counted.get(shop) ?? new Map<string, Hit>();
    this.#counted.set(shop, own);
    const hit = own.get(entry);
    if (hit === undefined) own.set(entry, { count, lastAt: at });
    else {
      hit.count += count;
      if (at > hit.lastAt) hit.lastAt = at;
    }
  }

  /** Writes what was counted. What cannot be written is kept. */
  async flush(): Promise<void> {
    const counted = this.#counted;
    this.#counted = new Map();
    for (const [shop, own] of counted) {
      try {
        await this.#lists.hit(
          shop,
          [...own].map(([id, { count, lastAt }]) => ({ id, count, lastAt })),
        );
        counted.delete(shop);
      } catch (error) {
        for (const [left, hits] of counted)
          for (const [id, { count, lastAt }] of hits) this.add(left, id, lastAt, count);
        throw error;
      }
    }
  }
}
