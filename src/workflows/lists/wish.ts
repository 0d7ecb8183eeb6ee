import { phoneRegion } from '../../core/identity/region.ts';
import { isStronger, usualAnswer } from '../../core/lists/answers.ts';
import { turnsAgainst } from '../../core/lists/change.ts';
import { checkEnd, usualEnd } from '../../core/lists/ends.ts';
import { normaliseEntry, whyNoEntry } from '../../core/lists/normal.ts';
import type { EntryAnswer, EntryType, ListName } from '../../core/lists/types.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { EntryToWrite, ListEntry } from '../../ports/lists.ts';
import type { Ids, Shop, Vault } from '../../ports.ts';

/** An entry as somebody asks for it. */
export interface EntryWish {
  readonly list: ListName;
  readonly type: EntryType;
  readonly value: string;
  readonly reason: string;
  /** Left out: in 12 months. */
  readonly until?: Instant | undefined;
  /** Left out: what is usual for the type. */
  readonly answer?: EntryAnswer | undefined;
  /** Whoever asks knows that it may hit people who did nothing: a wide network, a domain of everybody's, a harder answer than is usual. */
  readonly meant?: boolean | undefined;
}

export interface WishRefusal {
  readonly field: 'value' | 'reason' | 'until' | 'answer';
  readonly message: string;
  /** It can be had all the same by saying that it is meant. */
  readonly unlessMeant: boolean;
}

/** So long may a reason be. */
export const REASON = { shortest: 3, longest: 500 } as const;

/** What is to be written for a wish; several rows where a range of addresses becomes several networks. */
export function toWrite(
  { vault, ids }: { readonly vault: Vault; readonly ids: Ids },
  shop: Shop,
  wish: EntryWish,
  now: Instant,
): Result<readonly EntryToWrite[], WishRefusal> {
  const refuse = (field: WishRefusal['field'], message: string, unlessMeant = false) =>
    err({ field, message, unlessMeant });
  const meant = wish.meant === true;
  const region = phoneRegion(shop.jurisdictions, shop.timeZone);
  const values = normaliseEntry(wish.type, wish.value, { region, allowWide: meant });
  if (!values.ok)
    return refuse('value', whyNoEntry(values.error), values.error === 'too_wide' || values.error === 'everybodys');
  const reason = wish.reason.trim();
  if (reason.length < REASON.shortest || reason.length > REASON.longest)
    return refuse(
      'reason',
      `must have ${REASON.shortest} to ${REASON.longest} characters: others must understand it in a year`,
    );
  const until = wish.until === undefined ? ok(usualEnd(now)) : checkEnd(wish.until, now);
  if (!until.ok) return refuse('until', until.error);
  const answer = wish.list === 'allow' ? null : (wish.answer ?? usualAnswer(wish.type));
  if (answer !== null && isStronger(wish.type, answer) && !meant) return refuse('answer', HARDER, true);
  return ok(
    values.value.map(({ normal, value, network }) => ({
      id: ids.next<string>(),
      list: wish.list,
      type: wish.type,
      hash: vault.identifierHash(shop.id, wish.type, normal),
      value,
      network,
      reason,
      answer,
      until: until.value,
      untilIsUsual: wish.until === undefined,
      meant,
    })),
  );
}

/**
 * Why a wish is left out, all of it: it would stop what the allow list lets through, and nobody said that it is meant. `known` is what
 * stands there already for each of its values; a range of networks is written as a whole or not at all.
 */
export function vouchedFault(
  { list, meant }: Pick<EntryWish, 'list' | 'meant'>,
  known: readonly (Pick<ListEntry, 'list' | 'until'> | null)[],
  now: Instant,
): WishRefusal | null {
  if (meant === true || !known.some((each) => turnsAgainst(each, { list }, now))) return null;
  return { field: 'value', message: known.length > 1 ? VOUCHED_PART : VOUCHED, unlessMeant: true };
}

const VOUCHED =
  'This is on the allow list: somebody vouched for it. It can be moved to the deny list if you say that you mean it.';
const VOUCHED_PART =
  'A part of this range is on the allow list: somebody vouched for it. Name the rest by itself, or say that you mean all of it.';

const HARDER =
  'is harder than is usual for this kind of entry, which several people may share. Choose it only on purpose, and say that you mean it';
