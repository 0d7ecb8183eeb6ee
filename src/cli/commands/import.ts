import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createShopStore } from '../../adapters/postgres/shops/shops.ts';
import { firstOwner } from '../../adapters/postgres/staff/first-owner.ts';
import { Refusal } from '../../adapters/refusal.ts';
import type { Installation } from '../../compose.ts';
import { DEFAULT_POLICY_FILE } from '../../compose-server.ts';
import { workflowDeps } from '../../compose-workflows.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { assessAllDue } from '../../workflows/assess/assess-due.ts';
import { PolicyShelf } from '../../workflows/console/policy-shelf.ts';
import { makeShop } from '../../workflows/desk/shops.ts';
import { FileFault } from '../../workflows/import/fault.ts';
import type { FormatName } from '../../workflows/import/format.ts';
import { formatNames } from '../../workflows/import/formats.ts';
import { type ImportReport, importFile } from '../../workflows/import/import-file.ts';
import { fileSource, type ImportSource } from '../../workflows/import/source.ts';
import { defineCommand, type Terminal, UsageError } from '../frame.ts';
import { withInstallation } from '../installation.ts';
import { type Progress, startProgress } from '../progress.ts';

/** The published data set says itself where its shop is. */
const KNOWN: Partial<Record<FormatName, { readonly currency: string; readonly timeZone: string }>> = {
  'online-retail': { currency: 'GBP', timeZone: 'Europe/London' },
};

export default defineCommand({
  name: 'import',
  summary: 'Imports a file of orders, returns or events; again adds only what is missing',
  positionals: [{ name: 'FILE', about: 'the file, plain or gzipped' }],
  options: {
    shop: { type: 'string', value: 'SLUG', about: 'the shop; made if there is none', required: true },
    format: { type: 'string', value: 'FORMAT', about: 'what the file holds', required: true, choices: formatNames },
    currency: { type: 'string', value: 'CODE', about: "a new shop's currency: EUR" },
    'time-zone': { type: 'string', value: 'ZONE', about: "a new shop's time zone: Europe/Amsterdam" },
    meant: { type: 'boolean', about: 'takes entries of lists that hit many: wide networks, domains of everybody' },
    json: { type: 'boolean', about: 'Prints the report as JSON' },
  },
  examples: [
    'evenhand import orders.csv --shop linde --format orders-csv --currency EUR --time-zone Europe/Amsterdam',
    'evenhand import online-retail.csv.gz --shop gifts --format online-retail',
  ],
  run: async (call) => {
    const { options, terminal, signal } = call;
    const format = options.format as FormatName;
    const [file] = call.positionals;
    if (file === undefined) throw new UsageError('"import" needs FILE.');
    const source = await openSource(resolve(call.workingFolder, file));
    return withInstallation(call, async (installation) => {
      const deps = workflowDeps(installation);
      const shop = await shopFor(installation, deps, format, {
        slug: options.shop,
        currency: options.currency,
        timeZone: options['time-zone'],
      });
      const bars = new Bars(terminal, source);
      const report = await importFile(deps, {
        shop,
        format,
        source,
        meant: options.meant,
        signal,
        onProgress: ({ rowsRead, bytesRead }, phase) => bars.update(phase, rowsRead, bytesRead),
      }).finally(() => bars.finish());
      if (options.json) terminal.out(JSON.stringify(report, null, 2));
      else for (const line of describe(report, source.name, shop)) terminal.out(line);
      if (report.status === 'done') await assess(installation, deps, shop, terminal, signal);
      return report.status === 'done' ? 0 : 1;
    });
  },
});

async function openSource(path: string): Promise<ImportSource> {
  try {
    return await fileSource(path);
  } catch (error) {
    throw error instanceof FileFault ? new Refusal(error.message) : error;
  }
}

interface Wish {
  readonly slug: string;
  readonly currency: string | undefined;
  readonly timeZone: string | undefined;
}

