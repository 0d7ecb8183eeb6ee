/** A thing to time: `run` does the work `operations` times over. */
export interface Candidate {
  readonly name: string;
  readonly operations: number;
  readonly run: () => void | Promise<void>;
}

export interface Timing {
  readonly name: string;
  /** Median over the rounds, in operations per second. */
  readonly perSecond: number;
}

/** A line of the report: what was measured, against what, and what was asked for. */
export interface Figure {
  readonly group: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Ours ÷ theirs where two things were compared. */
  readonly ratio?: number | undefined;
  /** The least ratio (or, for times and sizes, the most units) asked for; absent: reported only. */
  readonly goal?: { readonly atLeast?: number; readonly atMost?: number } | undefined;
}

/** True when the figure meets its goal; null when it has none. */
export function meets(figure: Figure): boolean | null {
  if (figure.goal === undefined) return null;
  const compared = figure.ratio ?? figure.value;
  return (
    compared >= (figure.goal.atLeast ?? Number.NEGATIVE_INFINITY) &&
    compared <= (figure.goal.atMost ?? Number.POSITIVE_INFINITY)
  );
}

/**
 * Times candidates in alternating rounds, so that a slow minute of the machine hits all of them alike.
 * Each round repeats a candidate until `minMilliseconds` are over; the median round counts.
 */
export async function alternate(
  candidates: readonly Candidate[],
  { rounds = 7, minMilliseconds = 300 } = {},
): Promise<readonly Timing[]> {
  const samples = candidates.map((): number[] => []);
  for (const candidate of candidates) await candidate.run();
  for (let round = 0; round < rounds; round++) {
    for (const [index, candidate] of candidates.entries()) {
      samples[index]?.push(await rate(candidate, minMilliseconds));
    }
  }
  return candidates.map((candidate, index) => ({ name: candidate.name, perSecond: median(samples[index] ?? []) }));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('A median needs values');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('A percentile needs values');
  return value;
}

async function rate(candidate: Candidate, minMilliseconds: number): Promise<number> {
  let runs = 0;
  const start = performance.now();
  let elapsed = 0;
  do {
    await candidate.run();
    runs++;
    elapsed = performance.now() - start;
  } while (elapsed < minMilliseconds);
  return (runs * candidate.operations * 1000) / elapsed;
}
