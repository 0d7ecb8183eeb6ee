import { createHash } from 'node:crypto';
import type { ShopId } from '../../../core/shared/brand.ts';

/** Everything of a row that its hash covers. Times in whole microseconds since 1970, which is what the database keeps. */
export interface ChainedFields {
  readonly shop: ShopId;
  readonly seq: number;
  readonly id: string;
  readonly customer: string | null;
  readonly kind: string;
  readonly occurredAtMicros: bigint;
  readonly recordedAtMicros: bigint;
  readonly source: string;
  readonly sourceId: string;
  readonly contentHash: Buffer;
  /** The exact text of the body. */
  readonly body: string;
  readonly sealed: Buffer | null;
}

const ABSENT = 0xffff_ffff;

/** What stands before a shop's first event. */
export function genesis(shop: ShopId): Buffer {
  return createHash('sha256').update(`evenhand ledger v1 ${shop}`).digest();
}

/**
 * SHA-256 over the hash before and every field, each preceded by its length in bytes (32 bits, big-endian; all ones for an
 * absent field), so that no two different rows give the same bytes.
 */
export function chainHash(previous: Buffer, row: ChainedFields): Buffer {
  const texts = [
    row.shop,
    String(row.seq),
    row.id,
    row.customer,
    row.kind,
    String(row.occurredAtMicros),
    String(row.recordedAtMicros),
    row.source,
    row.sourceId,
  ];
  const head = Buffer.allocUnsafe(texts.reduce((size, text) => size + 4 + (text === null ? 0 : text.length * 3), 0));
  let at = 0;
  for (const text of texts) {
    const written = text === null ? 0 : head.write(text, at + 4, 'utf8');
    head.writeUInt32BE(text === null ? ABSENT : written, at);
    at += 4 + written;
  }
  const hash = createHash('sha256').update(previous).update(head.subarray(0, at));
  const body = Buffer.from(row.body, 'utf8');
  for (const bytes of [row.contentHash, body, row.sealed]) {
    hash.update(lengthOf(bytes));
    if (bytes !== null) hash.update(bytes);
  }
  return hash.digest();
}

function lengthOf(bytes: Buffer | null): Buffer {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(bytes === null ? ABSENT : bytes.length);
  return length;
}
