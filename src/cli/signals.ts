/** A second Ctrl-C within this time is the same one: npm and the terminal each pass it on. */
const SAME_PRESS_MS = 1_000;

/**
 * Gives a signal that aborts at the first Ctrl-C, SIGTERM or SIGHUP. Whoever asks a second time, later, does not want to wait: the
 * process then ends at once, which the next start puts right.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | null = null;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (firstAt !== null && performance.now() - firstAt > SAME_PRESS_MS) process.exit(130);
      firstAt ??= performance.now();
      controller.abort();
    });
  }
  return controller.signal;
}
