import type { CustomerId, EventId, StaffId } from '../core/shared/brand.ts';
import { err, ok, type Result } from '../core/shared/result.ts';
import type { Deps, ImportProgress } from '../ports/store.ts';
import type { Shop } from '../ports.ts';
import { type Calendar, calendarOfLastDay, calendarUntil, lastDay } from '../sample/calendar.ts';
import {
  asIncoming,
  makeSampleShop,
  readSourceId,
  SAMPLE_EDITION,
  SAMPLE_SOURCE,
  type SampleShop,
} from '../sample/sample-shop.ts';
import { recordEvents } from './intake/record-events.ts';
import { recordSamplePast } from './sample-past.ts';

export interface LoadSampleOptions {
  /** Who asked for it: the import names them. What staff decided in the sample's past was decided by a colleague of its own. */
  readonly startedBy: StaffId | null;
  /** Stops between two batches; a later call goes on where this one stopped. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface LoadedSample {
  readonly run: string;
  readonly status: 'done' | 'interrupted';
  /** The last day the sample tells of, in the shop's own zone: "2026-03-01". */
  readonly lastDay: string;
  readonly events: number;
  readonly added: number;
  readonly known: number;
  readonly conflicts: number;
}

export interface SampleRefused {
  readonly kind: 'another_edition';
  readonly message: string;
}

/**
 * Loads the sample shop into a shop, as an import with progress. Repeating it adds nothing, on whatever day; after an
 * interruption it goes on. Standings are assessed by the job that looks after customers who are due.
 */
export async function loadSample(
  deps: Deps,
  shop: Shop,
  options: LoadSampleOptions,
): Promise<Result<LoadedSample, SampleRefused>> {
  const started = await startSample(deps, shop, options);
  return started.ok ? ok(await started.value.finished) : started;
}

/** Begins what `loadSample` does and gives the import's id at once. Who does not wait for `finished` must catch its error. */
export async function startSample(
  deps: Deps,
  shop: Shop,
  options: LoadSampleOptions,
): Promise<Result<{ readonly run: string; readonly finished: Promise<LoadedSample> }, SampleRefused>> {
  const calendar = await calendarFor(deps, shop);
  if (!calendar.ok) return calendar;
  const sample = makeSampleShop(calendar.value, shop.currency);
  const run = deps.ids.next<string>();
  const load = new Load(deps, shop, sample, run, options);
  await load.start();
  return ok({ run, finished: load.everything() });
}

/** The sample ends yesterday, or on the day on which it ended when it was first loaded into this shop. */
async function calendarFor(deps: Deps, shop: Shop): Promise<Result<Calendar, SampleRefused>> {
  const before = await deps.store.ledger.eventOfSource(shop.id, SAMPLE_SOURCE);
  if (before === null) return ok(calendarUntil(deps.clock.now()));
  const told = readSourceId(before.sourceId);
  const calendar = told?.edition === SAMPLE_EDITION ? calendarOfLastDay(told.day) : null;
  if (calendar !== null) return ok(calendar);
  return err({
    kind: 'another_edition',
    message: 'This shop holds the sample of another release of Evenhand already. Make a new shop and load it there.',
  });
}

const BATCH = 1_000;

class Load {
  readonly #deps: Deps;
  readonly #shop: Shop;
  readonly #sample: SampleShop;
  readonly #run: string;
  readonly #options: LoadSampleOptions;
  readonly #recorded = new Map<string, { readonly event: EventId; readonly customer: CustomerId }>();
  #progress: ImportProgress = { bytesRead: 0, rowsRead: 0, added: 0, known: 0, conflicts: 0, skipped: [] };

  constructor(deps: Deps, shop: Shop, sample: SampleShop, run: string, options: LoadSampleOptions) {
    this.#deps = deps;
    this.#shop = shop;
    this.#sample = sample;
    this.#run = run;
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#deps.store.imports.start(this.#shop.id, {
      id: this.#run,
      format: 'sample',
      fileName: `Linde & Loom, 18 months to ${lastDay(this.#sample.calendar)}`,
      bytesTotal: null,
      startedBy: this.#options.startedBy,
      at: this.#deps.clock.now(),
    });
  }

  async everything(): Promise<LoadedSample> {
    try {
      const status = await this.#events();
      await this.#end(status, null);
      const { rowsRead: events, added, known, conflicts } = this.#progress;
      return { run: this.#run, status, lastDay: lastDay(this.#sample.calendar), events, added, known, conflicts };
    } catch (error) {
      await this.#end('failed', 'The sample could not be loaded. What was loaded is whole: load it again to go on.');
      throw error;
    }
  }

  async #events(): Promise<LoadedSample['status']> {
    const { events, people } = this.#sample;
    for (let from = 0; from < events.length; from += BATCH) {
      if (this.#options.signal?.aborted === true) return 'interrupted';
      const batch = events.slice(from, from + BATCH);
      const outcome = await recordEvents(
        this.#deps,
        this.#shop,
        batch.map((event) => asIncoming(event, people)),
      );
      for (const { index, event, customer, status, error } of outcome.results) {
        if (status === 'refused')
          throw new Error(`The sample tells of something impossible: ${error?.field} ${error?.message}`);
        const told = batch[index];
        if (told !== undefined && event !== undefined && customer != null)
          this.#recorded.set(told.id, { event, customer });
      }
      await this.#count(batch.length, outcome);
    }
    await this.#past();
    return 'done';
  }

  async #end(status: LoadedSample['status'] | 'failed', error: string | null): Promise<void> {
    await this.#deps.store.imports.finish(this.#shop.id, this.#run, { status, error, at: this.#deps.clock.now() });
  }

  /** What staff decided in the past, once the events it rests on are in the ledger. */
  async #past(): Promise<void> {
    const recorded = (sampleId: string) => {
      const found = this.#recorded.get(sampleId);
      if (found === undefined) throw new Error(`The ledger does not hold ${sampleId} of the sample`);
      return found;
    };
    const counts = await recordSamplePast(this.#deps, this.#shop, this.#sample, recorded);
    await this.#count(counts.rows, counts);
  }

  async #count(rows: number, by: { added: number; known: number; conflicts: number }): Promise<void> {
    const before = this.#progress;
    this.#progress = {
      ...before,
      rowsRead: before.rowsRead + rows,
      added: before.added + by.added,
      known: before.known + by.known,
      conflicts: before.conflicts + by.conflicts,
    };
    await this.#deps.store.imports.progress(this.#shop.id, this.#run, this.#progress);
    this.#options.onProgress?.(this.#progress.rowsRead, Math.max(this.#sample.events.length, this.#progress.rowsRead));
  }
}
