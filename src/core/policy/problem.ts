/** A place in a policy document: the keys and list positions that lead to it. */
export type Path = readonly (string | number)[];

/** The fairness rules of the house, by number, where a problem is about one of them. Null: the document cannot be read as a policy. */
export type FairnessRule = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** One thing that is wrong with a policy document: where (lines and columns from 1), why, and what to do. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
  readonly rule: FairnessRule | null;
}

/** A problem that stops a policy (error) or that its author should think about (warning). */
export interface Finding extends Problem {
  readonly severity: 'error' | 'warning';
}

/** "rules[2].when.all[0].metric": how people write a place in a document. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`;
  return text === '' ? 'the document' : text;
}

/** Problems in reading order, each place and message once. */
export function inReadingOrder<T extends Problem>(problems: readonly T[]): T[] {
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => a.line - b.line || a.column - b.column || (a.message < b.message ? -1 : 1))
    .filter((problem) => {
      const key = `${problem.line}:${problem.column}:${problem.message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}
