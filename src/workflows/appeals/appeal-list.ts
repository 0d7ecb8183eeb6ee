import { workingDaysLeft } from '../../core/appeals/deadline.ts';
import { isOverdue, stateAt } from '../../core/appeals/fold.ts';
import { appealStates, isOpen } from '../../core/appeals/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Face } from '../../ports/console.ts';
import type { AppealRecord } from '../../ports/hearing.ts';
import type { MeasureRecord } from '../../ports/standing.ts';
import type { Shop } from '../../ports.ts';
import { countingOf } from './about.ts';
import { type AppealPageDeps, namesOf, type StaffNames } from './appeal-page.ts';

/** An appeal as a list shows it. */
export interface ListedAppeal {
  readonly appeal: AppealRecord;
  readonly face: Face;
  readonly measure: MeasureRecord;
  readonly overdue: boolean;
  readonly workingDays: number;
  readonly names: StaffNames;
}

export interface AppealsWanted {
  readonly show: 'open' | 'closed';
  /** Only this customer's, all of them. */
  readonly customer: CustomerId | null;
  readonly after: { readonly at: Instant; readonly id: string } | null;
  readonly limit: number;
}

/** Open appeals by their deadline, or closed ones the last decided first, with whom and what they are about: five queries, however many. */
export async function appealList(
  deps: AppealPageDeps,
  shop: Shop,
  wanted: AppealsWanted,
): Promise<readonly ListedAppeal[]> {
  const { show, customer, after, limit } = wanted;
  const shown = (appeal: Pick<AppealRecord, 'state'>) => isOpen(appeal.state) === (show === 'open');
  const records =
    customer === null
      ? await deps.store.appeals.list(shop.id, {
          states: appealStates.filter((state) => shown({ state })),
          after,
          limit,
        })
      : after === null
        ? (await deps.store.appeals.ofCustomer(shop.id, customer)).filter(shown).slice(0, limit)
        : [];
  return listed(deps, shop, records);
}

async function listed(
  deps: AppealPageDeps,
  shop: Shop,
  records: readonly AppealRecord[],
): Promise<readonly ListedAppeal[]> {
  if (records.length === 0) return [];
  const [faces, measures, colleagues] = await Promise.all([
    deps.reads.faces(shop.id, [...new Set(records.map((record) => record.customer))]),
    deps.store.standing.measures(shop.id, [...new Set(records.map((record) => record.measure))]),
    deps.staff.colleagues(shop.id),
  ]);
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  return records.map((record) => {
    const measure = known.get(record.measure);
    if (measure === undefined) throw new Error('An appeal about no measure');
    const face = faces.get(record.customer) ?? { id: record.customer, name: null, externalId: null };
    return listedOf(deps, shop, record, face, measure, namesOf(colleagues));
  });
}

export function listedOf(
  deps: Pick<AppealPageDeps, 'clock' | 'laws'>,
  shop: Shop,
  record: AppealRecord,
  face: Face,
  measure: MeasureRecord,
  names: StaffNames,
): ListedAppeal {
  const now = deps.clock.now();
  const appeal = { ...record, state: stateAt(record, now) };
  return {
    appeal,
    face,
    measure,
    overdue: isOverdue(appeal, now),
    workingDays: isOpen(appeal.state) ? workingDaysLeft(appeal.dueAt, now, countingOf(deps, shop)) : 0,
    names,
  };
}