async function shopFor({ db }: Installation, deps: Deps, format: FormatName, wish: Wish): Promise<Shop> {
  const shops = createShopStore(db);
  const known = await shops.bySlug(wish.slug);
  if (known !== null) {
    if (wish.currency !== undefined && wish.currency.toUpperCase() !== known.currency)
      throw new Refusal(
        `The shop "${known.slug}" counts in ${known.currency}, not in ${wish.currency}: leave --currency out, or import into another shop.`,
      );
    if (wish.timeZone !== undefined && wish.timeZone !== known.timeZone)
      throw new Refusal(
        `The clocks of the shop "${known.slug}" are those of ${known.timeZone}, not of ${wish.timeZone}: leave --time-zone out.`,
      );
    return known;
  }
  const currency = wish.currency ?? KNOWN[format]?.currency;
  const timeZone = wish.timeZone ?? KNOWN[format]?.timeZone;
  if (currency === undefined || timeZone === undefined)
    throw new Refusal(
      `There is no shop "${wish.slug}" yet. To make it, add its currency and time zone: --currency EUR --time-zone Europe/Amsterdam.`,
    );
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(wish.slug))
    throw new Refusal(
      `"${wish.slug}" cannot be a shop's short name: use up to 60 lower-case letters, digits and hyphens.`,
    );
  const made = await makeShop(
    { ...deps, shops, defaultPolicy: await readFile(DEFAULT_POLICY_FILE, 'utf8') },
    { name: wish.slug, slug: wish.slug, currency, timeZone, languages: ['en'], jurisdictions: [] },
    await firstOwner(db),
  );
  if (!made.ok) throw new Refusal(`${made.error.message}.`.replace(/\.\.$/, '.'));
  return made.value;
}

/** One bar for looking through the file, then one for importing it. */
class Bars {
  readonly #terminal: Terminal;
  readonly #source: ImportSource;
  #phase: 'checking' | 'importing' | null = null;
  #bar: Progress | null = null;
  #rows = 0;

  constructor(terminal: Terminal, source: ImportSource) {
    this.#terminal = terminal;
    this.#source = source;
  }

  update(phase: 'checking' | 'importing', rows: number, bytes: number): void {
    if (phase !== this.#phase) {
      this.#bar?.finish();
      this.#phase = phase;
      this.#bar =
        phase === 'checking'
          ? startProgress(this.#terminal, {
              label: `Checking ${this.#source.name}`,
              unit: 'bytes',
              total: this.#source.bytes,
            })
          : startProgress(this.#terminal, { label: `Importing ${this.#source.name}`, unit: 'rows', total: this.#rows });
    }
    if (phase === 'checking') this.#rows = rows;
    this.#bar?.update(phase === 'checking' ? bytes : rows);
  }

  finish(): void {
    this.#bar?.finish();
    this.#bar = null;
  }
}

const number = (count: number): string => count.toLocaleString('en');

function describe(report: ImportReport, name: string, shop: Shop): string[] {
  const lines = [
    `${name} into ${shop.slug}: ${number(report.added)} ${report.added === 1 ? 'event' : 'events'} added, ${number(report.known)} known already, ${number(report.conflicts)} in conflict.`,
  ];
  if (report.skipped.length > 0) lines.push('', 'Left out, or worth knowing:');
  for (const { reason, count, examples } of report.skipped) {
    lines.push(`  ${number(count).padStart(9)}  ${reason}`);
    for (const example of examples.slice(0, 3)) lines.push(`             ${example.where}: ${example.what}`);
  }
  if (report.status === 'failed') lines.push('', report.error ?? 'The import failed.');
  if (report.status === 'interrupted') lines.push('', 'Stopped. The same command goes on where this one stopped.');
  return lines;
}

async function assess(
  installation: Installation,
  deps: Deps,
  shop: Shop,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const total = await deps.store.standing.countDue(shop.id, deps.clock.now());
  if (total === 0) return;
  const bar = startProgress(terminal, { label: 'Assessing', unit: 'customers', total });
  const policies = new PolicyShelf(deps.store.policies);
  await assessAllDue({ ...deps, policies }, shop, { signal, onProgress: bar.update });
  bar.finish();
  await othersDone(deps, shop, signal);
  const { waiting } = await installation.db
    .selectFrom('proposal')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('shop_id', '=', shop.id)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  terminal.err(`${number(waiting)} ${waiting === 1 ? 'proposal waits' : 'proposals wait'} for a person.`);
}

/** Waits, but not for long, for customers that a running service is assessing at this moment. */
async function othersDone({ store, clock }: Deps, shop: Shop, signal: AbortSignal): Promise<void> {
  for (let tries = 0; tries < 50 && !signal.aborted; tries += 1) {
    if ((await store.standing.countDue(shop.id, clock.now())) === 0) return;
    await setTimeout(100);
  }
}
