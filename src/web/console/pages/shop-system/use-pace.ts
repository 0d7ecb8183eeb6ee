import { useRef } from 'react';
import { paceOf, readyAt, type Sample, withSample } from './pace.ts';
import type { PlatformRun } from './types.ts';

/** How fast a run goes, as seen while it is on screen, and when it will be done. */
export function usePace(run: PlatformRun): { readonly pace: number | null; readonly ready: string | null } {
  const samples = useRef<readonly Sample[]>([]);
  const last = { at: Date.parse(run.updatedAt), read: run.read };
  samples.current = withSample(samples.current, last);
  const pace = paceOf(samples.current, Date.parse(run.startedAt));
  const ready = readyAt(pace, last, run.total);
  return { pace, ready: ready === null ? null : new Date(ready).toISOString() };
}
