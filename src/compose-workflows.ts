import { systemClock } from './adapters/clock.ts';
import { randomIds } from './adapters/ids.ts';
import { readLanguages } from './adapters/languages.ts';
import { createStore, type StoreContext } from './adapters/postgres/store.ts';
import { createVault } from './adapters/vault/vault.ts';
import type { Installation } from './compose.ts';
import type { Deps } from './ports/store.ts';

/** What workflows are given, on an open installation. */
export function workflowDeps(
  { db, masterKey }: Pick<Installation, 'db' | 'masterKey'>,
  { clock = systemClock, ...more }: Partial<Pick<Deps, 'clock'>> & Pick<StoreContext, 'assessSoon'> = {},
): Deps {
  const vault = createVault(masterKey);
  const ids = randomIds;
  return { store: createStore(db, { vault, clock, ids, ...more }), vault, clock, ids, languages: readLanguages() };
}
