import { type RawBuilder, sql } from 'kysely';
import type { EntryType } from '../../../core/lists/types.ts';
import { hex, packed } from '../packed.ts';

/** Values, by type and keyed hash, as a table `v (type, hash, place)` to join; `place` counts from 1 in the order given. */
export function valuesTable(
  values: readonly { readonly type: EntryType; readonly hash: Uint8Array }[],
): RawBuilder<unknown> {
  return sql`unnest(${packed(
    'text',
    values.map(({ type }) => type),
  )}, ${packed(
    'bytea',
    values.map(({ hash }) => hex(hash)),
  )}) with ordinality as v (type, hash, place)`;
}
