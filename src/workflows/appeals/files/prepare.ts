import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Pictures } from '../../../ports/hearing.ts';
import type { Shop, Vault } from '../../../ports.ts';
import { customerRefusal } from '../refusal.ts';
import type { AppealRefused, SentFile } from '../types.ts';
import { fileName } from './file-name.ts';
import { pdfFault, withoutPlaces } from './pdf.ts';
import { LARGEST_FILE_MB, LARGEST_TOGETHER_MB, MOST_FILES } from './sent-files.ts';
import { type FileType, sniff } from './sniff.ts';

/** A file as it may be kept. */
export interface PreparedFile {
  readonly name: string;
  readonly type: FileType;
  readonly bytes: Buffer;
  /** Keyed hash of what was sent. */
  readonly contentHash: Buffer;
}

const MEGABYTE = 1_000_000;

/**
 * Checks files one by one and makes of each what may be kept: pictures anew from their pixels, PDFs without places and only where
 * nothing in them acts. The first that cannot be taken refuses them all, by name.
 */
export async function prepareFiles(
  { vault, pictures }: { readonly vault: Vault; readonly pictures: Pictures },
  shop: Shop,
  files: readonly SentFile[],
): Promise<Result<readonly PreparedFile[], AppealRefused>> {
  if (files.length > MOST_FILES) return err(customerRefusal('too-many-files', { count: MOST_FILES }));
  if (files.reduce((sum, file) => sum + file.bytes.length, 0) > LARGEST_TOGETHER_MB * MEGABYTE)
    return err(customerRefusal('files-too-large', { count: LARGEST_TOGETHER_MB }));
  const prepared: PreparedFile[] = [];
  for (const file of files) {
    const one = await prepare(pictures, file);
    if (!one.ok) return one;
    const digest = createHash('sha256').update(file.bytes).digest('hex');
    prepared.push({ ...one.value, contentHash: vault.contentHash(shop.id, `attachment:${digest}`) });
  }
  return ok(prepared);
}

async function prepare(
  pictures: Pictures,
  file: SentFile,
): Promise<Result<Omit<PreparedFile, 'contentHash'>, AppealRefused>> {
  const name = fileName(file.name);
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  if (bytes.length === 0) return err(customerRefusal('file-empty', { name }));
  if (bytes.length > LARGEST_FILE_MB * MEGABYTE)
    return err(customerRefusal('file-too-large', { name, count: LARGEST_FILE_MB }));
  const type = sniff(bytes);
  if (type === null) return err(customerRefusal('file-not-allowed', { name }));
  if (type === 'application/pdf') {
    const fault = pdfFault(bytes);
    return fault === null ? ok({ name, type, bytes: withoutPlaces(bytes) }) : err(customerRefusal(fault, { name }));
  }
  const clean = await pictures.clean(bytes, type);
  if (clean === 'unreadable') return err(customerRefusal('file-unreadable', { name }));
  if (clean === 'too-large') return err(customerRefusal('picture-too-large', { name }));
  return ok({ name, type, bytes: Buffer.from(clean) });
}
