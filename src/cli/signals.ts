/** A second Ctrl-C within this time is the same one: npm and the terminal each pass it on. */
const SAME_PRESS_MS = 1_000;

/** How often to look whether the shell that npm put between is still there. */
const LOOK_MS = 500;

/**
 * Gives a signal that aborts at the first Ctrl-C, SIGTERM or SIGHUP. Whoever asks a second time, later, does not want to wait: the
 * process then ends at once, which the next start puts right. `npm` hands a SIGTERM to its shell only, which dies of it without a
 * word to us; so under npm, losing the parent counts as being told.
 */
export function stopSignal(environment: NodeJS.ProcessEnv = process.env): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | null = null;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (firstAt !== null && performance.now() - firstAt > SAME_PRESS_MS) process.exit(130);
      firstAt ??= performance.now();
      controller.abort();
    });
  }
  if (environment.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    const looking = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(looking);
      controller.abort();
    }, LOOK_MS).unref();
  }
  return controller.signal;
}
