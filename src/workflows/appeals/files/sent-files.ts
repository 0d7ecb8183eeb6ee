import { err, ok, type Result } from '../../../core/shared/result.ts';
import { customerRefusal } from '../refusal.ts';
import type { AppealRefused, SentFile } from '../types.ts';

export const MOST_FILES = 5;
const MEGABYTE = 1_000_000;
export const LARGEST_FILE_MB = 10;
export const LARGEST_TOGETHER_MB = 25;

/**
 * Files as they come in with a form, one after the other. Never holds more than is allowed: it stops reading where a file is too
 * large, and the caller drops the rest of the request.
 */
export class SentFiles {
  readonly #files: SentFile[] = [];
  #bytes = 0;

  get files(): readonly SentFile[] {
    return this.#files;
  }

  /** Reads one file to its end. One without a name and content is a form field left empty, and is passed over. */
  async take(name: string, stream: AsyncIterable<Uint8Array>): Promise<Result<true, AppealRefused>> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > LARGEST_FILE_MB * MEGABYTE)
        return err(customerRefusal('file-too-large', { name, count: LARGEST_FILE_MB }));
      if (this.#bytes + size > LARGEST_TOGETHER_MB * MEGABYTE)
        return err(customerRefusal('files-too-large', { count: LARGEST_TOGETHER_MB }));
      chunks.push(chunk);
    }
    if (size === 0 && name === '') return ok(true);
    if (this.#files.length >= MOST_FILES) return err(customerRefusal('too-many-files', { count: MOST_FILES }));
    this.#bytes += size;
    this.#files.push({ name, bytes: Buffer.concat(chunks) });
    return ok(true);
  }
}
