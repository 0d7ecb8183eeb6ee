import { readFile } from 'node:fs/promises';
import { hasFinishedImport } from './adapters/postgres/imports/finished-import.ts';
import { createShopStore } from './adapters/postgres/shops/shops.ts';
import { firstOwner } from './adapters/postgres/staff/first-owner.ts';
import { Refusal } from './adapters/refusal.ts';
import type { Installation } from './compose.ts';
import { DEFAULT_POLICY_FILE } from './compose-server.ts';
import { workflowDeps } from './compose-workflows.ts';
import type { Deps } from './ports/store.ts';
import type { Shop } from './ports.ts';
import { sampleShopFacts } from './sample/sample-shop.ts';
import { assessAllDue } from './workflows/assess/assess-due.ts';
import { PolicyShelf } from './workflows/console/policy-shelf.ts';
import { makeShop } from './workflows/desk/shops.ts';
import { type LoadedSample, type LoadSampleOptions, loadSample } from './workflows/load-sample.ts';

type Opened = Pick<Installation, 'db' | 'masterKey' | 'config'>;

/** The demo shop with the whole sample in it: made and loaded unless it is there already. */
export async function ensureDemo(
  installation: Opened,
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const deps = workflowDeps(installation);
  const shop = await sampleShop(installation, deps, sampleShopFacts.slug);
  if (await hasFinishedImport(installation.db, shop.id, 'sample')) return;
  say(`Loading the sample shop "${shop.name}"`);
  const loaded = await loadInto(installation, deps, shop, { signal });
  if (loaded.status === 'done')
    say(`Loaded the sample shop: ${loaded.events.toLocaleString('en')} events to ${loaded.lastDay}`);
}

/** The shop of that slug; made as the sample's own when there is none. It belongs to the first owner, if there is one yet. */
export async function sampleShop({ db }: Opened, deps: Deps, slug: string): Promise<Shop> {
  const shops = createShopStore(db);
  const existing = await shops.bySlug(slug);
  if (existing !== null) return existing;
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(slug))
    throw new Refusal(`"${slug}" cannot be a shop's short name: use up to 60 lower-case letters, digits and hyphens.`);
  const { name, currency, timeZone, languages, jurisdictions } = sampleShopFacts;
  const defaultPolicy = await readFile(DEFAULT_POLICY_FILE, 'utf8');
  const made = await makeShop(
    { ...deps, shops, defaultPolicy },
    { name, slug, currency, timeZone, languages, jurisdictions },
    await firstOwner(db),
  );
  if (!made.ok) throw new Refusal(made.error.message);
  return made.value;
}

/**
 * Loads the sample and assesses everybody in it; what staff decided in its past is put down to the first owner. Throws a
 * `Refusal` for another edition.
 */
export async function loadInto(
  { db }: Opened,
  deps: Deps,
  shop: Shop,
  options: Pick<LoadSampleOptions, 'signal' | 'onProgress'>,
): Promise<LoadedSample> {
  const loaded = await loadSample(deps, shop, { ...options, startedBy: await firstOwner(db) });
  if (!loaded.ok) throw new Refusal(loaded.error.message);
  const { signal } = options;
  if (loaded.value.status === 'done')
    await assessAllDue(
      { ...deps, policies: new PolicyShelf(deps.store.policies) },
      shop,
      signal === undefined ? {} : { signal },
    );
  return loaded.value;
}
