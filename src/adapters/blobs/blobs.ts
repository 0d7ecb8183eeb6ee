import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { type AttachmentId, type CustomerId, isUuid, type ShopId } from '../../core/shared/brand.ts';
import type { Blobs } from '../../ports/hearing.ts';
import type { Vault } from '../../ports.ts';
import { syncFolder } from '../files.ts';
import { loadSealed } from '../postgres/projections/load-sealed.ts';
import type { Database } from '../postgres/schema.ts';

const AT_ONCE = 500;
/** What is still being written. */
const UNFINISHED = '.part';

/**
 * Files that customers sent, in `<data folder>/attachments/<shop>/<id>`: sealed with the customer's own key, readable by the
 * service's user alone, and named by nothing that anybody sent.
 */
export function createBlobs(db: Kysely<Database>, vault: Vault, dataFolder: string): Blobs {
  const root = join(dataFolder, 'attachments');
  const folderOf = (shop: ShopId): string => join(root, checked(shop));
  const pathOf = (shop: ShopId, id: AttachmentId): string => join(folderOf(shop), checked(id));
  const keyOf = async (shop: ShopId, customer: CustomerId): Promise<Buffer | null> =>
    (await loadSealed(db, vault, shop, [customer])).get(customer)?.key() ?? null;

  return {
    async put(shop, customer, id, bytes) {
      const key = await keyOf(shop, customer);
      if (key === null) throw new Error('A file for a customer who was erased');
      const path = pathOf(shop, id);
      await mkdir(folderOf(shop), { recursive: true, mode: 0o700 });
      const file = await open(`${path}${UNFINISHED}`, 'wx', 0o600);
      try {
        await file.writeFile(vault.sealBytesFor(key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}${UNFINISHED}`, path);
      syncFolder(folderOf(shop));
    },
    async get(shop, customer, id) {
      const key = await keyOf(shop, customer);
      if (key === null) return null;
      const sealed = await readFile(pathOf(shop, id)).catch(nullIfMissing);
      return sealed === null ? null : vault.openBytesFor(key, sealed);
    },
    async remove(shop, id) {
      await rm(pathOf(shop, id), { force: true });
    },
    async *listed(before) {
      for await (const shop of namesIn(root)) {
        if (!isUuid(shop)) continue;
        let ids: AttachmentId[] = [];
        for await (const name of namesIn(join(root, shop))) {
          const path = join(root, shop, name);
          const id = name.endsWith(UNFINISHED) ? name.slice(0, -UNFINISHED.length) : name;
          const info = isUuid(id) ? await stat(path).catch(nullIfMissing) : null;
          if (info === null || info.mtimeMs >= before) continue;
          if (name !== id) {
            await rm(path, { force: true });
            continue;
          }
          ids.push(id as AttachmentId);
          if (ids.length < AT_ONCE) continue;
          yield { shop: shop as ShopId, ids };
          ids = [];
        }
        if (ids.length > 0) yield { shop: shop as ShopId, ids };
      }
    },
  };
}

/** Ids name files, so nothing but an id may. */
function checked(id: string): string {
  if (!isUuid(id)) throw new Error('A file is named by an id');
  return id;
}

async function* namesIn(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(nullIfMissing);
  if (entries === null) return;
  for await (const entry of entries) yield entry.name;
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
