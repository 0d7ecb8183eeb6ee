import { cluster, joinLinks } from '../../core/linkage/cluster.ts';
import { estimate } from '../../core/linkage/estimate.ts';
import { foldIdentical } from '../../core/linkage/identical.ts';
import { planFor } from '../../core/linkage/plan.ts';
import {
  type LinkClass,
  linkClasses,
  type Model,
  type Plan,
  type Skipped,
  type Table,
  type Thresholds,
} from '../../core/linkage/types.ts';
import type { Candidates, LinkCrew, NewFile } from '../../ports/linking.ts';
import { FileFault } from '../import/fault.ts';
import { fileSource } from '../import/source.ts';
import { writeClusters, writeLinks } from './files.ts';
import { type People, peopleOf } from './people.ts';
import { readTable, type TableFile, type TableWish } from './table-file.ts';
import { type Found, unfold, type Whole } from './unfold.ts';

export interface LinkRequest extends TableWish {
  readonly path: string;
  /** Blocking rules and comparisons in place of those the columns suggest; null: those. */
  readonly rules: readonly string[] | null;
  readonly compare: readonly string[] | null;
  /** Rows that may share a value and still be compared for it; null: as the method sets it. */
  readonly largestBlock: number | null;
  readonly thresholds: Partial<Thresholds>;
  /** Where the clusters go, and the links with their evidence if wanted. */
  readonly out: NewFile;
  readonly explain: NewFile | null;
}

export type LinkPhase = 'reading' | 'comparing' | 'scoring' | 'writing';

type OnProgress = (phase: LinkPhase, done: number, total: number) => void;

/** What was found, for the summary. Counts rows and links of the file, exact copies among them. */
export interface LinkReport {
  readonly rows: number;
  readonly fields: TableFile['fields'];
  /** Rows that are, in everything compared, exact copies of an earlier row. */
  readonly copies: number;
  readonly compared: number;
  readonly skipped: readonly Skipped[];
  readonly plan: Plan;
  readonly model: Model;
  readonly links: { readonly same: number; readonly probablySame: number; readonly household: number };
  /** Links not followed because they would have joined rows that contradict each other. */
  readonly refused: number;
  /** Clusters of two rows and more, and the rows in them. */
  readonly clusters: number;
  readonly clustered: number;
  readonly households: number;
  /** People there are, if every cluster is one. */
  readonly persons: number;
  readonly repeatedIds: { readonly rows: number; readonly first: number | null };
}

/**
 * Links the rows of a file into clusters and writes them, as `docs/link-command.md` says. Throws a `FileFault` for a file that cannot be
 * read so, and the reason of `signal` when it aborts: then nothing is written.
 */
export async function linkFile(
  crew: LinkCrew,
  request: LinkRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<LinkReport> {
  const source = await fileSource(request.path);
  const file = await stoppable(
    readTable(crew, request.path, request, (bytes) => onProgress('reading', bytes, source.bytes)),
    signal,
  );
  const folded = foldIdentical(file.table, { shared: true });
  const plan = planOf(folded.table, request);
  const found = await compareAll(crew, folded.table, plan, onProgress, signal);
  const whole = unfold(folded, found);
  const people = peopleOf(file.table.rows, whole);
  await write(request, file, found, whole, people, onProgress, signal);
  return report(file, folded.copies, found, whole, people);
}

interface FoundHere extends Found {
  readonly candidates: Candidates;
  /** Pairs compared, each once. */
  readonly compared: number;
}

async function compareAll(
  crew: LinkCrew,
  table: Table,
  plan: Plan,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<FoundHere> {
  const candidates = await stoppable(crew.block(table, plan), signal);
  const learnt = await stoppable(
    crew.compare(candidates, (done, total) => onProgress('comparing', done, total)),
    signal,
  );
  const model = estimate({ table, plan, candidates: learnt.candidates, random: learnt.random });
  const scored = await stoppable(
    crew.score(model, (done, total) => onProgress('scoring', done, total)),
    signal,
  );
  const links = joinLinks(scored.links);
  const clusters = cluster(table, plan, model, links);
  return { plan, model, links, clusters, candidates, compared: scored.pairs };
}

async function write(
  { out, explain }: LinkRequest,
  { table, ids }: TableFile,
  { plan, model }: Found,
  whole: Whole,
  people: People,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const total = table.rows + (explain === null ? 0 : whole.links.count);
  let done = 0;
  const onLines = (count: number): void => {
    done += count;
    onProgress('writing', done, total);
  };
  await writeClusters(out, people, ids, onLines, signal);
  if (explain !== null) await writeLinks(explain, { table, plan, model, ...whole }, ids, onLines, signal);
  signal.throwIfAborted();
  await explain?.keep();
  await out.keep();
}

function planOf(table: Table, { rules, compare, largestBlock, thresholds }: LinkRequest): Plan {
  const planned = planFor(table, {
    ...(rules === null ? {} : { rules }),
    ...(compare === null ? {} : { compare }),
    ...(largestBlock === null ? {} : { largestBlock }),
    thresholds,
  });
  if (!planned.ok) throw new FileFault(planned.error.message);
  return planned.value;
}

function report(
  { table, fields, ids }: TableFile,
  copies: number,
  { plan, model, candidates, compared }: FoundHere,
  { links, refused }: Whole,
  { clusters, clustered, households, persons }: People,
): LinkReport {
  const count = (wanted: LinkClass): number => {
    const kind = linkClasses.indexOf(wanted);
    let found = 0;
    for (let place = 0; place < links.count; place += 1) if (links.kind[place] === kind) found += 1;
    return found;
  };
  return {
    rows: table.rows,
    fields,
    copies,
    compared,
    skipped: candidates.blocks.map(({ skipped }) => skipped).filter(({ blocks }) => blocks > 0),
    plan,
    model,
    links: { same: count('same'), probablySame: count('probably_same'), household: count('household') },
    refused: refused.reduce((sum, one) => sum + one, 0),
    clusters,
    clustered,
    households,
    persons,
    repeatedIds: ids?.repeated() ?? { rows: 0, first: null },
  };
}

/** Ends with the signal's reason as soon as it aborts, however long the work would go on: whoever called closes the crew. */
function stoppable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
