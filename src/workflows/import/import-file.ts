import { phoneRegion } from '../../core/identity/region.ts';
import type { StaffId } from '../../core/shared/brand.ts';
import type { AppendOutcome, OfferedEvent } from '../../ports/ledger.ts';
import type { Deps, ImportProgress } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { CONFLICT, TORN } from '../intake/record-events.ts';
import type { EntryWish, WishRefusal } from '../lists/wish.ts';
import { writeEntries } from '../lists/write-entries.ts';
import { FileFault } from './fault.ts';
import type { FormatName, FormatReader } from './format.ts';
import { NOT_TAKEN } from './formats/lists.ts';
import { formats } from './formats.ts';
import { nameless } from './nameless.ts';
import { Skips } from './skips.ts';
import type { ImportSource } from './source.ts';
import type { ListedMeasure, TakeListed } from './take-listed.ts';
import { textBlocks } from './text-blocks.ts';

export interface ImportRequest {
  readonly shop: Shop;
  readonly format: FormatName;
  readonly source: ImportSource;
  readonly startedBy?: StaffId | null;
  /** Takes measures that the file lists, in the name of a person. Without it such a file is refused. */
  readonly takeListed?: TakeListed;
  /** Entries of lists that may hit people who did nothing (everybody's domain, a wide network, a harder answer) are meant so. */
  readonly meant?: boolean;
  /** Id for the import, where the caller must know it beforehand. */
  readonly id?: string;
  readonly onProgress?: (progress: ImportProgress, phase: 'checking' | 'importing') => void;
  /** Called once the import can be looked up. */
  readonly onStarted?: () => void;
  /** Aborting finishes the batch at hand and leaves the import to be repeated. */
  readonly signal?: AbortSignal;
  /** Runs once the file is no longer needed and before the end is told: whoever sees that it is done finds nothing left. */
  readonly tidy?: () => Promise<void>;
}

export interface ImportReport extends ImportProgress {
  readonly id: string;
  readonly status: 'done' | 'failed' | 'interrupted';
  /** Why it failed. */
  readonly error: string | null;
}

/** A measure is somebody's decision. */
const NOBODY =
  'A list of measures needs somebody who answers for each of them: import it in the console, as an owner or a manager.';

const EVENTS_AT_ONCE = 2_000;
const ENTRIES_AT_ONCE = 500;
/** The second waits in the database for the first to end, but is read and prepared meanwhile. */
const BATCHES_AT_ONCE = 2;

/**
 * Imports a file. First it is read once to see that it is whole and well formed, so that a broken file leaves nothing behind;
 * then events are written in batches, each all or nothing. Importing the same file again, or again after an interruption,
 * adds only what is missing.
 */
export async function importFile(deps: Deps, request: ImportRequest): Promise<ImportReport> {
  const { shop, source, startedBy = null } = request;
  const id = request.id ?? deps.ids.next<string>();
  await deps.store.imports.start(shop.id, {
    id,
    format: request.format,
    fileName: source.name,
    bytesTotal: source.bytes,
    startedBy,
    at: deps.clock.now(),
  });
  request.onStarted?.();
  const run = new Run(deps, shop, id, request);
  let status: ImportReport['status'] = 'done';
  let error: string | null = null;
  try {
    if (request.format === 'measures-csv' && request.takeListed === undefined) throw new FileFault(NOBODY);
    const whole =
      (await readThrough(request, formats[request.format].check(), (rows, bytes) => run.checking(rows, bytes))) &&
      (await importThrough(deps, request, run));
    if (!whole) status = 'interrupted';
    else refuseBarren(request.format, run.progress());
  } catch (fault) {
    status = 'failed';
    error =
      fault instanceof FileFault
        ? fault.message
        : 'The import stopped because of a fault in Evenhand. Import the file again to continue.';
    if (!(fault instanceof FileFault)) {
      await request.tidy?.();
      await finish(deps, shop, id, run, status, error);
      throw fault;
    }
  }
  await request.tidy?.();
  await finish(deps, shop, id, run, status, error);
  return { id, status, error, ...run.progress() };
}

/** A file of which nothing at all could be used is almost always a file of another format: calling that done would hide it. */
function refuseBarren(format: FormatName, { added, known, conflicts, skipped }: ImportProgress): void {
  const [first] = skipped;
  if (added + known + conflicts > 0 || first === undefined) return;
  const example = first.examples[0];
  const place = example === undefined ? '' : ` (${example.where})`;
  throw new FileFault(
    `Nothing in the file could be used as "${format}": ${first.reason}${place}. Is it of another format? The formats are described with an example file each.`,
  );
}

