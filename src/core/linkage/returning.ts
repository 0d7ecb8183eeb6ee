import { type Judge, judgeOf } from './judge.ts';
import { levelIn } from './patterns.ts';
import { textAt } from './pool.ts';
import type { Rarity } from './rarity.ts';
import { featureOf } from './table.ts';
import type { ComparisonModel, Model, Plan, Table } from './types.ts';

/** How pairs of a pattern are judged, one of whom is in `row`. */
export type JudgeOf = (pattern: number, row: number) => Judge;

/** What somebody who does not want to be known gives anew as a matter of course. */
const GIVEN_ANEW: ReadonlySet<ComparisonModel['name']> = new Set(['email', 'phone', 'card', 'device']);
/** What must be the very same for that. */
const WHO_AND_WHERE: readonly ComparisonModel['name'][] = ['given', 'surname', 'place'];

/**
 * Judges for recognising who comes back, one of them for each pattern. Where the whole name and the home are the same, another e-mail address, phone, card or
 * device says nothing for or against: learnt from ordinary people, most of whom keep theirs, it would speak for everybody who took the
 * trouble to get new ones. Where they are not, it speaks against them as it does in a whole table: colleagues share much else, and a namesake
 * may live next door. So it does where the given name is not there but for initials at most, which husband and wife or two sisters may share.
 */
export function judgesOf(table: Table, plan: Plan, model: Model, rarities: readonly (Rarity | null)[]): JudgeOf {
  const ordinary = judgeOf(table, plan, model, rarities);
  const returning = judgeOf(table, plan, withoutGivenAnew(model), rarities);
  const telling = plan.comparisons.filter(({ name }) => WHO_AND_WHERE.includes(name));
  const given = featureOf(table, 'given');
  const isNamed = (row: number): boolean => {
    const id = given?.ids[row] ?? -1;
    return given !== null && id >= 0 && !NOBODYS.test(textAt(given.values, id));
  };
  return (pattern, row) =>
    telling.length === WHO_AND_WHERE.length &&
    telling.every((comparison) => levelIn(pattern, comparison) === comparison.levels.length - 1) &&
    isNamed(row)
      ? returning
      : ordinary;
}

/** What stands for a given name and is none, in normal form: initials, the beginning of a surname written alone, a family. */
const NOBODYS =
  /^(?:[a-z]|van|von|de|der|den|du|le|ten|ter|te|zu|fam|familie|family)(?: (?:[a-z]|van|von|de|der|den|en))*$/;

function withoutGivenAnew(model: Model): Model {
  const silent = (level: ComparisonModel['levels'][number]) => ({
    ...level,
    same: level.unlike,
    household: level.unlike,
  });
  return {
    ...model,
    comparisons: model.comparisons.map((comparison) =>
      GIVEN_ANEW.has(comparison.name)
        ? { ...comparison, levels: comparison.levels.map((level, place) => (place === 0 ? silent(level) : level)) }
        : comparison,
    ),
  };
}
