import { err, type Result } from '../../core/shared/result.ts';
import type {
  Connection,
  PlatformReading,
  PlatformRecord,
  ReadingContext,
  ReadingFault,
  ShopPlatform,
} from '../../ports/platforms.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

/** fault: reading it broke, which is ours to mend. */
export type UnreadFault = ReadingFault | { readonly kind: 'fault'; readonly error: unknown };

/** What a batch of records says, one answer each, and the names of orders that they showed. */
export interface ReadBatch {
  readonly readings: readonly Result<PlatformReading, UnreadFault>[];
  readonly names: readonly { readonly id: string; readonly name: string }[];
}

/**
 * Reads records of one platform, in whatever order they came: an order that one of them names by its id only may be shown by another of
 * the batch, or have been seen before. Asks the database once however many there are.
 */
export async function readRecords(
  store: Pick<Store, 'platformOrders'>,
  platform: Pick<ShopPlatform, 'read'>,
  connection: Connection,
  shop: Shop,
  records: readonly PlatformRecord[],
): Promise<ReadBatch> {
  const names = new Map<string, string>();
  const shown = new Map<string, string>();
  const readings: Result<PlatformReading, UnreadFault>[] = [];
  /** What each record that could not be read to its end still asks for. */
  let open = new Map<number, ReadonlySet<string>>();
  const readOne = (index: number): void => {
    const record = records[index];
    if (record === undefined) return;
    const unknown = new Set<string>();
    const result = readSafely(platform, record, {
      source: connection.source,
      customerNumber: (id) => `${connection.numberPrefix}${id}`,
      orderName(id) {
        const name = names.get(id) ?? null;
        if (name === null) unknown.add(id);
        return name;
      },
      currency: shop.currency,
      timeZone: shop.timeZone,
    });
    readings[index] = result;
    if (!result.ok && result.error.kind === 'needs') unknown.add(result.error.order);
    if (result.ok)
      for (const { id, name } of result.value.names) {
        names.set(id, name);
        shown.set(id, name);
      }
    if (unknown.size > 0) open.set(index, unknown);
  };

  for (const index of records.keys()) readOne(index);
  const asked = new Set([...open.values()].flatMap((ids) => [...ids].filter((id) => !names.has(id))));
  for (const [id, name] of await store.platformOrders.names(shop.id, connection.id, [...asked])) names.set(id, name);
  // Each round reads those again that a name was found for; a round that finds none is the last.
  for (;;) {
    const again = [...open].filter(([, ids]) => [...ids].some((id) => names.has(id))).map(([index]) => index);
    if (again.length === 0) break;
    open = new Map([...open].filter(([index]) => !again.includes(index)));
    for (const index of again) readOne(index);
  }
  return { readings, names: [...shown].map(([id, name]) => ({ id, name })) };
}

function readSafely(
  platform: Pick<ShopPlatform, 'read'>,
  record: PlatformRecord,
  context: ReadingContext,
): Result<PlatformReading, UnreadFault> {
  try {
    return platform.read(record, context);
  } catch (error) {
    return err({ kind: 'fault', error });
  }
}
