/** How much had been read at a moment, in milliseconds. */
export interface Sample {
  readonly at: number;
  readonly read: number;
}

const ENOUGH_MS = 5_000;
const LOOKS_BACK_MS = 120_000;

/** Adds what was last heard, and forgets what is too old to say how fast it goes now. What went backwards begins anew. */
export function withSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && next.at <= last.at) return samples;
  if (last !== undefined && next.read < last.read) return [next];
  return [...samples.filter((each) => each.at >= next.at - LOOKS_BACK_MS), next];
}

/** Records a minute by what was seen; before enough was seen, the average since the beginning. Null: not to be said yet. */
export function paceOf(samples: readonly Sample[], startedAt: number): number | null {
  const last = samples.at(-1);
  if (last === undefined) return null;
  const first = samples[0] ?? last;
  const [from, read] = last.at - first.at >= ENOUGH_MS ? [first.at, last.read - first.read] : [startedAt, last.read];
  const span = last.at - from;
  return span < ENOUGH_MS || read <= 0 ? null : (read / span) * 60_000;
}

/** When it is done at this pace, in milliseconds since 1970. Null: that is not known. */
export function readyAt(pace: number | null, last: Sample, total: number | null): number | null {
  if (pace === null || pace <= 0 || total === null || total <= last.read) return null;
  return last.at + ((total - last.read) / pace) * 60_000;
}
