import { phoneRegion } from '../../core/identity/region.ts';
import { guessType } from '../../core/lists/guess.ts';
import { normaliseEntry, whyNoEntry } from '../../core/lists/normal.ts';
import type { EntryType, ListName } from '../../core/lists/types.ts';
import type { ListEntry } from '../../ports/lists.ts';
import type { Shop } from '../../ports.ts';
import { vouchedFault } from './wish.ts';
import type { ListDeps } from './write-entries.ts';

/** A pasted line as it would be taken. */
export interface ReadLine {
  readonly line: number;
  readonly text: string;
  /** Null: it could be anything, and somebody must say. */
  readonly type: EntryType | null;
  readonly refusal: { readonly message: string; readonly unlessMeant: boolean } | null;
  /** What the value says already, where it stands on a list. */
  readonly known: Pick<ListEntry, 'list' | 'answer' | 'until'> | null;
}

export interface ReadLines {
  readonly lines: readonly ReadLine[];
  /** How many lines beyond the first 500 were not looked at: more belong in a file. */
  readonly leftOut: number;
  /** Customers whom the shop knows by one of them, and how many of those are in good standing. */
  readonly customers: number;
  readonly good: number;
}

const MOST_LINES = 500;

/** Says of pasted lines what each is, whether it can be taken, and whom the shop knows by them. `type` says what they all are, where somebody knows. */
export async function readLines(
  { store, vault, clock }: Pick<ListDeps, 'store' | 'vault' | 'clock'>,
  shop: Shop,
  {
    text,
    type,
    meant,
    list,
  }: { readonly text: string; readonly type: EntryType | null; readonly meant: boolean; readonly list: ListName },
): Promise<ReadLines> {
  const region = phoneRegion(shop.jurisdictions, shop.timeZone);
  const written = text
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.trim(), line: index + 1 }))
    .filter((line) => line.text !== '');
  const taken = written.slice(0, MOST_LINES);
  const read = taken.map(({ text: own, line }) => {
    const is = type ?? guessType(own, region);
    const values = is === null ? null : normaliseEntry(is, own, { region, allowWide: meant });
    return { line, text: own, type: is, values };
  });
  const hashes = read.flatMap(({ type: is, values }) =>
    is === null || values?.ok !== true
      ? []
      : values.value.map(({ normal }) => ({ type: is, hash: vault.identifierHash(shop.id, is, normal) })),
  );
  const [known, concerned] = await Promise.all([
    store.lists.known(shop.id, hashes),
    store.lists.concerned(shop.id, hashes),
  ]);
  let place = 0;
  const lines = read.map(({ values, ...rest }): ReadLine => {
    if (values === null) return { ...rest, refusal: null, known: null };
    if (!values.ok)
      return {
        ...rest,
        refusal: {
          message: whyNoEntry(values.error),
          unlessMeant: values.error === 'too_wide' || values.error === 'everybodys',
        },
        known: null,
      };
    const own = known.slice(place, place + values.value.length);
    place += values.value.length;
    const fault = vouchedFault({ list, meant }, own, clock.now());
    return {
      ...rest,
      refusal: fault && { message: fault.message, unlessMeant: fault.unlessMeant },
      known: own.find((each) => each !== null) ?? null,
    };
  });
  return { lines, leftOut: written.length - taken.length, ...concerned };
}
