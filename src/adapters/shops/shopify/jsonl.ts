import { typeOf } from './ids.ts';

/** A root of a bulk operation's file with everything below it, put together as a query would have given it. */
export type Root = Record<string, unknown>;

export interface Roots {
  readonly roots: readonly Root[];
  /** How many bytes they take: reading goes on behind them. */
  readonly length: number;
  /** A line that is no JSON object, counted from 1 within these bytes; null: none. */
  readonly broken: number | null;
}

const NEWLINE = 0x0a;

/**
 * The whole roots in a stretch of a file that begins with a root. Children follow their parent, so a root is whole once the next one begins
 * or the file ends (`end`). At most `most` are taken, and no more once `full` says so.
 */
export function rootsIn(bytes: Buffer, end: boolean, most: number, full: (roots: readonly Root[]) => boolean): Roots {
  const roots: Root[] = [];
  let current: Tree | null = null;
  let start = 0;
  let line = 0;
  let at = 0;
  while (at < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline === -1 && !end) break;
    const until = newline === -1 ? bytes.length : newline;
    const item = until === at ? null : parsed(bytes.toString('utf8', at, until));
    line += 1;
    if (item === undefined) return { roots, length: start, broken: line };
    if (item !== null) {
      const parent = item.__parentId;
      if (typeof parent !== 'string') {
        if (current !== null) roots.push(current.root);
        start = at;
        current = null;
        if (roots.length >= most || full(roots)) return { roots, length: start, broken: null };
        current = new Tree(item);
      } else current?.add(parent, item);
    }
    at = until + 1;
  }
  if (!end || current === null) return { roots, length: end ? bytes.length : start, broken: null };
  return { roots: [...roots, current.root], length: bytes.length, broken: null };
}

/** Which field of its parent a child belongs to. */
const FIELDS: Readonly<Record<string, string>> = {
  LineItem: 'lineItems',
  Return: 'returns',
  ReturnLineItem: 'returnLineItems',
  UnverifiedReturnLineItem: 'returnLineItems',
};

class Tree {
  readonly root: Root;
  private readonly byId = new Map<unknown, Root>();

  constructor(root: Root) {
    this.root =
      typeOf(String(root.id)) === 'Order' ? { ...root, lineItems: { nodes: [] }, returns: { nodes: [] } } : root;
    this.byId.set(root.id, this.root);
  }

  add(parentId: string, item: Root): void {
    const { __parentId: _, ...child } = item;
    const type = typeOf(String(child.id)) ?? '';
    const field = FIELDS[type];
    const parent = this.byId.get(parentId);
    if (field === undefined || parent === undefined) return;
    const node = type === 'Return' ? { ...child, returnLineItems: { nodes: [] } } : child;
    this.byId.set(child.id, node);
    const list = parent[field] as { nodes: Root[] } | undefined;
    if (list === undefined) parent[field] = { nodes: [node] };
    else list.nodes.push(node);
  }
}

/** Undefined: it is no JSON object. */
function parsed(line: string): Root | null | undefined {
  if (line.trim() === '') return null;
  try {
    const item: unknown = JSON.parse(line);
    return typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Root) : undefined;
  } catch {
    return undefined;
  }
}
