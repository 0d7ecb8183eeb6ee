import type { LinkedAccount, LinkedAccounts, SharedIdentifier } from '../../../../contracts/links.ts';

/** Where something stands: middle of its box, x in hundredths of the width from the start side, y in rows. */
export interface Placed<T> {
  readonly what: T;
  readonly y: number;
}

/** How two accounts belong together, in one word: what staff said, or else what comparing says. */
export type LinkIs = 'confirmed' | 'split' | 'same' | 'probably_same' | 'household' | 'unlike' | 'unknown';

export const linkIs = ({ state, klass }: Pick<LinkedAccount, 'state' | 'klass'>): LinkIs =>
  state === 'confirmed' || state === 'split' ? state : (klass ?? 'unknown');

/** A line of the drawing, from the start side to the end. */
export interface Edge {
  readonly key: string;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  /** Pixels. */
  readonly width: number;
  readonly dashed: boolean;
}

export interface GraphLayout {
  readonly rows: number;
  readonly own: number;
  readonly shared: readonly Placed<SharedIdentifier>[];
  readonly accounts: readonly Placed<LinkedAccount>[];
  readonly edges: readonly Edge[];
}

/** Columns: the customer, what is shared, the other accounts; where boxes end and begin, in hundredths of the width. */
export const COLUMNS = { own: [0, 27], shared: [35, 64], accounts: [72, 100] } as const;
const THINNEST = 1.5;
const THICKEST = 6;

/** Three columns: the customer, what they share, and with whom. Each column stands in the middle of the highest. */
export function layOut({ accounts, shared }: LinkedAccounts): GraphLayout {
  const rows = Math.max(accounts.length, shared.length, 1);
  const placed = <T>(all: readonly T[]): Placed<T>[] =>
    all.map((what, place) => ({ what, y: (rows - all.length) / 2 + place + 0.5 }));
  const own = rows / 2;
  const [sharedAt, accountsAt] = [placed(shared), placed(accounts)];
  const yOf = new Map(accountsAt.map(({ what, y }) => [what.id, y]));
  const edges: Edge[] = [];
  for (const { what, y } of sharedAt) {
    edges.push({
      key: `own ${what.kind} ${y}`,
      from: { x: COLUMNS.own[1], y: own },
      to: { x: COLUMNS.shared[0], y },
      width: THINNEST,
      dashed: false,
    });
    for (const account of what.accounts) {
      const to = yOf.get(account);
      const other = accounts.find(({ id }) => id === account);
      if (to === undefined || other === undefined) continue;
      edges.push({
        key: `${what.kind} ${y} ${account}`,
        from: { x: COLUMNS.shared[1], y },
        to: { x: COLUMNS.accounts[0], y: to },
        ...strengthOf(other),
      });
    }
  }
  const joined = new Set(shared.flatMap((each) => each.accounts));
  for (const { what, y } of accountsAt)
    if (!joined.has(what.id))
      edges.push({
        key: `own ${what.id}`,
        from: { x: COLUMNS.own[1], y: own },
        to: { x: COLUMNS.accounts[0], y },
        ...strengthOf(what),
      });
  return { rows, own, shared: sharedAt, accounts: accountsAt, edges };
}

/** The likelier that it is one person, the thicker; broken where it is somebody else. */
function strengthOf(account: LinkedAccount): Pick<Edge, 'width' | 'dashed'> {
  const is = linkIs(account);
  if (is === 'confirmed') return { width: THICKEST, dashed: false };
  if (is === 'same' || is === 'probably_same')
    return { width: THINNEST + (THICKEST - THINNEST) * 0.8 * (account.likelihood ?? 0), dashed: false };
  return { width: THINNEST, dashed: true };
}

export type GraphMove = 'next' | 'previous' | 'first' | 'last';

/** Where the focus goes: through the nodes in reading order, without an end that leads on. */
export function moved(at: number, count: number, move: GraphMove): number {
  switch (move) {
    case 'next':
      return Math.min(count - 1, at + 1);
    case 'previous':
      return Math.max(0, at - 1);
    case 'first':
      return 0;
    case 'last':
      return count - 1;
  }
}
