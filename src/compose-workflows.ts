import { systemClock } from './adapters/clock.ts';
import { randomIds } from './adapters/ids.ts';
import { readLaws } from './adapters/jurisdictions.ts';
import { readLanguages } from './adapters/languages.ts';
import { createStore, type StoreContext } from './adapters/postgres/store.ts';
import { createVault } from './adapters/vault/vault.ts';
import type { Installation } from './compose.ts';
import type { Deps } from './ports/store.ts';

/** What workflows are given, on an open installation. */
export function workflowDeps(
  { db, masterKey, config }: Pick<Installation, 'db' | 'masterKey' | 'config'>,
  { clock = systemClock, ...more }: Partial<Pick<Deps, 'clock'>> & Pick<StoreContext, 'soon'> = {},
): Deps {
  const vault = createVault(masterKey);
  const ids = randomIds;
  const store = createStore(db, { vault, clock, ids, ...more });
  return { store, vault, clock, ids, languages: readLanguages(), laws: readLaws(), publicUrl: config.publicUrl };
}
