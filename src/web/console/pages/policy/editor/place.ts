/** Where in a policy document the cursor stands, told by indentation alone: it must work while a line is half written. */
export interface Place {
  /** The names of the groups around the cursor, outermost first, without list positions: ["rules", "when", "all"]. */
  readonly path: readonly string[];
  /** key: a name is being written · value: what stands behind `name:` · item: an entry of a list of words. */
  readonly at: 'key' | 'value' | 'item';
  /** For values and items: the name they belong to. */
  readonly key: string | null;
  /** What has been written of the word so far. */
  readonly word: string;
}

interface Line {
  readonly indent: number;
  readonly dash: boolean;
  readonly key: string | null;
  readonly rest: string;
}

function read(text: string): Line {
  const [, space = '', dashes = '', body = ''] = /^(\s*)((?:-\s+)*)(.*)$/.exec(text) ?? [];
  const parts = /^([A-Za-z_][\w-]*):(?:\s+|$)(.*)$/.exec(body);
  return {
    // What stands behind a dash belongs to that entry: it counts as indented by the dash as well.
    indent: space.length + dashes.length,
    dash: dashes !== '',
    key: parts?.[1] ?? null,
    rest: parts === null ? body : (parts[2] ?? ''),
  };
}

/** Reads the place from the text before the cursor. Null inside comments. */
export function placeOf(before: string): Place | null {
  const lines = before.split('\n');
  const current = lines.at(-1) ?? '';
  if (/^\s*#|\s#/.test(current)) return null;
  const line = read(current);
  const parents = parentsOf(lines.slice(0, -1), line.indent, line.dash);
  const flow = /\{([^{}]*)$/.exec(current);
  if (flow !== null) return placeInFlow(flow[1] ?? '', line.key === null ? parents : [...parents, line.key]);
  if (line.key !== null) {
    const list = /\[([^\]]*)$/.exec(line.rest);
    const word = (list ? (list[1] ?? '').split(',').at(-1) : line.rest)?.trimStart() ?? '';
    return { path: parents, at: list ? 'item' : 'value', key: line.key, word };
  }
  const parent = parents.at(-1) ?? null;
  if (line.dash && parent !== null && LISTS_OF_WORDS.has(parent))
    return { path: parents.slice(0, -1), at: 'item', key: parent, word: line.rest };
  return { path: parents, at: 'key', key: null, word: line.rest };
}

/** Inside `{metric: returns, at_least: 3`: the same names and values, written in one line. */
function placeInFlow(inside: string, path: readonly string[]): Place {
  // Commas inside a list that is still open do not begin a new name.
  const open = inside.lastIndexOf('[') > inside.lastIndexOf(']') ? inside.lastIndexOf('[') : inside.length;
  const last = inside.slice(inside.slice(0, open).lastIndexOf(',') + 1);
  const [, key = null, rest = ''] = /^\s*([A-Za-z_][\w-]*):\s*(.*)$/.exec(last) ?? [];
  if (key === null) return { path, at: 'key', key: null, word: last.trimStart() };
  const list = /\[([^\]]*)$/.exec(rest);
  const word = list ? ((list[1] ?? '').split(',').at(-1) ?? '') : rest;
  return { path, at: list ? 'item' : 'value', key, word: word.trimStart() };
}

const LISTS_OF_WORDS = new Set(['obligations', 'surfaces', 'leave_out', 'labels']);

/** The names of the lines above that are indented less, each less than the one found before. */
function parentsOf(lines: readonly string[], indent: number, dash: boolean): string[] {
  const path: string[] = [];
  // A dash may stand directly under its name, without further indentation.
  let limit = dash ? indent - 1 : indent;
  for (const text of lines.toReversed()) {
    if (text.trim() === '' || /^\s*#/.test(text)) continue;
    const line = read(text);
    if (line.key === null || line.indent >= limit) {
      if (line.dash && line.indent < limit) limit = line.indent;
      continue;
    }
    if (line.rest === '') path.unshift(line.key);
    // An entry "- id: x" has its group one dash further out.
    limit = line.dash ? line.indent - 1 : line.indent;
    if (limit <= 0) break;
  }
  return path;
}

/** The names given by `id:` to the entries of a top-level list, for example of all ladders. */
export function idsIn(source: string, list: string): string[] {
  const ids: string[] = [];
  let inside = false;
  for (const text of source.split('\n')) {
    const top = /^([A-Za-z_]+):/.exec(text);
    if (top) inside = top[1] === list;
    const id = /^\s*-?\s*id:\s*([a-z0-9-]+)/.exec(text);
    if (inside && id?.[1] !== undefined) ids.push(id[1]);
  }
  return ids;
}
