import type { AppealId, AttachmentId, CustomerId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { Attachment } from '../../../ports/hearing.ts';
import type { Shop } from '../../../ports.ts';
import type { AppealDeps } from '../types.ts';
import type { PreparedFile } from './prepare.ts';

/** Files written and not yet referred to. */
export interface KeptFiles {
  readonly ids: readonly AttachmentId[];
  readonly attachments: (appeal: AppealId, at: Instant) => readonly Attachment[];
  /** Takes them back: nothing came of it. */
  readonly drop: () => Promise<void>;
}

/**
 * Writes files before the transaction that refers to them, so that nobody waits for a disk while the ledger is locked. What a
 * failure in between leaves lying is swept away later.
 */
export async function keepFiles(
  { blobs, ids }: Pick<AppealDeps, 'blobs' | 'ids'>,
  shop: Shop,
  customer: CustomerId,
  files: readonly PreparedFile[],
): Promise<KeptFiles> {
  const kept = files.map((file) => ({ id: ids.next<AttachmentId>(), file }));
  for (const { id, file } of kept) await blobs.put(shop.id, customer, id, file.bytes);
  return {
    ids: kept.map(({ id }) => id),
    attachments: (appeal, addedAt) =>
      kept.map(({ id, file: { type, bytes, name, contentHash } }) => ({
        id,
        appeal,
        customer,
        type,
        bytes: bytes.length,
        contentHash,
        name,
        addedAt,
      })),
    drop: async () => {
      for (const { id } of kept) await blobs.remove(shop.id, id);
    },
  };
}