async function finish(
  deps: Deps,
  shop: Shop,
  id: string,
  run: Run,
  status: ImportReport['status'],
  error: string | null,
): Promise<void> {
  await deps.store.transaction(async (store) => {
    await store.imports.progress(shop.id, id, run.progress());
    await store.imports.finish(shop.id, id, { status, error, at: deps.clock.now() });
  });
}

/** Feeds the whole file to a reader; false when it was interrupted. */
async function readThrough(
  { source, signal }: ImportRequest,
  reader: FormatReader,
  afterBlock: (rows: number, bytes: number) => void | Promise<void>,
): Promise<boolean> {
  for await (const block of textBlocks(source)) {
    if (signal?.aborted === true) return false;
    reader.feed(block);
    await afterBlock(reader.rows, block.bytesRead);
  }
  reader.end();
  return true;
}

/** While batches are being written, the next is being read: two processes, two processors. */
async function importThrough(deps: Deps, request: ImportRequest, run: Run): Promise<boolean> {
  const { shop } = request;
  const reader = formats[request.format].open({
    currency: shop.currency,
    timeZone: shop.timeZone,
    region: phoneRegion(shop.jurisdictions, shop.timeZone),
    now: deps.clock.now(),
    sink: run,
    nameless: (identifier) => nameless(deps.vault, shop.id, identifier),
  });
  const writing: Promise<void>[] = [];
  const flush = async (): Promise<void> => {
    if (writing.length >= BATCHES_AT_ONCE) await writing.shift();
    const batch = run.write();
    // A failure is thrown where a later batch, or the end, waits for this one.
    batch.catch(() => undefined);
    writing.push(batch);
  };
  const whole = await readThrough(request, reader, async (rows, bytes) => {
    run.reached(rows, bytes);
    if (run.waiting >= EVENTS_AT_ONCE) await flush();
    await run.takeMeasures();
    await run.takeEntries();
  }).finally(() => Promise.allSettled(writing));
  if (whole) await flush();
  if (whole) await run.takeEntries();
  await Promise.all(writing);
  return whole && run.isEmpty;
}

/** What an import has gathered and done so far. */
class Run {
  readonly #deps: Deps;
  readonly #shop: Shop;
  readonly #id: string;
  readonly #onProgress: NonNullable<ImportRequest['onProgress']>;
  readonly #signal: AbortSignal | undefined;
  readonly #skips = new Skips();
  readonly #firstStands: boolean;
  readonly #takeListed: TakeListed | undefined;
  readonly #meant: boolean;
  readonly #startedBy: StaffId | null;
  #entries: { readonly wish: EntryWish; readonly where: string }[] = [];
  #listed: { readonly measure: ListedMeasure; readonly where: string }[] = [];
  #offered: OfferedEvent[] = [];
  #places: string[] = [];
  #rows = 0;
  #bytes = 0;
  #added = 0;
  #known = 0;
  #conflicts = 0;

  constructor(
    deps: Deps,
    shop: Shop,
    id: string,
    { onProgress, signal, format, takeListed, meant, startedBy }: ImportRequest,
  ) {
    this.#deps = deps;
    this.#shop = shop;
    this.#id = id;
    this.#onProgress = onProgress ?? (() => undefined);
    this.#signal = signal;
    this.#firstStands = formats[format].firstStands === true;
    this.#takeListed = takeListed;
    this.#meant = meant ?? false;
    this.#startedBy = startedBy ?? null;
  }

  /** How many events wait to be written. */
  get waiting(): number {
    return this.#offered.length;
  }

  /** Nothing of what was read is left to be done. */
  get isEmpty(): boolean {
    return this.#offered.length + this.#listed.length + this.#entries.length === 0;
  }

  offer(event: OfferedEvent, where: string): void {
    this.#offered.push(event);
    this.#places.push(where);
  }

  measure(measure: ListedMeasure, where: string): void {
    this.#listed.push({ measure, where });
  }

  entry(wish: EntryWish, where: string): void {
    this.#entries.push({ wish: this.#meant ? { ...wish, meant: true } : wish, where });
  }

  skip(reason: string, where: string, what: string, rows = 1): void {
    this.#skips.add(reason, where, what, rows);
  }

