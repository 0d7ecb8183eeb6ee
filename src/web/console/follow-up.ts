import type { QueryClient } from '@tanstack/react-query';

/** When to ask once more, after what was done: standings follow by a job that mostly has run by the first. Milliseconds. */
export const FOLLOW_UP_MS = [700, 2_000] as const;

/** Asks these reads again a little later, for what the server works out after it has answered. */
export function followUp(cache: QueryClient, routes: readonly string[]): void {
  for (const delay of FOLLOW_UP_MS)
    setTimeout(() => {
      for (const route of routes) void cache.invalidateQueries({ queryKey: [route] });
    }, delay);
}
