import { z } from 'zod';
import { isUuid, type ShopId } from '../../core/shared/brand.ts';
import type { ChangeFeed } from '../../ports/changes.ts';
import { listenForChanges } from './changes.ts';

const message = z.object({
  shop: z.custom<ShopId>((text) => typeof text === 'string' && isUuid(text)),
  seq: z.int().nullable(),
  decisions: z.boolean(),
});

/** Changes over a connection of its own, which is made anew when it breaks. */
export function createChangeFeed(serviceUrl: string): ChangeFeed {
  return {
    listen: (onChange, onGap) =>
      listenForChanges(serviceUrl, {
        onChange(told) {
          const change = message.safeParse(told);
          if (change.success) onChange(change.data);
        },
        // Whatever happened before one began to listen has been missed.
        onListening: onGap,
      }),
  };
}
