/** The candidate that a mistyped word most likely meant; null when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  const wanted = normalise(word);
  for (const candidate of candidates) {
    const distance = editDistance(wanted, normalise(candidate), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best ?? shareWords(wanted, candidates);
}

/** " Did you mean X?", or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const candidate = nearest(word, candidates);
  return candidate === null ? '' : ` Did you mean "${candidate}"?`;
}

function normalise(word: string): string {
  return word
    .slice(0, 80)
    .toLowerCase()
    .replace(/[-\s]+/g, '_');
}

/** "rate_of_returns" is far from "return_rate_by_value" letter by letter, yet shares its words. */
function shareWords(word: string, candidates: readonly string[]): string | null {
  const words = new Set(word.split('_').map((part) => part.replace(/s$/, '')));
  let best: string | null = null;
  let bestShared = 1;
  for (const candidate of candidates) {
    const shared = normalise(candidate)
      .split('_')
      .filter((part) => words.has(part.replace(/s$/, ''))).length;
    if (shared > bestShared) [best, bestShared] = [candidate, shared];
  }
  return best;
}

/** Levenshtein's distance, given up as `limit` as soon as it cannot be smaller. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    if (Math.min(...current) >= limit) return limit;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}
