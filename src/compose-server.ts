import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { createBlobs } from './adapters/blobs/blobs.ts';
import { systemClock } from './adapters/clock.ts';
import { createCredentials } from './adapters/credentials.ts';
import { randomIds } from './adapters/ids.ts';
import { createDecisionJournal } from './adapters/journal/decision-journal.ts';
import { readLaws } from './adapters/jurisdictions.ts';
import { readLanguages } from './adapters/languages.ts';
import { openDisposableDomains } from './adapters/live/disposable-domains.ts';
import { createMailer } from './adapters/mail/mailer.ts';
import { guardedFetch } from './adapters/net/guarded-fetch.ts';
import { createHookWire } from './adapters/net/hook-wire.ts';
import { openNetworks } from './adapters/network/hosting.ts';
import { createPictures } from './adapters/pictures/pictures.ts';
import { createChangeFeed } from './adapters/postgres/change-feed.ts';
import { createConsoleReads } from './adapters/postgres/console/reads.ts';
import { createLiveStore } from './adapters/postgres/live/live.ts';
import { createPolicyDrafts } from './adapters/postgres/policies/drafts.ts';
import type { Database } from './adapters/postgres/schema.ts';
import { findShop } from './adapters/postgres/shops/find-shop.ts';
import { createShopStore } from './adapters/postgres/shops/shops.ts';
import { createAttemptStore } from './adapters/postgres/staff/attempts.ts';
import { createKeyStore } from './adapters/postgres/staff/keys.ts';
import { createSessionStore } from './adapters/postgres/staff/sessions.ts';
import { createStaffStore } from './adapters/postgres/staff/staff.ts';
import { createStore, type StoreContext } from './adapters/postgres/store.ts';
import { Refusal } from './adapters/refusal.ts';
import { createPlatforms } from './adapters/shops/platforms.ts';
import { createVault } from './adapters/vault/vault.ts';
import { databaseReadiness, type Installation } from './compose.ts';
import type { Config } from './config.ts';
import type { LogTarget } from './http/logging.ts';
import type { ServerDeps } from './http/server.ts';
import type { Clock } from './ports.ts';
import { PolicyShelf } from './workflows/console/policy-shelf.ts';
import { ensureOwner } from './workflows/desk/first-run.ts';
import { LiveRules, type LiveRulesDeps } from './workflows/live/live-rules.ts';

const ROOT = join(import.meta.dirname, '..');

/** The largest file the console takes in, in bytes; larger ones are for the command line. */
const LARGEST_UPLOAD = 5_000_000_000;

/** The policy a new shop starts with. */
export const DEFAULT_POLICY_FILE = join(ROOT, 'policies', 'fair-play.yaml');

/** What the HTTP server works with, on an open installation. */
export async function serverDeps(
  installation: Pick<Installation, 'db' | 'pool' | 'masterKey' | 'serviceUrl'> & {
    readonly config: Pick<Config, 'dataFolder' | 'publicUrl'> &
      Partial<Pick<Config, 'mailServer' | 'privateAddresses' | 'networksFolder'>>;
  },
  {
    clock = systemClock,
    log = { level: 'warn' },
    ...more
  }: { readonly clock?: Clock; readonly log?: LogTarget } & Pick<StoreContext, 'soon'> = {},
): Promise<ServerDeps> {
  const { masterKey, config } = installation;
  const reaching = { allowPrivate: config.privateAddresses ?? false };
  const db: Kysely<Database> = installation.db;
  const vault = createVault(masterKey);
  const credentials = createCredentials(masterKey);
  const store = createStore(db, { vault, clock, ids: randomIds, ...more });
  const policies = new PolicyShelf(store.policies);
  return {
    clock,
    ids: randomIds,
    languages: readLanguages(),
    laws: readLaws(),
    publicUrl: installation.config.publicUrl,
    mailer: createMailer(),
    mailServer: installation.config.mailServer ?? null,
    vault,
    credentials,
    staff: createStaffStore(db, vault, credentials),
    sessions: createSessionStore(db, vault),
    attempts: createAttemptStore(db),
    shops: createShopStore(db),
    keys: createKeyStore(db),
    store,
    policies,
    live: liveRules(installation, { vault, clock, policies }),
    changes: createChangeFeed(installation.serviceUrl),
    journal: createDecisionJournal({ folder: join(config.dataFolder, 'decisions'), vault }),
    shopOf: (shop) => findShop(db, shop),
    reads: createConsoleReads(db, vault, clock),
    drafts: createPolicyDrafts(db, vault),
    defaultPolicy: await readFile(DEFAULT_POLICY_FILE, 'utf8'),
    platforms: createPlatforms(),
    // What a shop system gives of its past may be one large file, read as it comes.
    fetch: guardedFetch({ ...reaching, largest: LARGEST_UPLOAD }),
    hookWire: createHookWire(vault, reaching),
    blobs: createBlobs(db, vault, installation.config.dataFolder),
    pictures: createPictures(),
    uploadsFolder: join(installation.config.dataFolder, 'uploads'),
    largestUpload: LARGEST_UPLOAD,
    examplesFolder: join(ROOT, 'docs', 'formats', 'examples'),
    webFolder: join(ROOT, 'dist', 'web'),
    readiness: databaseReadiness(installation),
    log,
  };
}

function liveRules(
  { db, config }: Parameters<typeof serverDeps>[0],
  deps: Pick<LiveRulesDeps, 'vault' | 'clock' | 'policies'>,
): LiveRules {
  const onTrouble = (message: string): void => live.fault(new Error(message));
  const live = new LiveRules({
    ...deps,
    ids: randomIds,
    disposable: openDisposableDomains({ onTrouble }),
    networks: openNetworks({ folder: config.networksFolder, onTrouble }),
    store: createLiveStore(db),
  });
  return live;
}

/** Unattended set-up: makes the owner that the environment names, unless somebody works here already. */
export async function ensureFirstOwner(deps: ServerDeps, { owner }: Pick<Config, 'owner'>): Promise<void> {
  if (owner === undefined) return;
  const made = await ensureOwner(deps, owner);
  if (!made.ok && made.error.kind === 'invalid') throw new Refusal(`EVENHAND_OWNER_PASSWORD ${made.error.message}.`);
}
