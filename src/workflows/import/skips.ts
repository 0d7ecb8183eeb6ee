import type { Skipped } from '../../ports/store.ts';

const MOST_EXAMPLES = 5;

/** Counts what was left out, by reason, and keeps the first few places of each. Never holds personal data. */
export class Skips {
  readonly #reasons = new Map<string, { count: number; examples: { where: string; what: string }[] }>();

  add(reason: string, where: string, what: string, rows = 1): void {
    let entry = this.#reasons.get(reason);
    if (entry === undefined) {
      entry = { count: 0, examples: [] };
      this.#reasons.set(reason, entry);
    }
    entry.count += rows;
    if (entry.examples.length < MOST_EXAMPLES) entry.examples.push({ where, what });
  }

  /** The most frequent reason first. */
  list(): readonly Skipped[] {
    return [...this.#reasons]
      .map(([reason, { count, examples }]) => ({ reason, count, examples: [...examples] }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }
}
