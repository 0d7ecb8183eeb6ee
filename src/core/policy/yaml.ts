import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, type Pair, parseAllDocuments } from 'yaml';
import { err, ok, type Result } from '../shared/result.ts';
import { formatPath, type Path, type Problem } from './problem.ts';

/** The largest policy document, in characters: some fifty times the longest policy anyone should have to read. */
export const LARGEST_DOCUMENT = 256 * 1024;
const DEEPEST = 32;

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A document as plain values, and where in the text each of them stands. */
export interface YamlDocument {
  readonly value: unknown;
  /**
   * Where the value at a path stands, or its key when the value begins on a later line. For a missing value, where its
   * nearest parent stands.
   */
  readonly placeOf: (path: Path) => Place;
  /** Where the key at the end of a path stands. */
  readonly placeOfKey: (path: Path) => Place;
}

/** Reads YAML 1.2 without tags, anchors or aliases: what stands in the text is all there is. */
export function readYaml(source: string): Result<YamlDocument, readonly Problem[]> {
  if (source.length > LARGEST_DOCUMENT)
    return err([
      problemAt({ line: 1, column: 1 }, [], `A policy may have at most ${LARGEST_DOCUMENT / 1024} kB of text.`),
    ]);
  const lines = new LineCounter();
  const documents = parseAllDocuments(source, {
    lineCounter: lines,
    schema: 'core',
    version: '1.2',
    stringKeys: true,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, source.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = Array.isArray(documents) ? documents[0] : undefined;
  const contents = document?.contents ?? null;
  if (document === undefined || (contents === null && document.errors.length === 0))
    return err([problemAt({ line: 1, column: 1 }, [], 'The document is empty. A policy needs rules and ladders.')]);
  const second = Array.isArray(documents) ? documents[1] : undefined;
  if (second !== undefined)
    return err([
      problemAt(placeAt(second.range[0]), [], 'A file holds one policy: remove the second document ("---").'),
    ]);

  const problems: Problem[] = [];
  const faults = [...document.errors, ...document.warnings];
  const exhausted = faults.some((fault) => fault.code === 'RESOURCE_EXHAUSTION');
  for (const fault of exhausted ? [] : faults)
    problems.push(problemAt(placeAt(fault.pos[0]), [], inPlainWords(fault.code, fault.message)));
  if (exhausted)
    problems.push(
      problemAt({ line: 1, column: 1 }, [], `The document is nested too deeply: at most ${DEEPEST} levels.`),
    );
  else if (contents !== null) refuseTricks(contents, placeAt, problems);
  if (problems.length > 0) return err(problems);

  const find = (path: Path): Node | null => {
    let node: Node | null = contents;
    for (const part of path) {
      const next: unknown = isMap(node)
        ? pairOf(node.items, part)?.value
        : isSeq(node)
          ? node.items[Number(part)]
          : null;
      if (!isNode(next)) return node;
      node = next;
    }
    return node;
  };
  const startOf = (node: Node | null): Place => placeAt(node?.range?.[0] ?? 0);
  const placeOfKey = (path: Path): Place => {
    const parent = find(path.slice(0, -1));
    const key = isMap(parent) ? pairOf(parent.items, path.at(-1) ?? '')?.key : null;
    return startOf(isNode(key) ? key : find(path));
  };
  return ok({
    value: document.toJS({ maxAliasCount: 0 }) as unknown,
    placeOf: (path) => {
      const value = startOf(find(path));
      const key = placeOfKey(path);
      return key.line < value.line ? key : value;
    },
    placeOfKey,
  });
}

function pairOf(pairs: readonly Pair[], key: string | number): Pair | undefined {
  return pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

/** Walks without recursion, so that no document can exhaust the stack here either. */
function refuseTricks(root: Node, placeAt: (offset: number) => Place, problems: Problem[]): void {
  const waiting: { node: unknown; depth: number }[] = [{ node: root, depth: 1 }];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    const { node, depth } = item;
    if (!isNode(node)) continue;
    const place = placeAt(node.range?.[0] ?? 0);
    if (isAlias(node)) {
      problems.push(
        problemAt(
          place,
          [],
          `References (*${node.source}) are not allowed: write the text out, so that everybody reads the same policy.`,
        ),
      );
      continue;
    }
    if ('anchor' in node && node.anchor !== undefined)
      problems.push(
        problemAt(place, [], `Anchors (&${node.anchor}) are not allowed: write the text out where it is needed.`),
      );
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
      problems.push(problemAt(place, [], `Tags (${node.tag}) are not allowed in a policy.`));
    if (depth > DEEPEST) {
      problems.push(problemAt(place, [], `The document is nested too deeply: at most ${DEEPEST} levels.`));
      return;
    }
    if (isMap(node))
      for (const pair of node.items)
        waiting.push({ node: pair.key, depth: depth + 1 }, { node: pair.value, depth: depth + 1 });
    else if (isSeq(node)) for (const child of node.items) waiting.push({ node: child, depth: depth + 1 });
  }
}

function inPlainWords(code: string, message: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'This name already stands in the same list of names above: keep one of the two.';
    case 'TAB_AS_INDENT':
      return 'A tab stands before the text: indent with spaces.';
    case 'BAD_INDENT':
    case 'MISSING_CHAR':
      return `The text is not valid YAML here: ${message}. Look for a missing bracket, quote or space before this place.`;
    case 'TAG_RESOLVE_FAILED':
      return 'Tags (!name) are not allowed in a policy.';
    case 'NON_STRING_KEY':
      return 'A name must be plain text.';
    default:
      return `The text is not valid YAML here: ${message}.`;
  }
}

/** A problem at a place, about no fairness rule. */
export function problemAt(place: Place, path: Path, message: string): Problem {
  return { line: place.line, column: place.column, path: formatPath(path), message, rule: null };
}
