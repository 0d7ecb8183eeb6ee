import { type Judge, judgeOf } from './judge.ts';
import { levelIn } from './patterns.ts';
import type { Rarity } from './rarity.ts';
import type { ComparisonModel, Model, Plan, Table } from './types.ts';

/** What somebody who does not want to be known gives anew as a matter of course. */
const GIVEN_ANEW: ReadonlySet<ComparisonModel['name']> = new Set(['email', 'phone', 'card', 'device']);
const NAMES: readonly ComparisonModel['name'][] = ['given', 'surname'];

/**
 * Judges for recognising who comes back, one of them for each pattern. Where the whole name is the same, another e-mail address, phone, card or
 * device says nothing for or against: learnt from ordinary people, most of whom keep theirs, it would speak for everybody who took the
 * trouble to get new ones. Where the name is not, it speaks against them as it does in a whole table: colleagues share much else.
 */
export function judgesOf(
  table: Table,
  plan: Plan,
  model: Model,
  rarities: readonly (Rarity | null)[],
): (pattern: number) => Judge {
  const ordinary = judgeOf(table, plan, model, rarities);
  const returning = judgeOf(table, plan, withoutGivenAnew(model), rarities);
  const names = plan.comparisons.filter(({ name }) => NAMES.includes(name));
  return (pattern) =>
    names.length === NAMES.length && names.every((name) => levelIn(pattern, name) === name.levels.length - 1)
      ? returning
      : ordinary;
}

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
