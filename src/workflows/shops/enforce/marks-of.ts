import { type BareMarks, desiredMarks, marksChangeAt, NO_MARKS, refusal } from '../../../core/enforcement/desired.ts';
import type { CustomerMarks, Sentence } from '../../../core/enforcement/types.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import { type Instant, instant } from '../../../core/shared/time.ts';
import type { Connection } from '../../../ports/platforms.ts';
import type { Restricted } from '../../../ports/standing.ts';
import type { Shop } from '../../../ports.ts';
import { explain } from '../../decide/message.ts';
import { AGAIN_MS, type EnforceDeps } from './deps.ts';

/** What is to be shown of one customer, and when to look again by itself (null: nothing changes without being told). */
export interface MarksNow {
  readonly marks: CustomerMarks;
  readonly nextAt: Instant | null;
}

type MarksDeps = Pick<EnforceDeps, 'store' | 'policies' | 'languages'>;

/** What is to be shown of some customers now: what is in force, less whom the shop vouched for. `erased`: those of whom nothing is shown. */
export async function marksOf(
  deps: MarksDeps,
  shop: Shop,
  connection: Pick<Connection, 'settings'>,
  customers: readonly { readonly customer: CustomerId; readonly erased: boolean }[],
  now: Instant,
): Promise<ReadonlyMap<CustomerId, MarksNow>> {
  const restricted = connection.settings.marks
    ? await deps.store.enforcement.restrictedAmong(
        shop.id,
        customers.map(({ customer }) => customer),
      )
    : [];
  const allowed = restricted.length === 0 ? new Map<string, Instant>() : await deps.store.enforcement.allowed(shop.id);
  const known = new Map(restricted.map((each) => [each.customer, each]));
  const speak = speaker(deps, shop);
  const marks = new Map<CustomerId, MarksNow>();
  for (const { customer, erased } of customers) {
    const own = known.get(customer);
    marks.set(customer, own === undefined ? NOTHING : await marksNow(own, allowed, { erased, now, speak }));
  }
  return marks;
}

const NOTHING: MarksNow = { marks: { ...NO_MARKS, sentences: [] }, nextAt: null };

/** Gives a customer's marks with what they are to read where they are refused. */
export async function marksNow(
  own: Restricted,
  allowed: ReadonlyMap<string, Instant>,
  { erased, now, speak }: { readonly erased: boolean; readonly now: Instant; readonly speak: Speaker },
): Promise<MarksNow> {
  const vouchedUntil = vouchedUntilOf(own, allowed, now);
  const bare = desiredMarks({ measures: own.measures, allowListed: vouchedUntil !== null, erased }, now);
  const changeAt = erased ? null : marksChangeAt(own.measures, vouchedUntil, now);
  return { marks: { ...bare, sentences: await speak(own, bare, now) }, nextAt: nextLook(bare, changeAt, now) };
}

/** Until when somebody vouched for one of the customer's identifiers; null: nobody does now. */
export function vouchedUntilOf(own: Restricted, allowed: ReadonlyMap<string, Instant>, now: Instant): Instant | null {
  const ends = own.hashes.flatMap((hash) => allowed.get(hash) ?? []).filter((end) => end > now);
  return ends.length === 0 ? null : instant(Math.max(...ends));
}

function nextLook({ as }: BareMarks, changeAt: Instant | null, now: Instant): Instant | null {
  const again = as === null ? null : instant(now + AGAIN_MS);
  if (changeAt === null || again === null) return changeAt ?? again;
  return changeAt < again ? changeAt : again;
}

export type Speaker = (own: Restricted, marks: BareMarks, now: Instant) => Promise<readonly Sentence[]>;

/** Says refusals in each of the shop's languages. The same measures are put into words once. */
export function speaker(deps: Pick<EnforceDeps, 'policies' | 'languages'>, shop: Shop): Speaker {
  const codes = [...new Set(shop.languages.map((tag) => deps.languages.firstOf([tag]).code))];
  const said = new Map<string, readonly Sentence[]>();
  return async ({ measures }, { refused }, now) => {
    if (refused.length === 0) return [];
    const key = JSON.stringify([
      refused,
      measures.map(({ id, until, rules, policyVersion }) => [id, until, rules, policyVersion]),
    ]);
    const before = said.get(key);
    if (before !== undefined) return before;
    const sentences: Sentence[] = [];
    for (const surface of refused)
      for (const language of codes) {
        const { message } = await explain(deps, shop, refusal(measures, surface, now), language);
        if (message !== null) sentences.push({ surface, language: message.language, text: message.text });
      }
    said.set(key, sentences);
    return sentences;
  };
}