  checking(rows: number, bytes: number): void {
    this.#onProgress({ ...this.progress(), rowsRead: rows, bytesRead: bytes }, 'checking');
  }

  reached(rows: number, bytes: number): void {
    this.#rows = rows;
    this.#bytes = bytes;
    this.#onProgress(this.progress(), 'importing');
  }

  progress(): ImportProgress {
    return {
      bytesRead: this.#bytes,
      rowsRead: this.#rows,
      added: this.#added,
      known: this.#known,
      conflicts: this.#conflicts,
      skipped: this.#skips.list(),
    };
  }

  /** Writes what is waiting, in batches; what is left when it is interrupted goes on waiting. */
  async write(): Promise<void> {
    const [offered, places] = [this.#offered, this.#places];
    this.#offered = [];
    this.#places = [];
    for (let from = 0; from < offered.length; from += EVENTS_AT_ONCE) {
      if (this.#signal?.aborted === true) {
        this.#offered = offered.slice(from).concat(this.#offered);
        this.#places = places.slice(from).concat(this.#places);
        return;
      }
      const batch = offered.slice(from, from + EVENTS_AT_ONCE);
      await this.#deps.store.transaction(async (store) => {
        const outcomes = await store.ledger.append(this.#shop, batch);
        for (const [index, outcome] of outcomes.entries()) this.#count(outcome, places[from + index] ?? '');
        await store.imports.progress(this.#shop.id, this.#id, this.progress());
      });
      this.#onProgress(this.progress(), 'importing');
    }
  }

  /** Takes the measures that were listed so far, one after another; what is left when it is interrupted is left. */
  async takeMeasures(): Promise<void> {
    const listed = this.#listed;
    this.#listed = [];
    for (const [index, { measure, where }] of listed.entries()) {
      if (this.#takeListed === undefined) return;
      if (this.#signal?.aborted === true) {
        this.#listed = listed.slice(index);
        break;
      }
      const taken = await this.#takeListed(measure);
      if (!taken.ok) this.skip('Measures that cannot be taken', where, taken.error);
      else if (taken.value === 'taken') this.#added += 1;
      else this.#known += 1;
    }
    if (listed.length === 0) return;
    await this.#deps.store.imports.progress(this.#shop.id, this.#id, this.progress());
    this.#onProgress(this.progress(), 'importing');
  }

  /**
   * Puts on the lists what was read so far, each batch all or nothing with how far the import is; what is left when it is interrupted
   * is left. A batch that was written before is found to be there already, so nothing is ever doubled.
   */
  async takeEntries(): Promise<void> {
    while (this.#entries.length > 0 && this.#signal?.aborted !== true) {
      const batch = this.#entries.slice(0, ENTRIES_AT_ONCE);
      const outcomes = await this.#deps.store.transaction(async (store) => {
        const written = await writeEntries(
          { ...this.#deps, store },
          this.#shop,
          this.#startedBy,
          batch.map(({ wish }) => wish),
        );
        const before = { added: this.#added, known: this.#known };
        for (const { status } of written) {
          if (status === 'same') before.known += 1;
          else if (status !== 'refused') before.added += 1;
        }
        await store.imports.progress(this.#shop.id, this.#id, { ...this.progress(), ...before });
        return written;
      });
      this.#entries = this.#entries.slice(batch.length);
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'same') this.#known += 1;
        else if (outcome.status !== 'refused') this.#added += 1;
        else this.skip(NOT_TAKEN, batch[index]?.where ?? '', saidOf(outcome.refusal));
      }
      this.#onProgress(this.progress(), 'importing');
    }
  }

  #count(outcome: AppendOutcome, where: string): void {
    switch (outcome.status) {
      case 'added':
        this.#added += 1;
        if (outcome.torn) this.skip('Events with details of two customers: counted for one', where, TORN, 1);
        return;
      case 'known':
        this.#known += 1;
        return;
      case 'conflict':
        if (this.#firstStands) {
          this.#known += 1;
          return;
        }
        this.#conflicts += 1;
        this.skip('Ids used before for something else: the first stands', where, CONFLICT, 1);
        return;
      case 'refused':
        this.skip('Events about somebody the shop does not know', where, `${outcome.field} ${outcome.message}`, 1);
        return;
    }
  }
}

/** A sentence stands by itself; the rest of one follows its field. */
const saidOf = ({ field, message }: WishRefusal): string => (field === 'value' ? message : `${field} ${message}`);
