import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, invalid, type Refused } from '../desk/refused.ts';
import type { FormatName } from '../import/format.ts';
import { importFile } from '../import/import-file.ts';
import { fileSource, type ImportSource } from '../import/source.ts';
import { takeListedFor } from '../import/take-listed.ts';
import { startSample } from '../load-sample.ts';
import type { Actor } from '../measures/types.ts';
import type { PolicyShelf } from './policy-shelf.ts';

export interface ImportsOptions {
  /** Where uploads wait; emptied at the start. */
  readonly folder: string;
  /** Called with what went wrong inside; what is wrong with a file is kept with the import instead. */
  readonly onFault: (error: unknown) => void;
}

type ImportsDeps = Deps & { readonly policies: PolicyShelf };

/** Imports started from the console: they go on after the answer, one a shop at a time. */
export class Imports {
  readonly #deps: ImportsDeps;
  readonly #options: ImportsOptions;
  /** Shops in which an import runs, by id. */
  readonly #busy = new Set<string>();
  /** What must end before the service may. */
  readonly #working = new Set<Promise<unknown>>();
  readonly #stop = new AbortController();
  readonly #ready: Promise<unknown>;

  constructor(deps: ImportsDeps, options: ImportsOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#ready = rm(options.folder, { recursive: true, force: true }).then(() =>
      mkdir(options.folder, { recursive: true, mode: 0o700 }),
    );
  }

  /**
   * Takes in a file and starts importing it. The shop is taken before the first byte is read, so that of two uploads at once
   * the second is told at once. `truncated` says, after the stream has ended, whether the size limit cut it off.
   */
  async upload(
    shop: Shop,
    by: Actor,
    file: {
      format: FormatName;
      /** See `ImportRequest.meant`. */
      meant?: boolean;
      name: string;
      stream: Readable;
      truncated: () => boolean;
      limit: string;
    },
  ): Promise<Result<{ readonly import: string }, Refused>> {
    if (!this.#take(shop)) return err(busy);
    const id = this.#deps.ids.next<string>();
    const path = join(this.#options.folder, id);
    // Frees the shop too: it happens before the end is told, and whoever sees the end may begin the next import at once.
    const tidy = async () => {
      await rm(path, { force: true }).catch(this.#options.onFault);
      this.#busy.delete(shop.id);
    };
    try {
      await this.#ready;
      await pipeline(file.stream, createWriteStream(path, { mode: 0o600 }), { signal: this.#stop.signal });
      if (file.truncated()) {
        await tidy();
        return err(invalid('file', `is larger than ${file.limit}: import it with the command "evenhand import"`));
      }
      const source = { ...(await fileSource(path)), name: file.name };
      const started = Promise.withResolvers<void>();
      const work = importFile(this.#deps, {
        id,
        shop,
        source,
        format: file.format,
        meant: file.meant ?? false,
        startedBy: by.id,
        takeListed: takeListedFor(this.#deps, shop, by),
        signal: this.#stop.signal,
        tidy,
        onStarted: started.resolve,
      });
      this.#track(work);
      // Whoever is told the import's id may look it up at once.
      await Promise.race([started.promise, work]);
      return ok({ import: id });
    } catch (error) {
      await tidy();
      throw error;
    }
  }

  /** Hands an upload to work that only reads it; it lies on the disk meanwhile, and nothing of it is kept. */
  async reading<T>(
    file: { readonly stream: Readable; readonly name: string },
    work: (source: ImportSource) => Promise<T>,
  ): Promise<T> {
    await this.#ready;
    const path = join(this.#options.folder, this.#deps.ids.next<string>());
    try {
      await pipeline(file.stream, createWriteStream(path, { mode: 0o600 }), { signal: this.#stop.signal });
      return await work({ ...(await fileSource(path)), name: file.name });
    } finally {
      await rm(path, { force: true }).catch(this.#options.onFault);
    }
  }

  async sample(shop: Shop, by: StaffId): Promise<Result<{ readonly import: string }, Refused>> {
    if (!this.#take(shop)) return err(busy);
    const free = () => this.#busy.delete(shop.id);
    try {
      const started = await startSample(this.#deps, shop, { startedBy: by, signal: this.#stop.signal });
      if (!started.ok) {
        free();
        return err(conflict(started.error.message));
      }
      this.#track(started.value.finished.finally(free));
      return ok({ import: started.value.run });
    } catch (error) {
      free();
      throw error;
    }
  }

  /** Interrupts what runs after the batch at hand, and waits for it. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#working);
  }

  #take(shop: Shop): boolean {
    if (this.#busy.has(shop.id)) return false;
    this.#busy.add(shop.id);
    return true;
  }

  #track(work: Promise<unknown>): void {
    const ended: Promise<unknown> = work.catch(this.#options.onFault).finally(() => this.#working.delete(ended));
    this.#working.add(ended);
  }
}

const busy = conflict('An import is running for this shop. Wait until it has finished, then try again.');
