/** Milliseconds on a clock that nobody can put forward or back. */
export const steadyMs = (): number => performance.now();

/**
 * Whether the database answers, as far as this process has seen: so that a checkout waits once for a database that is gone, and not at
 * every request, and that the log hears of it once.
 */
export class Pulse {
  readonly #onFault: (error: unknown) => void;
  #away = false;
  #onBack: (() => void)[] = [];

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  get isAway(): boolean {
    return this.#away;
  }

  /** Called each time it answers again after it did not. */
  whenBack(work: () => void): void {
    this.#onBack.push(work);
  }

  answered(): void {
    if (!this.#away) return;
    this.#away = false;
    for (const work of this.#onBack) work();
  }

  /** Tells the first of several failures in a row. */
  failed(error: unknown): void {
    if (this.#away) return;
    this.#away = true;
    this.#onFault(error);
  }
}
