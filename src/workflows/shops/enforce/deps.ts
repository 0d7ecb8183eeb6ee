import type { FaultKind } from '../../../core/enforcement/back-off.ts';
import { platforms } from '../../../core/enforcement/types.ts';
import type { ShownPart } from '../../../ports/ledger.ts';
import type { Connection, MarkedCustomer } from '../../../ports/platforms.ts';
import type { ShopsDeps } from '../deps.ts';

/** What carrying measures to shop systems takes. */
export interface EnforceDeps extends ShopsDeps {
  /** Hears of what broke here: it is tried again. */
  readonly onFault: (error: unknown) => void;
}

/** What came of a turn: more may be to do at once · that was all · nothing of this connection goes on now. */
export type Turn = 'more' | 'all' | 'stop';

/** How somebody is known at a connection's platform: the number only where it is one of that platform's. */
export function whoAt(
  { numberPrefix }: Pick<Connection, 'numberPrefix'>,
  known: Pick<ShownPart, 'externalId' | 'email'>,
): MarkedCustomer {
  const { externalId, email } = known;
  const isTheirs =
    externalId?.startsWith(numberPrefix) === true && !(numberPrefix === '' && OF_A_LATER.test(externalId));
  return { externalId: isTheirs ? externalId.slice(numberPrefix.length) : null, email: email ?? null };
}

/** Numbers of a shop's first system have no prefix, and those of every later one do. */
const OF_A_LATER = new RegExp(`^(?:${platforms.join('|')})(?:-\\d+)?:`);

/** Something of our own broke while the platform was being asked. */
export const OWN_FAULT = { kind: 'fault' } as const satisfies { readonly kind: FaultKind };

/** For so long what was taken belongs to who took it. A platform so slow that a batch takes longer is told again within a day. */
export const LEASE_MS = 120_000;
/** Marks are told anew so often, in case somebody took them away there, or the policy's words changed. */
export const AGAIN_MS = 86_400_000;

/** Does work on items, some at once; the results come in order. */
export async function eachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = new Array<R>(items.length);
  let next = 0;
  const run = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, run));
  return results;
}
