import { levelAt, levelsOf } from './levels.ts';

/** Pairs of people of one home by how they are related, as far as names and birthdays go. Rounded from common sense: few, but not none. */
const KIN = {
  /** Named after each other: father and son. */
  namesakes: { share: 0.005, equal: 0.7, close: 0.15, similar: 0.14 },
  /** Everybody else: people who live together are called the same more rarely than strangers, by so much. */
  others: { sameName: 0.15 },
  /** Born on one day, and never called the same. */
  twins: { share: 0.004, equal: 0.97, edit: 0.01, sameName: 0.0002 },
};

/**
 * How often two people of one home show each pair of levels of given name and birth date: `table[given × sizes.birth + birth]`, where level
 * 0 is missing. Names and birthdays depend on each other here: namesakes are of two generations, and twins have two names. Strangers'
 * shares (levels 1…n) are taken for everybody else.
 */
export function kinTable(unlikeGiven: ArrayLike<number>, unlikeBirth: ArrayLike<number>): Float64Array {
  const sizes = { given: levelsOf('given').length, birth: levelsOf('birth').length };
  const strangers = { given: Float64Array.from(unlikeGiven), birth: Float64Array.from(unlikeBirth) };
  const { namesakes, twins, others } = KIN;
  const alone = strangers.given.slice();
  const equal = levelAt('given', 'equal');
  raise(alone, 1, (alone[equal - 1] as number) * (1 - others.sameName));
  raise(alone, equal, -(alone[equal - 1] as number) * (1 - others.sameName));
  const named = strangers.given.map((share) => share * (1 - namesakes.equal - namesakes.close - namesakes.similar));
  raise(named, equal, namesakes.equal);
  raise(named, levelAt('given', 'close'), namesakes.close);
  raise(named, levelAt('given', 'similar'), namesakes.similar);
  const called = strangers.given.slice();
  called[equal - 1] = twins.sameName;
  const born = strangers.birth.map((share) => share * (1 - twins.equal - twins.edit));
  raise(born, levelAt('birth', 'equal'), twins.equal);
  raise(born, levelAt('birth', 'one edit'), twins.edit);
  const kinds = [
    { share: 1 - namesakes.share - twins.share, given: alone, birth: strangers.birth },
    { share: namesakes.share, given: named, birth: strangers.birth },
    { share: twins.share, given: called, birth: born },
  ];
  const table = new Float64Array(sizes.given * sizes.birth);
  for (const { share, given, birth } of kinds)
    for (let name = 0; name < sizes.given; name += 1)
      for (let date = 0; date < sizes.birth; date += 1) {
        const at = name * sizes.birth + date;
        const shown = (name === 0 ? 1 : (given[name - 1] as number)) * (date === 0 ? 1 : (birth[date - 1] as number));
        table[at] = (table[at] as number) + share * shown;
      }
  return table;
}

function raise(shares: Float64Array, level: number, by: number): void {
  shares[level - 1] = (shares[level - 1] as number) + by;
}

/** Shares of levels 1…n of one of the two, whatever the other. */
export function kinShares(table: Float64Array, of: 'given' | 'birth'): number[] {
  const width = levelsOf('birth').length;
  return levelsOf(of)
    .slice(1)
    .map((_, place) => table[of === 'given' ? (place + 1) * width : place + 1] as number);
}

/**
 * Bits by which an equal given name of a certain rarity tells the same person from a housemate better than the average name
 * does. `chance` is how often strangers are called the same.
 */
export function namesakeBits(chance: number, rarity: number): number {
  const named = KIN.namesakes.share * KIN.namesakes.equal;
  const met = chance * KIN.others.sameName;
  return Math.log2((named + met) / (named + met * 2 ** -rarity));
}
