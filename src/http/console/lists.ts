import type { z } from 'zod';
import type { exportLayout } from '../../contracts/files.ts';
import type { MeasureState } from '../../core/measures/types.ts';
import { currencyExponent } from '../../core/shared/money.ts';
import { formatInstant, type Instant } from '../../core/shared/time.ts';
import type { ConsoleReads, CustomerListing, CustomersWanted, MeasuresWanted } from '../../ports/console.ts';
import type { ShownPart } from '../../ports/ledger.ts';
import type { Shop } from '../../ports.ts';
import { BYTE_ORDER_MARK, csvLine, decimalOf } from './csv.ts';
import { sortedBy } from './list-routes.ts';

export type Layout = z.infer<typeof exportLayout>;
type Cell = string | number | null;

const EXPORT_PAGE = 500;

interface CustomerLayout {
  readonly headings: readonly string[];
  readonly cells: (row: CustomerListing, shown: ShownPart, shop: Shop) => readonly Cell[];
}

/** A customer as each platform takes a list of them in. Where it has no field for a standing, a tag or a column of ours says it. */
const layouts: Readonly<Record<Layout, CustomerLayout>> = {
  plain: {
    headings: [
      'id',
      'customer_number',
      'name',
      'standing',
      'standing_since',
      'standing_until',
      'orders',
      'ordered_value',
      'returns',
      'returned_value',
      'currency',
      'first_event',
      'last_event',
    ],
    cells: (row, _shown, shop) => [
      row.id,
      row.externalId,
      row.name,
      row.standing,
      isoOrNull(row.standingSince),
      isoOrNull(row.standingUntil),
      row.orders,
      decimalOf(row.orderedValue, currencyExponent(shop.currency)),
      row.returns,
      decimalOf(row.returnedValue, currencyExponent(shop.currency)),
      shop.currency,
      formatInstant(row.firstAt),
      formatInstant(row.lastAt),
    ],
  },
  shopify: {
    headings: ['First Name', 'Last Name', 'Email', 'Phone', 'Tags'],
    cells: (row, shown) => [...twoNames(row.name), shown.email ?? null, shown.phone ?? null, tagOf(row)],
  },
  woocommerce: {
    headings: ['user_email', 'first_name', 'last_name', 'billing_phone', 'evenhand_standing', 'evenhand_until'],
    cells: (row, shown) => [
      shown.email ?? null,
      ...twoNames(row.name),
      shown.phone ?? null,
      row.standing,
      isoOrNull(row.standingUntil),
    ],
  },
};

/** Customers as CSV, page by page, so that a shop of any size is never in memory at once. */
export async function* customersCsv(
  reads: ConsoleReads,
  shop: Shop,
  wanted: Pick<CustomersWanted, 'standings' | 'sort' | 'search'>,
  layout: Layout,
): AsyncGenerator<string> {
  const { headings, cells } = layouts[layout];
  yield BYTE_ORDER_MARK + csvLine(headings);
  let after: CustomersWanted['after'] = null;
  for (;;) {
    const rows = await reads.customers(shop.id, { ...wanted, after, limit: EXPORT_PAGE });
    const shown =
      layout === 'plain'
        ? new Map<CustomerListing['id'], ShownPart>()
        : await reads.addresses(
            shop.id,
            rows.map(({ id }) => id),
          );
    yield rows.map((row) => csvLine(cells(row, shown.get(row.id) ?? {}, shop))).join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < EXPORT_PAGE) return;
    after = { value: sortedBy(last, wanted.sort), id: last.id };
  }
}

/** Measures as CSV, in the columns that the format measures-csv reads, with more behind them. */
export async function* measuresCsv(
  reads: ConsoleReads,
  shop: Shop,
  state: MeasureState | null,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK +
    csvLine([
      'customer',
      'email',
      'type',
      'surfaces',
      'obligations',
      'until',
      'reason',
      'state',
      'since',
      'ended',
      'rules',
      'measure',
    ]);
  let after: MeasuresWanted['after'] = null;
  for (;;) {
    const rows = await reads.measures(shop.id, {
      state,
      type: null,
      ending: null,
      customer: null,
      after,
      limit: EXPORT_PAGE,
    });
    const [shown, reasons] = await Promise.all([
      reads.addresses(
        shop.id,
        rows.map(({ customer }) => customer),
      ),
      reads.reasons(shop.id, rows),
    ]);
    yield rows
      .map((row) => {
        const { externalId, email } = shown.get(row.customer) ?? {};
        return csvLine([
          externalId ?? null,
          email ?? null,
          row.type,
          row.surfaces.join(' '),
          row.obligations.join(' '),
          formatInstant(row.until),
          reasons.get(row.id) ?? null,
          row.state,
          formatInstant(row.startedAt),
          isoOrNull(row.endedAt),
          row.rules.join(' '),
          row.id,
        ]);
      })
      .join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < EXPORT_PAGE) return;
    after = { value: last.startedAt, id: last.id };
  }
}

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));

/** "evenhand-blocked"; empty for whoever is in good standing: Shopify then takes no tag from the file. */
const tagOf = ({ standing }: CustomerListing): string => (standing === 'good' ? '' : `evenhand-${standing}`);

/** Platforms have two fields for a name: what comes last is the last name. */
function twoNames(name: string | null): readonly [string, string] {
  const words = (name ?? '').trim().split(/\s+/);
  return words.length < 2 ? [name ?? '', ''] : [words.slice(0, -1).join(' '), words.at(-1) ?? ''];
}
